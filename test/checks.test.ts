import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { findExercise, readBook } from '../chapters/exercises.ts'
import { renderReport } from './checks/print.ts'
import { CheckRunner } from './checks/runner.ts'
import { Workbench } from './workbench.ts'

const mine = 'chapters/01-message-passing/channel.ts'
const reference = 'solutions/01-message-passing/channel.ts'

/** Checks that are few and quick, and that the tests below can break at will. */
const checks = `import { expect, test } from 'vitest'
import { Channel } from '#message-passing/channel'

test('a channel has room', () => {
  expect(new Channel(1).trySend(1), 'the buffer is empty').toBe(true)
})

test('a message comes through', async () => {
  const channel = new Channel<number[]>(1)
  await channel.send([1, 2])
  expect(await channel.receive()).toEqual([1, 2])
})

test('a close ends a wait', async () => {
  const channel = new Channel<number>(1)
  const received = channel.receive()
  channel.close()
  await received
})
`

describe('checks of an exercise', () => {
  const bench = new Workbench({ without: ['docs'] })
  for (const file of findExercise(readBook(bench.root), '1.1').checks) rmSync(join(bench.root, file))
  bench.write('test/01-message-passing/1.1-small.test.ts', checks)
  const exercise = findExercise(readBook(bench.root), '1.1')
  const runner = new CheckRunner(bench.root, { watchdogMs: 3_000 })
  const run = () => runner.check(exercise)

  beforeEach(() => bench.solve(reference))
  afterAll(async () => {
    await runner.close()
    bench[Symbol.dispose]()
  })

  test('name every check, and the files that really ran', async () => {
    const report = await run()
    expect(report).toMatchObject({ exercise: '1.1', state: 'passed', tested: [mine], printed: [] })
    expect(report.checks).toEqual([
      { name: 'a channel has room', state: 'passed' },
      { name: 'a message comes through', state: 'passed' },
      { name: 'a close ends a wait', state: 'passed' },
    ])
    const shown = stripVTControlCharacters(renderReport(exercise, report)) // CI has colours
    expect(shown).toContain('All 3 checks passed')
    expect(shown).toContain(`on ${mine}`)
  })

  test('see each change of the file, and give the reason and the place of a failure', async () => {
    bench.edit(mine, 'this.#buffer.add(value)\n    return true', 'throw new TypeError("not today")')
    const report = await run()
    const line = bench.read(mine).split('throw new TypeError')[0]?.split('\n').length
    expect(report.state).toBe('failed')
    expect(report.checks[0]?.failure).toContain('TypeError: not today\n')
    expect(report.checks[0]?.failure, 'the place in the reader’s file').toContain(
      `at ${mine}:${line}, in Channel.trySend`,
    )
    bench.edit(mine, 'throw new TypeError("not today")', 'return false')
    expect((await run()).checks[0]?.failure, 'what was expected, in the words of the check').toBe(
      'the buffer is empty: expected false to be true\n  the check: test/01-message-passing/1.1-small.test.ts:5',
    )
  })

  test('that ran the reference instead are broken, however well they went', async () => {
    bench.write(mine, `export * from '../../${reference}'\n`)
    const report = await run()
    expect(report.state).toBe('broken')
    expect(report.problem).toContain(`these checks ran ${reference} instead of ${mine}`)
    expect(renderReport(exercise, report)).toContain('This run does not count.')
  })

  test('that never load the reader’s file are broken too', async () => {
    const file = 'test/01-message-passing/1.1-small.test.ts'
    bench.write(file, `import { test } from 'vitest'\ntest('nothing', () => {})\n`)
    const report = await run()
    bench.write(file, checks)
    expect(report).toMatchObject({ state: 'broken', problem: `no check loaded ${mine}, so nothing is known about it` })
  })

  test('name file, line and column of a syntax error', async () => {
    bench.edit(mine, 'this.#closed = true', 'this.#closed = = true')
    const report = await run()
    const line = bench.read(mine).split('= = true')[0]?.split('\n').length
    expect(report).toMatchObject({ state: 'broken', checks: [] })
    expect(report.problem).toBe(
      `a syntax error in ${mine}, line ${line}, column 20: Unexpected token\n  this.#closed = = true`,
    )
  })

  test('say where an error outside of every function was thrown', async () => {
    bench.edit(mine, 'export class Channel<', 'JSON.parse("{")\nexport class Channel<')
    const report = await run()
    expect(report.state).toBe('broken')
    expect(report.problem).toMatch(/^SyntaxError: .*\n {2}at chapters\/01-message-passing\/channel\.ts:\d+/)
  })

  test('survive an endless loop, and say in which check it was', async () => {
    bench.edit(mine, 'this.#closed = true', 'for (;;);')
    const report = await run()
    expect(report).toMatchObject({ state: 'broken', hung: true })
    expect(report.problem).toContain(
      `nothing moved for 3 s, and the run was ended: look for a loop in ${mine} that never ends, or for`,
    )
    expect(report.problem).toContain('in the check "a close ends a wait"')
    const states = report.checks.map((check) => check.state)
    expect(states, 'those before it keep their result').toEqual(['passed', 'passed', 'failed'])
  })

  test('run again after an endless loop', async () => {
    expect((await run()).state).toBe('passed')
  })

  test('of two functions with one part name the one that was reached', async () => {
    const withdrawn = 'return () => receiver.leave()'
    bench.edit(mine, 'return () => sender.leave()', "throw unimplemented('1.1c', 'Let a sender wait.')")
    bench.edit(mine, withdrawn, "throw unimplemented(\n '1.1c',\n 'Let a receiver wait; it\\'s hers.')")
    bench.edit(mine, 'import { Queue }', "import { unimplemented } from '#unimplemented'\nimport { Queue }")
    const report = await run()
    const line = bench.read(mine).split("unimplemented(\n '1.1c'")[0]?.split('\n').length
    expect(report.checks[2]?.failure).toBe(
      `1.1c is not written yet: Let a receiver wait; it's hers.\n  at ${mine}:${line}`,
    )
  })

  test('tell an error that nobody caught, and where it was thrown, with the check that it failed', async () => {
    bench.edit(mine, 'this.#closed = true', 'queueMicrotask(() => {\n throw new TypeError("lost its way")\n })')
    bench.edit(mine, 'receiver.completion.complete(CLOSED)', 'receiver.completion.fail("no")')
    const failure = (await run()).checks[2]?.failure
    const line = bench.read(mine).split('throw new TypeError')[0]?.split('\n').length
    expect(failure).toContain(
      `\n\nand besides, nobody caught this error: TypeError: lost its way\n  at ${mine}:${line}`,
    )
  })

  test('say that a reason comes again, and how many are left out', async () => {
    const failure = (reason: string) => ({ name: `rule ${reason}`, state: 'failed' as const, failure: reason })
    const reasons = ['a: 1', 'b', 'a: 1', 'c', 'd', 'e', 'f']
    const report = { ...(await run()), state: 'failed' as const, checks: reasons.map(failure) }
    const shown = stripVTControlCharacters(renderReport(exercise, report)) // CI has colours
    expect(shown).toContain('✗ rule a: 1 (again: a)\n')
    expect(shown).toContain('✗ rule e\n  ✗ rule f\n  (2 failures are not told in full; mend those that are)\n')
  })

  test('name a part that is not written yet once, with how many checks wait for it', async () => {
    const names = ['a is empty', 'a is full', 'b is empty', 'a is closed', 'a is open']
    const failure = (name: string) => `1.1${name[0]} is not written yet: Write it.\n  at ${mine}:1`
    const waits = (name: string) => ({ name, state: 'failed' as const, failure: failure(name) })
    const report = { ...(await run()), state: 'failed' as const, checks: names.map(waits) }
    const shown = stripVTControlCharacters(renderReport(exercise, report))
    const told = (name: string, more: string) =>
      `  ✗ ${name}\n      1.1${name[0]} is not written yet: Write it.\n        at ${mine}:1\n${more}`
    const checks = told('a is empty', '      3 more checks wait for this part\n') + told('b is empty', '')
    expect(shown).toContain(`\n\n${checks}\n  `)
  })

  test('tell the first failure in a simulated world, however many come before it', async () => {
    const failure = (reason: string) => ({ name: `rule ${reason}`, state: 'failed' as const, failure: reason })
    const world = (reason: string) => ({ ...failure(reason), broken: { seed: 1, events: 70 } })
    const checks = [...['a', 'b', 'c', 'd', 'e'].map(failure), world('two leaders'), world('three leaders')]
    const report = { ...(await run()), state: 'failed' as const, checks }
    const shown = stripVTControlCharacters(renderReport(exercise, report))
    expect(shown).toContain('✗ rule e\n  ✗ rule two leaders\n      two leaders\n  ✗ rule three leaders\n')
    expect(shown).toContain('(2 failures are not told in full')
  })

  test('end a promise that never settles, and say what to look for', async () => {
    bench.edit(mine, 'receiver.completion.complete(CLOSED)', 'void receiver')
    const report = await run()
    expect(report.state).toBe('failed')
    expect(report.checks[2]?.failure).toContain('the check was not done after 2 s: a promise never settled')
    expect(report.checks[2]?.failure).toContain(`Look in ${mine}`)
  })

  test('notice a rejected promise that nobody handles', async () => {
    bench.edit(mine, 'this.#closed = true', 'this.#closed = true; void Promise.reject(new Error("lost"))')
    const report = await run()
    expect(report.state).not.toBe('passed')
    const told = [report.problem, ...report.checks.map((check) => check.failure)].join('\n')
    expect(told).toContain('lost')
  })

  test('show what the reader’s code prints', async () => {
    bench.edit(mine, 'this.#closed = true', 'this.#closed = true; console.log("closing", { at: 1 })')
    expect(await run()).toMatchObject({ state: 'passed', printed: ['closing { at: 1 }'] })
  })

  test('say how to bring back a file that was deleted', async () => {
    rmSync(join(bench.root, mine))
    const problem = `${mine} is missing; npm run reset 1.1 puts it back`
    expect(await run()).toMatchObject({ state: 'broken', problem })
  })

  test('on the reference take other texts in the place of its files', async () => {
    const wrong = bench.read(reference).replace('this.#buffer.add(value)\n    return true', 'return false')
    expect(await runner.checkReference(exercise, { [reference]: wrong })).toMatchObject({ state: 'failed' })
    expect(await runner.checkReference(exercise, {})).toMatchObject({ state: 'passed', tested: [] })
    const unused = 'solutions/01-message-passing/select.ts'
    expect(await runner.checkReference(exercise, { [unused]: '' })).toMatchObject({
      state: 'broken',
      problem: `no check loaded ${unused}, so its substitute did nothing`,
    })
  })
})
