import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '#message-passing/virtual-clock'
import type { Disk } from '#raft/disk'
import type { Save } from '#raft/effects'
import { SimulatedDisk, syncsTaking } from '#raft/simulated-disk'
import { SEGMENT_BYTES_MAX, Wal } from '#raft/wal'
import type { WalFailed } from '#raft/wal-errors'
import { PAYLOAD_BYTES_MAX } from '#serialization/record'
import { law } from '../law.ts'
import { comparing, Fused, filesOf, historyOf, inWords, live, statesOf, type Words } from './wal-history.ts'

const FIRST = '0000000000000001.wal'

describe('a log that is opened', () => {
  test('for the first time has nothing, and a segment that a power cut does not take away', async () => {
    const disk = new SimulatedDisk()
    const wal = await opened(disk)
    expect(wal.saved, 'nothing was ever saved').toBeUndefined()
    disk.crash(() => 0)
    expect(disk.names, 'create it, and sync the directory before anything is written').toEqual([FIRST])
  })

  test('has the term and the vote of the last save, and the log that all of them have made', async () => {
    const history = historyOf(
      [{ term: 1, votedFor: 'a', from: 1, commands: ['one', 'two', 'three'] }],
      [{ term: 2 }],
      [{ term: 3, votedFor: 'b', from: 2, commands: ['zwei'] }],
      [{ term: 3, votedFor: 'b' }],
    )
    const disk = new SimulatedDisk()
    await live(new Fused(disk.open()), history, 1_000)
    const wal = await opened(disk)
    const rule = 'entries from `from` on take the place of all that were there; without `from` the log is as it was'
    expect(inWords(wal.saved), rule).toBe('term 3, vote for b: 1 one, 3 zwei')
  })

  test('has what was saved, whatever was saved, in segments of any size', () =>
    law(
      fc.tuple(fc.array(words, { maxLength: 12, size: 'max' }), fc.integer({ min: 1, max: 400 })),
      150,
      async (example, story) => {
        const [steps, segmentBytesMax] = example
        const history = historyOf(...sensible(steps).map((save) => [save]))
        const disk = new SimulatedDisk()
        for (const [save] of history) if (save !== undefined) story.tell(`save ${inFew(save)}`)
        await live(new Fused(disk.open()), history, segmentBytesMax)
        story.tell(`open it again: ${filesOf(disk)}`)
        const wal = await opened(disk, segmentBytesMax)
        const [found, expected] = [inWords(wal.saved), statesOf(history).at(-1)]
        expect(found, comparing('replay the saves in their order', found, expected)).toBe(expected)
      },
    ))

  test('leaves files alone that are no segments', async () => {
    const disk = new SimulatedDisk()
    for (const name of ['notes.txt', '0000000000000001.wal.bak', '1.wal']) disk.create(name, Uint8Array.of(1, 2, 3))
    const wal = await opened(disk)
    expect(wal.saved, 'a segment has 16 digits and .wal').toBeUndefined()
    expect(disk.file('1.wal').visible.length, 'whose file it is nobody knows').toBe(3)
  })
})

describe('a save', () => {
  test('is done when the sync is over, and not before', async () => {
    const { clock, save, doneSaves } = await slow()
    save({ term: 1, votedFor: 'a' })
    await pass(clock, 9)
    expect(doneSaves, 'the record was written, and the sync takes 10 ms: a power cut may still take it').toEqual([])
    await pass(clock, 1)
    expect(doneSaves, 'the sync is over').toEqual([1])
  })

  test('has term, vote and entries in one record', async () => {
    const { clock, disk, save } = await slow()
    save({ term: 3, votedFor: 'b', from: 1, commands: ['one', 'two'] })
    await pass(clock, 100)
    const rule =
      'in two records or two files, a crash between them leaves entries of a term that the server does not know'
    expect(disk.counts.appends, rule).toBe(1)
  })
})

