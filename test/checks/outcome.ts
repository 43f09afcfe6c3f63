/**
 * What a run of Vitest says about the reader's files. Above all it proves which
 * files ran: the modules that the workers evaluated, and not those that the
 * settings ask for.
 */
import type { SerializedError } from 'vitest'
import type { TestCase, TestModule, TestRunResult, TestSuite } from 'vitest/node'
import type { Exercise } from '../../chapters/exercises.ts'
import { describeError, describeFailure, fromRoot } from './failure.ts'
import type { CheckRequest } from './messages.ts'
import { nameOf } from './names.ts'
import type { CheckReport, CheckResult } from './report.ts'

type Outcome = Omit<CheckReport, 'printed' | 'durationMs'>

export function describeRun(root: string, { exercise, side }: CheckRequest, run: TestRunResult): Outcome {
  const testModules = inOrder(root, exercise, run.testModules)
  const unhandled = run.unhandledErrors.map(asError)
  const checks = testModules.flatMap((module) =>
    [...module.children.allTests()].map((check) => withUnhandled(root, exercise, check, unhandled)),
  )
  const evaluated = evaluatedFiles(root, testModules)
  const tested = exercise.modules.map((module) => module.mine).filter((file) => evaluated.has(file))
  const provenance =
    side.of === 'reader'
      ? provenanceProblem(exercise, evaluated)
      : substitutionProblem(exercise, evaluated, Object.keys(side.substitutes))
  const empty = checks.length > 0 ? undefined : `the test files of exercise ${exercise.number} contain no checks`
  const problem = loadProblem(root, exercise, testModules) ?? empty ?? provenance
  if (problem !== undefined) return { exercise: exercise.number, state: 'broken', checks, problem, tested }
  const state = checks.every((check) => check.state === 'passed') ? 'passed' : 'failed'
  const stray = unhandled.find((error) => !testModules.some((module) => belongsTo(error, module)))
  if (state === 'failed' || stray === undefined) return { exercise: exercise.number, state, checks, tested }
  return { exercise: exercise.number, state: 'broken', checks, problem: describeError(root, exercise, stray), tested }
}

export function resultOf(root: string, exercise: Exercise, check: TestCase): CheckResult {
  const name = nameOf(asNamed(check))
  const result = check.result()
  if (result.state === 'passed') return { name, state: result.state }
  if (result.state === 'failed') {
    const { broken } = check.meta()
    const failure = describeFailure(root, exercise, check)
    return { name, state: result.state, failure, ...(broken !== undefined && { broken }) }
  }
  return { name, state: 'skipped', ...(result.state === 'skipped' && result.note && { failure: result.note }) }
}

interface UnhandledError extends SerializedError {
  /** `'Unhandled Rejection'` or `'Uncaught Exception'` */
  readonly type?: string
  readonly VITEST_TEST_NAME?: string
  readonly VITEST_TEST_PATH?: string
}

function asError(error: unknown): UnhandledError {
  if (typeof error === 'object' && error !== null && 'message' in error) return error as UnhandledError // Vitest's own shape
  return { message: String(error) }
}

function belongsTo(error: UnhandledError, module: TestModule): boolean {
  return error.VITEST_TEST_NAME !== undefined && error.VITEST_TEST_PATH === module.moduleId
}

/** A check that passed, but left an error behind that nobody caught, has failed. One that failed may have done so because of it. */
function withUnhandled(
  root: string,
  exercise: Exercise,
  check: TestCase,
  unhandled: readonly UnhandledError[],
): CheckResult {
  const result = resultOf(root, exercise, check)
  const error = unhandled.find((each) => belongsTo(each, check.module) && each.VITEST_TEST_NAME === check.name)
  if (error === undefined || result.state === 'skipped') return result
  const how =
    error.type === 'Unhandled Rejection' ? 'a promise was rejected and nobody handles it' : 'nobody caught this error'
  const uncaught = `${how}: ${describeError(root, exercise, error)}`
  const failure = result.failure === undefined ? uncaught : `${result.failure}\n\nand besides, ${uncaught}`
  return { ...result, state: 'failed', failure }
}

/** The test modules in the order of the exercise; Vitest runs those that failed last time first. */
function inOrder(root: string, exercise: Exercise, modules: readonly TestModule[]): readonly TestModule[] {
  const place = (module: TestModule) => exercise.checks.indexOf(fromRoot(root, module.moduleId))
  return modules.toSorted((left, right) => place(left) - place(right))
}

/** Every file that a worker evaluated, from the root. */
function evaluatedFiles(root: string, modules: readonly TestModule[]): ReadonlySet<string> {
  return new Set(
    modules.flatMap((module) => Object.keys(module.diagnostic().importDurations).map((file) => fromRoot(root, file))),
  )
}

/** The error that kept a file from being loaded: a syntax error, a missing import, an error at its top level. */
function loadProblem(root: string, exercise: Exercise, modules: readonly TestModule[]): string | undefined {
  if (modules.length === 0) return `no checks were found for exercise ${exercise.number} in test/${exercise.folder}/`
  for (const module of modules) {
    const error = module.errors()[0]
    if (error !== undefined) return describeError(root, exercise, error)
  }
  return undefined
}

/** What speaks against the claim that the checks ran on the reader's files and on nothing else. */
function provenanceProblem(exercise: Exercise, evaluated: ReadonlySet<string>): string | undefined {
  for (const { mine, reference, specifier } of exercise.modules) {
    if (evaluated.has(reference)) {
      return [
        `these checks ran ${reference} instead of ${mine}, so they say nothing about your code`,
        `Import it as '${specifier}', never by a path into solutions/.`,
      ].join('\n')
    }
    if (!evaluated.has(mine)) return `no check loaded ${mine}, so nothing is known about it`
  }
  return undefined
}

/** What speaks against the claim that the checks ran on the reference, with the substitutes in it. */
function substitutionProblem(
  exercise: Exercise,
  evaluated: ReadonlySet<string>,
  substitutes: readonly string[],
): string | undefined {
  const stray = exercise.modules.find((module) => evaluated.has(module.mine))
  if (stray !== undefined) return `these checks ran ${stray.mine}, which is not the reference`
  const unused = substitutes.find((file) => !evaluated.has(file))
  return unused === undefined ? undefined : `no check loaded ${unused}, so its substitute did nothing`
}

function asNamed(check: TestCase | TestSuite): { name: string; suite?: ReturnType<typeof asNamed> } {
  return check.parent.type === 'suite' ? { name: check.name, suite: asNamed(check.parent) } : { name: check.name }
}
