import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { type Exercise, findExercise, readBook } from '../chapters/exercises.ts'
import { resetExercise } from '../chapters/reset.ts'
import { isPristine, makeStub, taggedParts } from '../solutions/stub.ts'
import { compareStubs } from '../solutions/stubs.ts'
import { CheckRunner } from './checks/runner.ts'
import { Workbench } from './workbench.ts'

const root = join(import.meta.dirname, '..')
const exercise = findExercise(readBook(root), '1.1')
const [channel] = exercise.modules
if (channel === undefined) throw new Error('exercise 1.1 has no module')

const stubOf = (source: string) => makeStub(exercise, channel, source)

/** A reader's own work is never out of step: a stub that was edited no longer carries its own fingerprint. */
test('every stub that nobody has edited is what its solution makes', () => {
  const behind = compareStubs(root).filter(({ state }) => state === 'stale' || state === 'missing')
  const remedy = 'npm run stubs writes them; a reader puts one back with npm run reset'
  expect(
    behind.map(({ file, state }) => `${file} is ${state}`),
    remedy,
  ).toEqual([])
})

describe('making a stub', () => {
  test('a tagged body is replaced, and everything else stays to the letter', () => {
    const stub = stubOf(`/** Adds. */
import { one } from '#message-passing/one'

/**
 * @exercise 1.1a Add one.
 */
export async function add(n: number): Promise<number> {
  return n + one
}

const untouched = () => 1 // as it was
`)
    expect(stub).toContain(
      `import { one } from '#message-passing/one'\nimport { unimplemented } from '#unimplemented'\n`,
    )
    expect(stub).toContain(
      `Promise<number> {\n  throw unimplemented('1.1a', 'Add one.')\n}\n\nconst untouched = () => 1 // as it was`,
    )
  })

  test('methods, getters, setters and generators are bodies too', () => {
    const stub = stubOf(`class Box {
  /** @exercise 1.1a Get. */
  get value(): number { return 1 }
  /** @exercise 1.1b Set. */
  set value(n: number) {}
  /** @exercise 1.1c Walk. */
  async *walk(): AsyncGenerator<number> { yield 1 }
}
`)
    for (const part of ['a', 'b', 'c']) expect(stub).toContain(`    throw unimplemented('1.1${part}', `)
  })

  test('a sentence with an apostrophe, and one over two lines', () => {
    const stub = stubOf(`/** @exercise 1.1a Take the sender's
 *  message. */
function take(): void {}
`)
    expect(stub).toContain(`throw unimplemented('1.1a', "Take the sender's message.")`)
  })

  const misplaced: readonly (readonly [string, string])[] = [
    ['function f(): void {}', 'nothing carries an @exercise tag'],
    ['/** @exercise 1.1a Do. */\nconst f = () => {}', 'nothing carries'],
    ['/** @exercise 1.1a Do. */\nfunction f() {}', 'f needs a written return type'],
    ['/** @exercise 1.2a Do. */\nfunction f(): void {}', 'f is tagged 1.2a, but the file belongs to 1.1'],
    ['/** @exercise 1.1 Do. */\nfunction f(): void {}', 'f needs a tag like "@exercise 1.1a'],
    [
      '/** @exercise 1.1a Do. */\nfunction f(): void {}\n/** @exercise 1.1b Do. */\nconst g = 1',
      '2 @exercise tags, but 1',
    ],
  ]
  test.each(misplaced)('a tag out of place is refused: %j', (source, message) => {
    expect(() => stubOf(source)).toThrow(message)
  })

  test('a stub knows whether it was edited, and line ends of another system are no edit', () => {
    const stub = stubOf('/** @exercise 1.1a Do. */\nfunction f(): void {}\n')
    expect(isPristine(stub)).toBe(true)
    expect(isPristine(stub.replaceAll('\n', '\r\n'))).toBe(true)
    expect(isPristine(stub.replace('throw', 'return'))).toBe(false)
    expect(isPristine('function f() {}')).toBe(false)
  })
})

describe('npm run reset', () => {
  test('keeps what the reader wrote, each time under a name of its own', () => {
    using bench = new Workbench({ without: ['docs', 'test'] })
    for (const backup of [`${channel.mine}.mine-backup`, `${channel.mine}.mine-backup-2`]) {
      bench.write(channel.mine, `// mine ${backup}`)
      expect(resetExercise(bench.root, exercise)).toEqual([
        `${channel.mine} is as it came; your version is kept as ${backup}`,
      ])
      expect(bench.read(backup)).toBe(`// mine ${backup}`)
      expect(isPristine(bench.read(channel.mine))).toBe(true)
    }
  })

  test('brings back a file that was deleted, and leaves alone one that is as it came', () => {
    using bench = new Workbench({ without: ['docs', 'test'] })
    rmSync(join(bench.root, channel.mine))
    expect(resetExercise(bench.root, exercise)).toEqual([`${channel.mine} is as it came`])
    expect(resetExercise(bench.root, exercise)).toEqual([`${channel.mine} is as it came: nothing to put back`])
    expect(existsSync(join(bench.root, `${channel.mine}.mine-backup`))).toBe(false)
  })
})

const numbers = readBook(root).flatMap((chapter) => chapter.exercises.map((each) => each.number))

/** The tagged parts of an exercise and their sentences. */
function partsOf(each: Exercise): ReadonlyMap<string, string> {
  const files = each.modules.map(({ reference }) => {
    const text = readFileSync(join(root, reference), 'utf8')
    return taggedParts(ts.createSourceFile(reference, text, ts.ScriptTarget.Latest, true))
  })
  return new Map(files.flat().map(({ part, what }) => [part, what]))
}

/** Puts into the reader's files everything but one part, or but all of them. */
function leaveOut(bench: Workbench, each: Exercise, only?: string): void {
  for (const module of each.modules)
    bench.write(module.mine, makeStub(each, module, bench.read(module.reference), only))
}

describe('unfinished files', () => {
  const bench = new Workbench({ without: ['docs'] })
  const runner = new CheckRunner(bench.root, { watchdogMs: 20_000 })
  afterAll(async () => {
    await runner.close()
    bench[Symbol.dispose]()
  })

  async function toldBy(each: Exercise): Promise<string> {
    const report = await runner.check(each, 1) // one seed is enough to ask for a part
    expect(report, 'checks that run on an unfinished file must fail').toMatchObject({ state: 'failed' })
    return report.checks.map((check) => check.failure ?? '').join('\n')
  }

  test.each(numbers)(
    'the stub of %s fails its checks, and so does each part that is missing, asked for by name',
    async (number) => {
      const each = findExercise(readBook(bench.root), number)
      leaveOut(bench, each)
      const toldByAll = await toldBy(each)
      for (const [part, what] of partsOf(each)) {
        const sentence = `${part} is not written yet: ${what}`
        if (toldByAll.includes(sentence)) continue
        leaveOut(bench, each, part) // other parts stand before this one, and it can be reached only with them
        const asked = (await toldBy(each)).includes(sentence)
        expect.soft(asked, `no check asks for ${part}: ${what}`).toBe(true)
      }
    },
    120_000,
  )
})