describe('saves that are asked for while a sync is under way', () => {
  test('wait for the next one, together: one record and one sync for all of them', async () => {
    const { clock, disk, save, doneSaves } = await slow()
    save({ term: 1 })
    await pass(clock, 5)
    const { appends, syncs } = disk.counts
    for (let n = 0; n < 9; n++) save({ term: 2, from: n + 1, commands: [`command ${n}`] })
    await pass(clock, 5)
    expect(doneSaves, 'the first is done, the others were asked for after its record was written').toEqual([1])
    await pass(clock, 10)
    const rule = 'all of them are done after one more sync, in the order in which they were asked for'
    expect(doneSaves.join(', '), rule).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9, 10')
    expect(disk.counts.appends - appends, 'records for the nine: two records under one sync may be torn apart').toBe(1)
    expect(disk.counts.syncs - syncs, 'syncs: the end of the first, and one for the nine').toBe(2)
    expect(inWords((await reopened(disk)).saved), 'all of them are there').toMatch(/^term 2.*, 2 command 8$/)
  })

  test('are asked for in a `done` as well', async () => {
    const { clock, fused, wal, doneSaves, save } = await slow()
    const [[first, second] = []] = historyOf([{ term: 1 }, { term: 2 }])
    if (first === undefined || second === undefined) throw new Error('there are two')
    wal.save(first, () => {
      save({ term: 2 })
      save({ term: 3 })
    })
    await pass(clock, 20)
    expect(doneSaves, 'whoever waits when a sync is over is written next').toEqual([1, 2])
    const rule =
      'one group at a time: the log is being written as long as anybody waits, also while each done is called'
    expect(fused.underWayMax, `operations of the disk at once; ${rule}`).toBe(1)
  })

  test('and are too long for one record, go into several', async () => {
    const disk = new SimulatedDisk()
    const lengths = [PAYLOAD_BYTES_MAX / 2 - 100, PAYLOAD_BYTES_MAX / 2 + 100, 1_000]
    const saves = lengths.map((length, at): Words => ({ term: 1, from: at + 1, commands: ['x'.repeat(length)] }))
    const history = historyOf([{ term: 1 }, ...saves])
    const { done } = await live(new Fused(disk.open()), history, 1e9)
    expect(done, 'all are done').toBe(4)
    const rule =
      'the two long ones do not fit in one record, the short one fits behind the second, and the very first save may have gone alone'
    expect(disk.counts.appends, rule).toBeGreaterThanOrEqual(2)
    expect(disk.counts.appends, rule).toBeLessThanOrEqual(3)
    const found = await opened(disk, 1e9).then(({ saved }) => inWords(saved), String)
    const oldest = 'oldest first: a group ends before the first that does not fit, and a later one that would fit waits'
    const expected = statesOf(history).at(-1)
    expect(found, comparing(oldest, found, expected)).toBe(expected)
  })

  test('and are too long by `lengthMax`, go alone', async () => {
    const [disk, votedFor] = [new SimulatedDisk(), 'b'.repeat(PAYLOAD_BYTES_MAX / 2)]
    const { done } = await live(new Fused(disk.open(), 20), historyOf([{ term: 1 }, { term: 2, votedFor }]), 1e9)
    const rule =
      'lengthMax takes three bytes for each letter of a name, and this one has one: take one save in any case'
    expect(done, rule).toBe(2)
  })
})

