/**
 * `npm run stubs`: writes every reader's file from the solutions. For authors;
 * it replaces a file that somebody has edited only with `--force`.
 *
 * `npm run stubs -- --check` changes nothing, and names each file that differs
 * from what would be written.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Chapter, readBook } from '../chapters/exercises.ts'
import { isPristine, makeStub } from './stub.ts'

export interface StubState {
  /** The reader's file, from the root. */
  readonly file: string
  /** What the generator would write now. */
  readonly expected: string
  /** `edited`: somebody's work, and no stub any more. `stale`: a stub of an earlier reference. */
  readonly state: 'in step' | 'missing' | 'stale' | 'edited'
}

/** Compares each reader's file with the stub that its reference makes. */
export function compareStubs(root: string, book: readonly Chapter[] = readBook(root)): readonly StubState[] {
  return book
    .flatMap((chapter) => chapter.exercises)
    .flatMap((exercise) =>
      exercise.modules.map((module) => {
        const expected = makeStub(exercise, module, readFileSync(join(root, module.reference), 'utf8'))
        return { file: module.mine, expected, state: stateOf(join(root, module.mine), expected) }
      }),
    )
}

function stateOf(path: string, expected: string): StubState['state'] {
  if (!existsSync(path)) return 'missing'
  const found = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  if (found === expected) return 'in step'
  return isPristine(found) ? 'stale' : 'edited'
}

function main(root: string): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, force: { type: 'boolean' } } })
  const differing = compareStubs(root).filter((stub) => stub.state !== 'in step')
  for (const { file, expected, state } of differing) {
    if (values.check || (state === 'edited' && !values.force)) {
      const remedy = state === 'edited' ? 'npm run stubs -- --force replaces it' : 'npm run stubs writes it'
      console.log(`${file} is ${state}: ${remedy}`)
      if (values.check) process.exitCode = 1
      continue
    }
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), expected)
    console.log(`${file} written`)
  }
  if (differing.length === 0) console.log('every stub is in step with its solution')
}

if (process.argv[1] === import.meta.filename) main(join(import.meta.dirname, '..'))
