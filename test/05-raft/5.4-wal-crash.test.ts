import { describe, expect, test } from 'vitest'
import { SimulatedDisk } from '#raft/simulated-disk'
import { comparing, everyChoice, Fused, filesOf, type History, historyOf, live, statesOf } from './wal-history.ts'

/** Three segments: the second begins with the record that replaces an entry, the third with the long one. */
const SEGMENT_BYTES_MAX = 130
const history = historyOf(
  [{ term: 1, votedFor: 'a' }],
  [{ term: 1, votedFor: 'a', from: 1, commands: ['one', 'two'] }],
  [
    { term: 2 },
    { term: 2, from: 2, commands: ['zwei'] },
    { term: 3, votedFor: 'b', from: 3, commands: ['drei', 'vier'] },
  ],
  [{ term: 3, votedFor: 'b', from: 5, commands: ['x'.repeat(700)] }],
)
const more = historyOf([{ term: 4, votedFor: 'c' }])

describe('the power is cut', () => {
  test('after each operation, whatever of it survives: the log has what was done, and no save without those before', async () => {
    const states = statesOf(history)
    await atEachOperation(history, async (operationsMax) => {
      await everyChoice(async (choose) => {
        const disk = new SimulatedDisk()
        const fused = new Fused(disk.open(), operationsMax)
        const { done } = await live(fused, history, SEGMENT_BYTES_MAX)
        disk.crash(choose)
        const { found = '' } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
        expectPrefix(states, done, found, `the power was cut ${lastOf(fused)}`)
      })
    })
  })

  test('and the log goes on, in segments whose names and records fit', async () => {
    const states = statesOf(history)
    await atEachOperation(history, async (operationsMax) => {
      await everyChoice(async (choose) => {
        const disk = new SimulatedDisk()
        const fused = new Fused(disk.open(), operationsMax)
        await live(fused, history, SEGMENT_BYTES_MAX)
        disk.crash(choose)
        const { found = '', done } = await live(new Fused(disk.open()), more, SEGMENT_BYTES_MAX)
        const when = `the power was cut ${lastOf(fused)}; then the log was opened with ${found}`
        expect(states, when).toContain(found)
        expect(done, `${when}, and a save is done as before`).toBe(1)
        disk.crash(nothingSurvives)
        const { found: later = '' } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
        const expected = found.replace(/^.*?(:|$)/, 'term 4, vote for c:').replace(/:$/, ': no entries')
        const rule = `${when}, and a save was done: a second power cut takes none of it (${filesOf(disk)})`
        expect(later, comparing(rule, later, expected)).toBe(expected)
      })
    })
  })

  test('again while the log is being read: what it once had, it has', async () => {
    const states = statesOf(history)
    const { length } = await operationsOf(history)
    for (const operationsMax of [length - 1, length]) {
      for (let second = 1; second <= 8; second++) {
        await everyChoice(async (choose) => {
          const disk = new SimulatedDisk()
          const { done } = await live(new Fused(disk.open(), operationsMax), history, SEGMENT_BYTES_MAX)
          disk.crash(choose)
          const reading = new Fused(disk.open(), second)
          await live(reading, [], SEGMENT_BYTES_MAX)
          disk.crash(nothingSurvives)
          const { found = '' } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
          expectPrefix(states, done, found, `the second power cut came ${lastOf(reading)}`)
        }, 6)
      }
    }
  })
})

describe('a server that is killed, while the machine runs on', () => {
  test('reads what it had written, and brings it to the disk before it relies on it', async () => {
    await atEachOperation(history, async (operationsMax) => {
      const disk = new SimulatedDisk()
      const fused = new Fused(disk.open(), operationsMax)
      await live(fused, history, SEGMENT_BYTES_MAX)
      const { found } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
      disk.crash(nothingSurvives)
      const { found: later } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
      const when = `it was killed ${lastOf(fused)}`
      const why = 'what a log has when it is opened is told to other servers: sync the segment before that'
      const rule = `${when}; then it was started, and then the power was cut. ${why}`
      expect(later, comparing(rule, later ?? 'nothing', found)).toBe(found)
    })
  })

  test('loses nothing that the next one saves', async () => {
    await atEachOperation(history, async (operationsMax) => {
      const disk = new SimulatedDisk()
      const fused = new Fused(disk.open(), operationsMax)
      await live(fused, history, SEGMENT_BYTES_MAX)
      await live(new Fused(disk.open()), more, SEGMENT_BYTES_MAX)
      disk.crash(nothingSurvives)
      const { found } = await live(new Fused(disk.open()), [], SEGMENT_BYTES_MAX)
      const when = `it was killed ${lastOf(fused)}`
      const why = 'the last segment may not be in the directory yet: sync it when the log is opened'
      expect(found, `${when}; then it was started, and a save was done, and then the power was cut. ${why}`).toMatch(
        /^term 4, vote for c/,
      )
    })
  })
})

function nothingSurvives(): number {
  return 0
}

/** `after: sync 0000000000000001.wal`, as a part of a sentence. */
function lastOf({ operations }: Fused): string {
  const last = operations.at(-1)
  return last === undefined ? 'before the first operation' : `after: ${last}`
}

async function operationsOf(history: History): Promise<readonly string[]> {
  const disk = new Fused(new SimulatedDisk().open())
  await live(disk, history, SEGMENT_BYTES_MAX)
  return disk.operations
}

async function atEachOperation(history: History, play: (operationsMax: number) => Promise<void>): Promise<void> {
  const { length } = await operationsOf(history)
  for (let operationsMax = 0; operationsMax <= length; operationsMax++) await play(operationsMax)
}

function expectPrefix(states: readonly string[], done: number, found: string, when: string): void {
  expect(states, `${when}: the log has some of the saves, from the first on, and nothing else`).toContain(found)
  const rule = `${when}: ${done} saves were done, so the log has these at least`
  expect(states.lastIndexOf(found), rule).toBeGreaterThanOrEqual(done)
}
