/** All rules of tidy, in the order in which they are reported. */
import { castsGiveReasons, noModuleState } from './code.ts'
import { exportsAreDocumented, filesOpenWithAParagraph } from './comments.ts'
import { dependenciesAreUsed, lockIsWhole, oneVite, versionsAreExact } from './dependencies.ts'
import { worldIsAnArgument } from './edge.ts'
import { exercisesAreWhole, pagesAreWhole } from './exercises.ts'
import { foldersMirror, goldenFilesAreCompared, listsAgree } from './folders.ts'
import { importsByName, layersPointDown, noCircles, specifiersResolve } from './layers.ts'
import { exportsSaySomething, pathsSaySomething } from './names.ts'
import { commandsExist, linksResolve, quotesResolve } from './pages.ts'
import { noPlaceOfTheMachine } from './places.ts'
import type { Rule } from './rule.ts'
import { shortFiles, shortFunctions } from './sizes.ts'
import { allTestsRun, checksRunAnywhere, testNamesAreSentences, testsDoNotSleep } from './tests.ts'
import { headingsArePlain, theVoice } from './voice.ts'

/** `root` is where quotes on pages are looked up. */
export function rulesFor(root: string): readonly Rule[] {
  return [
    worldIsAnArgument,
    specifiersResolve,
    importsByName,
    layersPointDown,
    noCircles,
    shortFiles,
    shortFunctions,
    castsGiveReasons,
    noModuleState,
    pathsSaySomething,
    exportsSaySomething,
    filesOpenWithAParagraph,
    exportsAreDocumented,
    allTestsRun,
    testsDoNotSleep,
    checksRunAnywhere,
    testNamesAreSentences,
    exercisesAreWhole,
    pagesAreWhole,
    foldersMirror,
    listsAgree,
    goldenFilesAreCompared,
    linksResolve,
    quotesResolve(root),
    commandsExist,
    theVoice,
    headingsArePlain,
    noPlaceOfTheMachine,
    versionsAreExact,
    dependenciesAreUsed,
    oneVite,
    lockIsWhole,
  ]
}
