import { describe, expect, test } from 'vitest'
import { type Change, changesIn, firstRecordOf, lengthMax, partsOf, recordOf, segmentName } from '#raft/wal-format'
import { PAYLOAD_BYTES_MAX, recordAt } from '#serialization/record'

const MIB = 1_024 * 1_024
const entry = (length: number) => ({ term: 3, command: new Uint8Array(length).fill(1) })

describe('a change', () => {
  test('is read as it was written, with others in a record', () => {
    const changes: readonly Change[] = [
      { term: 1, votedFor: 'a', entries: [] },
      { term: 2, from: 7, entries: [{ term: 2 }, entry(0), entry(300)] },
    ]
    const payload = recordAt(recordOf(changes), 0)?.payload ?? new Uint8Array(0)
    expect(changesIn(payload)).toEqual({ ok: true, value: changes })
  })

  test('is no longer than lengthMax says, whatever is in it', () => {
    const largest: Change = {
      term: Number.MAX_SAFE_INTEGER,
      votedFor: '\u20ac'.repeat(10),
      from: Number.MAX_SAFE_INTEGER,
      entries: [{ term: Number.MAX_SAFE_INTEGER }, { ...entry(200), term: Number.MAX_SAFE_INTEGER }],
    }
    expect(recordOf([largest]).length - 12 - 1).toBeLessThanOrEqual(lengthMax(largest))
  })
})

describe('a change that is too long for a record', () => {
  test('goes into several, one behind the other', () => {
    const entries = [3, 3, 3, 7, 1, 1].map((mib) => entry(mib * MIB))
    const parts = partsOf({ term: 3, votedFor: 'b', from: 10, entries })
    expect(parts.map(({ from, entries: { length } }) => `${length} from ${from}`)).toEqual([
      '2 from 10',
      '1 from 12',
      '1 from 13',
      '2 from 14',
    ])
    for (const part of parts) expect(lengthMax(part)).toBeLessThan(PAYLOAD_BYTES_MAX)
    expect(parts.flatMap((part) => part.entries)).toEqual(entries)
  })

  test('is refused when one entry alone is too long', () => {
    const change = { term: 3, from: 1, entries: [entry(1), entry(PAYLOAD_BYTES_MAX)] }
    expect(() => partsOf(change)).toThrow('a command of 8388608 bytes does not fit in a record')
  })
})

test('a segment is named for its first record, and other files are no segments', () => {
  expect(segmentName(38)).toBe('0000000000000038.wal')
  expect(firstRecordOf(segmentName(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER)
  for (const name of ['38.wal', '0000000000000038.wal.tmp', '000000000000003x.wal', '0000000000000038', '.wal', ''])
    expect(firstRecordOf(name), name).toBeUndefined()
})
