import { describe, expect, test } from 'vitest'
import { SimulatedDisk } from '#raft/simulated-disk'
import { Wal } from '#raft/wal'
import { WalCorrupt } from '#raft/wal-errors'
import { recordOf } from '#raft/wal-format'
import { readRecords } from '#serialization/record'
import { flipped } from '../02-serialization/log-file.ts'
import { comparing, Fused, filesOf, historyOf, inWords, live, statesOf, type Words } from './wal-history.ts'

const FIRST = '0000000000000001.wal'
const SECOND = '0000000000000004.wal'
const commands: readonly Words[] = ['one', 'two', 'three', 'four', 'five'].map((command, index) => ({
  term: 1,
  votedFor: 'a',
  from: index + 1,
  commands: [command],
}))
const history = historyOf(...commands.map((save) => [save]))
const states = statesOf(history)

/** Two segments, of three records and of two. */
async function written(): Promise<ReadonlyMap<string, Uint8Array>> {
  const disk = new SimulatedDisk()
  await live(new Fused(disk.open()), history, 85)
  return new Map(disk.names.map((name) => [name, disk.file(name).visible]))
}

describe('the last segment ends too early', () => {
  test('wherever it is cut: the log has the records before, and goes on behind them', async () => {
    const files = await written()
    const file = files.get(SECOND) ?? new Uint8Array(0)
    for (let length = 0; length <= file.length; length++) {
      const disk = diskOf(files, [SECOND, file.slice(0, length)])
      const whole = readRecords(file.subarray(0, length))
      const when = `${SECOND} was cut to ${length} of ${file.length} bytes`
      const { found, done } = await live(new Fused(disk.open()), historyOf([{ term: 9, votedFor: 'z' }]), 1_000)
      const rule = `${when}: a torn record was acknowledged to nobody, so the server starts`
      const expected = states[3 + whole.records.length]
      expect(found, comparing(rule, found ?? 'nothing', expected)).toBe(expected)
      expect(done, `${when}: a save is done as before`).toBe(1)
      const [kept, ...behind] = readRecords(disk.file(SECOND).visible.subarray(whole.end.offset)).records
      expect(kept, `${when}: the torn record is cut off, and the next stands where it began`).toBeDefined()
      expect(behind, `${when}: nothing else stands there`).toEqual([])
      const again = await Wal.open(disk.open(), { onFatal: () => {} })
      expect(inWords(again.saved), `${when}, a save was done, and the log was opened again`).toMatch(
        /^term 9, vote for z/,
      )
    }
  })

  test('and its last record lacks a sector: that record is cut off', async () => {
    const disk = new SimulatedDisk()
    const long = historyOf([{ term: 1 }], [{ term: 1, from: 1, commands: ['x'.repeat(2_000)] }])
    await live(new Fused(disk.open()), long, 10_000)
    const file = disk.file(FIRST).visible.slice().fill(0, 1_024, 1_536)
    const opened = await Wal.open(diskOf(new Map(), [FIRST, file]).open(), { onFatal: () => {} })
    expect(inWords(opened.saved), 'sectors are written in any order').toBe('term 1, vote for nobody: no entries')
  })
})

