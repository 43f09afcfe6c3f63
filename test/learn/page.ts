/** What a page and the reference have to say in a terminal: hints and solutions. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Exercise } from '../../chapters/exercises.ts'
import { taggedParts } from '../../solutions/stub.ts'

export interface Hint {
  /** `'Hint 1: where to look'` */
  readonly title: string
  readonly text: string
}

/** The folded hints of the exercise's page, in order. A page that isn't there has none. */
export function readHints(root: string, exercise: Exercise): readonly Hint[] {
  const path = join(root, exercise.page)
  if (!existsSync(path)) return []
  const blocks = readFileSync(path, 'utf8').matchAll(/^::: details (Hint \d+.*)\n([\s\S]*?)^:::$/gm)
  return [...blocks].map(([, title = '', text = '']) => ({ title: title.trim(), text: plain(text) }))
}

/** The solution: each part that the reader was to write, as the reference has it, with its file in front. */
export function readSolution(root: string, exercise: Exercise): string {
  const files = exercise.modules.map(({ reference }) => {
    const file = ts.createSourceFile(
      reference,
      readFileSync(join(root, reference), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    const parts = taggedParts(file).map(({ part, name, body }) => {
      const declaration = body.parent
      const indent = ' '.repeat(file.getLineAndCharacterOfPosition(declaration.getStart(file)).character)
      const code = declaration.getText(file).replaceAll(`\n${indent}`, '\n')
      return `// ${part} ${name}\n${code}`
    })
    return [reference, ...parts].join('\n\n')
  })
  return files.join('\n\n')
}

/** Markdown as a terminal shows it best: links without their targets. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').trim()
}