describe('a segment', () => {
  test('is followed by the next one when a record would make it too long', async () => {
    const disk = new SimulatedDisk()
    const saves = Array.from(
      { length: 12 },
      (_, index): Words => ({ term: 1, from: index + 1, commands: ['a command'] }),
    )
    await live(new Fused(disk.open()), historyOf(...saves.map((save) => [save])), 120)
    for (const name of disk.names) {
      expect(disk.file(name).visible.length, `${name} has at most segmentBytesMax bytes`).toBeLessThanOrEqual(120)
      expect(disk.file(name).visible.length, `${name} takes as many records as fit`).toBeGreaterThan(80)
    }
    expect(disk.names, 'four records of 30 bytes fit in 120, and a segment is named for its first').toEqual([
      FIRST,
      '0000000000000005.wal',
      '0000000000000009.wal',
    ])
    const { names } = disk
    disk.crash(() => 0)
    const rule = 'a segment begun while writing must be in the directory before a record in it is done: `startSegment`'
    expect(disk.names, rule).toEqual(names)
  })

  test('takes SEGMENT_BYTES_MAX when nobody says how much it may', async () => {
    const disk = new SimulatedDisk()
    const fused: Disk & Fused = new Fused(disk.open())
    fused.append = () => Promise.resolve() // what isn't kept takes no time
    const wal = await Wal.open(fused, { onFatal: fail })
    const entries = [{ term: 1, command: new Uint8Array(SEGMENT_BYTES_MAX / 8 - 1_000) }]
    for (let from = 1; from <= 9; from++) {
      await new Promise<void>((resolve) =>
        wal.save({ kind: 'save', save: from, term: 1, votedFor: undefined, from, entries }, resolve),
      )
    }
    expect(disk.names, 'eight records of nearly 8 MiB fit in 64 MiB').toEqual([FIRST, '0000000000000009.wal'])
  })

  test('of which a single record is longer than a segment may be has that record alone', async () => {
    const disk = new SimulatedDisk()
    const commands = ['x'.repeat(500)]
    const history = historyOf([{ term: 1, from: 1, commands }], [{ term: 1, from: 2, commands }])
    await live(new Fused(disk.open()), history, 100)
    expect(disk.names, 'no empty segment stands before it').toEqual([FIRST, '0000000000000002.wal'])
    expect((await opened(disk, 100)).saved?.log.entries.length, 'both are there').toBe(2)
  })
})

const words: fc.Arbitrary<Words> = fc.record(
  {
    term: fc.nat(3),
    votedFor: fc.constantFrom('a', 'b', 'c'),
    from: fc.nat(5),
    commands: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  },
  { requiredKeys: ['term', 'commands'] },
)

/** What a server may ask for: terms that don't go back, and entries that begin at the end of the log or before. */
function sensible(steps: readonly Words[]): readonly Words[] {
  let [term, lastIndex] = [1, 0]
  return steps.map(({ term: more, from: back, commands = [], ...rest }) => {
    term += more
    if (back === undefined) return { term, ...rest }
    const from = Math.max(1, lastIndex + 1 - back)
    lastIndex = from + commands.length - 1
    return { term, from, commands, ...rest }
  })
}

function inFew({ save, term, votedFor = 'nobody', from, entries }: Save): string {
  const log = from === undefined ? 'the log as it was' : `${entries.length} entries from ${from} on`
  return `${save}: term ${term}, vote for ${votedFor}, ${log}`
}

function opened(disk: SimulatedDisk, segmentBytesMax = 1_000): Promise<Wal> {
  return Wal.open(disk.open(), { segmentBytesMax, onFatal: fail })
}

/** After a power cut that leaves nothing that was not synced. */
function reopened(disk: SimulatedDisk): Promise<Wal> {
  disk.crash(() => 0)
  return opened(disk)
}

function fail(error: WalFailed): void {
  throw error
}

/** A log on a disk that takes 10 ms for a sync. */
async function slow() {
  const clock = new VirtualClock()
  const disk = new SimulatedDisk()
  const fused = new Fused(disk.open(syncsTaking(clock, 10)))
  const opening = Wal.open(fused, { onFatal: fail })
  await pass(clock, 100)
  const wal = await opening
  const doneSaves: number[] = []
  let asked = 0
  const save = (words: Words) => {
    const [[first] = []] = historyOf([words])
    if (first === undefined) throw new Error('there is one')
    asked += 1
    const number = asked
    wal.save({ ...first, save: number }, () => doneSaves.push(number))
  }
  return { clock, disk, fused, wal, save, doneSaves }
}

async function pass(clock: VirtualClock, ms: number): Promise<void> {
  await clock.advance(ms)
}
