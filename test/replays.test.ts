import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readJsonLines } from '#message-passing/trace'
import { findExercise, readBook } from '../chapters/exercises.ts'
import { CheckRunner } from './checks/runner.ts'
import { Workbench } from './workbench.ts'

const checks = `import { test } from 'vitest'
import { uniform } from '#message-passing/distributions'
import '#message-passing/channel'
import { simulated } from '../simulated.ts'
import { leasedLock } from './programs/leased-lock.ts'

test('no two clients hold the lock at once', () =>
  simulated<string>(
    { hosts: [3, 5], durationMs: 2_000, link: { latencyMs: uniform(5, 20) }, faults: { pause: 1 } },
    leasedLock,
  ))
`
const bench = new Workbench({ without: ['docs'] })
for (const file of findExercise(readBook(bench.root), '1.1').checks) rmSync(join(bench.root, file))
bench.write('test/01-message-passing/1.1-lock.test.ts', checks)
bench.solve('solutions/01-message-passing/channel.ts')
const exercise = findExercise(readBook(bench.root), '1.1')
const runner = new CheckRunner(bench.root)
const replay = join(bench.root, '.data/replays/1.1-no-two-clients-hold-the-lock-at-once.jsonl')

afterAll(async () => {
  await runner.close()
  bench[Symbol.dispose]()
})

test('a check in a simulated world that fails says what to type, and leaves its run for the page that shows it', async () => {
  const [check] = (await runner.check(exercise)).checks
  expect(check?.failure).toMatch(/^no two clients hold the lock at once\n {2}but at .* both hold it/)
  expect(check?.failure).toMatch(/again: {2}npm run check 1\.1 -- --seed \d+\n/)
  expect(check?.failure).toContain('npm start, then /replay?run=1.1-no-two-clients-hold-the-lock-at-once')
  const read = readJsonLines(readFileSync(replay, 'utf8'))
  expect(read.ok && read.header).toMatchObject({
    check: 'no two clients hold the lock at once',
    durationMs: expect.any(Number),
  })
  expect(read.ok && read.events.at(-1)?.kind).toBe('broken')
})

test('with the seed of the failure it fails in the same way, and with another it may pass, in the same warm process', async () => {
  const failureOf = async (seed?: number) => (await runner.check(exercise, seed)).checks[0]?.failure
  const story = await failureOf()
  const seed = Number(/--seed (\d+)/.exec(story ?? '')?.[1])
  rmSync(replay)
  expect(await failureOf(seed - 1), 'the seeds before it pass').toBeUndefined()
  expect(existsSync(replay), 'a check that passes leaves no run behind').toBe(false)
  expect(await failureOf(seed)).toBe(story)
  expect(await failureOf(), 'without a seed, all are run again').toBe(story)
})