describe('damage that no crash leaves', () => {
  test('any bit of any segment: the log is refused, with the file and the place of the record', async () => {
    const files = await written()
    for (const [name, file] of files) {
      const { records } = readRecords(file)
      for (let bit = 0; bit < file.length * 8; bit++) {
        const disk = diskOf(files)
        disk.flip(name, bit)
        const refusal = await refusalOf(disk)
        const when = `bit ${bit & 7} of byte ${bit >>> 3} of ${name} was flipped`
        expect(refusal, `${when}: what was acknowledged is damaged, so the server must not start`).toBeDefined()
        expect(refusal?.file, `${when}: the file`).toBe(name)
        const damaged = records.findLast(({ offset }) => offset <= bit >>> 3)
        expect(refusal?.offset, `${when}: where the damaged record begins`).toBe(damaged?.offset)
        expect(refusal?.reason, `${when}: the reason is that of readRecords`).toBe(reasonIn(disk.file(name).visible))
      }
    }
  })

  test('an earlier segment that ends too early, wherever: no crash cuts what was synced', async () => {
    const files = await written()
    const file = files.get(FIRST) ?? new Uint8Array(0)
    for (let length = 0; length < file.length; length++) {
      const whole = readRecords(file.subarray(0, length)).end.offset
      const refusal = await refusalOf(diskOf(files, [FIRST, file.slice(0, length)]))
      const when = `${FIRST} was cut to ${length} of ${file.length} bytes, and ${SECOND} follows`
      expect(refusal, `${when}: the records in between were acknowledged`).toBeDefined()
      expect(`${refusal?.file} ${refusal?.offset}`, `${when}: the place where they should be`).toBe(`${FIRST} ${whole}`)
    }
  })

  test('an earlier segment with something behind its records, though none of them is missing', async () => {
    const files = await written()
    const file = files.get(FIRST) ?? new Uint8Array(0)
    for (const behind of [Uint8Array.of(0), new Uint8Array(600), Uint8Array.of(1, 2, 3)]) {
      const refusal = await refusalOf(diskOf(files, [FIRST, Uint8Array.from([...file, ...behind])]))
      const when = `${behind.length} bytes were added to ${FIRST}, and ${SECOND} follows`
      expect(refusal?.offset, `${when}: only the last segment may be torn`).toBe(file.length)
    }
  })

  test('an earlier segment with a damaged record behind its own, though none of them is missing', async () => {
    const files = await written()
    const file = files.get(FIRST) ?? new Uint8Array(0)
    const bytes = Uint8Array.from([...file, ...flipped(recordOf([{ term: 9, entries: [] }]), 0)])
    const refusal = await refusalOf(diskOf(files, [FIRST, bytes]))
    const when = `${FIRST} ends with a record whose sum is wrong, and ${SECOND} follows`
    expect(refusal?.offset, `${when}: what is corrupt is refused in every segment`).toBe(file.length)
    expect(refusal?.reason, `${when}: the reason is that of readRecords`).toBe(reasonIn(bytes))
  })

  test('a segment that is missing: the name of the next one tells', async () => {
    const files = await written()
    const second = files.get(SECOND) ?? new Uint8Array(0)
    const refusal = await refusalOf(diskOf(new Map([[SECOND, second]])))
    expect(refusal?.message, 'what is missing').toContain('record 1 is missing')
  })

  test('leaves every file as it is when the log is refused', async () => {
    const files = await written()
    const [first, second] = [FIRST, SECOND].map((name) => files.get(name) ?? new Uint8Array(0))
    if (first === undefined || second === undefined) throw new Error('there are two')
    const cases: readonly (readonly [string, Uint8Array, Uint8Array])[] = [
      ['a bit of the first segment has flipped, and the second is torn', flipped(first, 0), second.slice(0, -1)],
      ['the first segment is torn', first.slice(0, -1), second],
      ['a bit of the second segment has flipped', first, flipped(second, 0)],
    ]
    for (const [when, ...bytes] of cases) {
      const disk = diskOf(files, [FIRST, bytes[0]], [SECOND, bytes[1]])
      const before = filesOf(disk)
      expect(await refusalOf(disk), when).toBeDefined()
      expect(filesOf(disk), `${when}: refuse first, and cut nothing; somebody will want to look at it`).toBe(before)
    }
  })
})

describe('a record whose sums are right', () => {
  const faults: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['leaves a gap in the log', recordOf([{ term: 1, from: 7, entries: [] }]), /begin at 7, behind a log of 5/],
    ['begins before the first entry', recordOf([{ term: 1, from: 0, entries: [] }]), /begin at 0/],
    ['takes the term back', recordOf([{ term: 0, entries: [] }]), /term 0 comes after term 1/],
  ]
  test.each(faults)('and %s, is refused', async (_, record, reason) => {
    const files = await written()
    const file = files.get(SECOND) ?? new Uint8Array(0)
    const refusal = await refusalOf(diskOf(files, [SECOND, Uint8Array.from([...file, ...record])]))
    expect(refusal?.reason, 'only a mistake writes it').toMatch(reason)
    expect(refusal?.offset, 'where it begins').toBe(file.length)
  })
})

/** A disk with these files, all of them synced. */
function diskOf(files: ReadonlyMap<string, Uint8Array>, ...changed: readonly [string, Uint8Array][]): SimulatedDisk {
  const disk = new SimulatedDisk()
  for (const [name, bytes] of new Map([...files, ...changed])) disk.create(name, bytes.slice())
  disk.crash(() => 1)
  return disk
}

/** What is wrong with a segment, in the words of chapter 2. */
function reasonIn(bytes: Uint8Array): string | undefined {
  const { end } = readRecords(bytes)
  return end.kind === 'clean' ? undefined : end.reason
}

async function refusalOf(disk: SimulatedDisk): Promise<WalCorrupt | undefined> {
  try {
    await Wal.open(disk.open(), { onFatal: () => {} })
    return undefined
  } catch (error) {
    if (error instanceof WalCorrupt) return error
    throw error
  }
}
