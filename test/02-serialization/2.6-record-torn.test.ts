import { describe, expect, test } from 'vitest'
import { encodeRecord, HEADER_BYTES, PAYLOAD_BYTES_MAX, SECTOR_BYTES } from '#serialization/record'
import { fileOf, filled, flipped, headerOf, joined, told, zeroed, zeros } from './log-file.ts'

describe('a file that ends in zeros', () => {
  test('is torn where they begin: space was reserved, and never written', () => {
    const file = fileOf(filled(7), filled(20))
    for (const length of [1, HEADER_BYTES, 100, 10_000]) {
      const rule = `${length} zeros behind two records, up to the end of the file, where the last sector ends too: write on where they begin`
      expect(told(joined(file, zeros(length))), rule).toBe(`2 records, torn at ${file.length}`)
    }
    expect(told(zeros(4_096)), 'a new file with space reserved').toBe('0 records, torn at 0')
  })

  test('may have an empty record before them: its header is not all zeros', () => {
    const file = fileOf(filled(7), filled(0))
    expect(told(joined(file, zeros(600))), 'the sum of eight zeros is not zero').toBe(
      `2 records, torn at ${file.length}`,
    )
  })

  test('is torn where a record begins of which only the first sectors were written', () => {
    const synced = fileOf(filled(100))
    const file = joined(synced, encodeRecord(filled(1_400)), zeros(2_000))
    for (const sectors of [1, 2]) {
      const rule = `${sectors} of 3 sectors were written, and the rest reads as zeros`
      const crashed = zeroed(file, sectors * SECTOR_BYTES, file.length)
      expect(told(crashed), rule).toBe(`1 records, torn at ${synced.length}`)
    }
  })
})

describe('a record with a flipped bit, between whole sectors', () => {
  test.each([0, 1, 2])('begins where sector %d does: it is corrupt, and its first sector has 512 bytes', (sector) => {
    const start = sector * SECTOR_BYTES
    const before = sector === 0 ? zeros(0) : fileOf(filled(start - HEADER_BYTES))
    const damaged = flipped(joined(before, encodeRecord(filled(600))), 8 * (start + 300))
    const rule = `a sector that begins at ${start} ends at ${start + SECTOR_BYTES}: of no bytes all are zeros, but those are no sector`
    expect(told(damaged), rule).toBe(`${before.length > 0 ? 1 : 0} records, corrupt at ${start}`)
  })

  test('ends where a sector does: it is corrupt, whether the file ends there or not', () => {
    const damaged = flipped(fileOf(filled(500)), 8 * 50)
    const rule = 'the record lies in one sector, from 0 to 512, and the next is none of its own'
    expect(told(damaged), rule).toBe('0 records, corrupt at 0')
    expect(told(joined(damaged, zeros(2_000))), rule).toBe('0 records, corrupt at 0')
  })
})

describe('a record of which few bytes lie in a sector', () => {
  test.each([1, 2, 3])('%d in its first: a flipped bit makes it corrupt', (inFirst) => {
    const start = SECTOR_BYTES - inFirst
    const file = fileOf(filled(start - HEADER_BYTES), filled(100))
    const rule = `of its length, which isn't 0, bytes ${start} to 511 are in sector 0, so that sector was written`
    expect(told(flipped(file, 8 * 600)), rule).toBe(`1 records, corrupt at ${start}`)
  })

  test.each([1, 2, 3])('%d in its last: a flipped bit makes it corrupt', (inLast) => {
    const file = fileOf(filled(500 - HEADER_BYTES), filled(SECTOR_BYTES + inLast))
    const rule = `the file ends ${inLast} bytes into sector 2. They aren't zeros, so that sector was written`
    expect(told(flipped(file, 8 * 600)), rule).toBe('1 records, corrupt at 500')
  })
})

describe('a last record of which a sector was not written', () => {
  const start = HEADER_BYTES + 100
  const written = () => fileOf(filled(100), filled(1_400))

  test('is corrupt when the zeros are not a whole sector of the file: a disk writes sectors whole', () => {
    const file = written()
    const rule = 'only part of a sector is zeros, so it was written, and has changed since'
    const corrupt = `1 records, corrupt at ${start}`
    const shifted = zeroed(file, start + SECTOR_BYTES, start + 2 * SECTOR_BYTES)
    expect(told(shifted), `${rule}: sectors are counted from the start of the file, not of the record`).toBe(corrupt)
    expect(told(zeroed(file, SECTOR_BYTES, 2 * SECTOR_BYTES - 1)), `${rule}: one byte is left`).toBe(corrupt)
    expect(told(zeroed(file, start, start + HEADER_BYTES)), `${rule}: the header`).toBe(corrupt)
    expect(told(zeroed(file, start, SECTOR_BYTES - 1)), `${rule}: the end of the first sector`).toBe(corrupt)
  })

  test.each([0, 1, 2])('sector %d: it is torn', (sector) => {
    const file = written()
    const from = Math.max(sector * SECTOR_BYTES, start)
    const crashed = zeroed(file, from, Math.min((sector + 1) * SECTOR_BYTES, file.length))
    const rule = 'all its bytes are there, its sum is wrong, and one sector reads as zeros from the record on'
    expect(told(crashed), rule).toBe(`1 records, torn at ${start}`)
  })

  test('may have its header in two sectors', () => {
    for (const inFirst of [1, 4, 8, 11]) {
      const start = SECTOR_BYTES - inFirst
      const before = fileOf(filled(start - HEADER_BYTES))
      const record = encodeRecord(filled(100))
      const rule = `${inFirst} bytes of the header are in one sector, ${HEADER_BYTES - inFirst} in the next`
      const lostFirst = zeroed(joined(before, record), start, SECTOR_BYTES)
      const lostSecond = zeroed(joined(before, record), SECTOR_BYTES, start + record.length)
      expect(told(lostFirst), `${rule}, and the first was not written`).toBe(`1 records, torn at ${start}`)
      expect(told(lostSecond), `${rule}, and the second was not written`).toBe(`1 records, torn at ${start}`)
    }
  })
})

describe('a file that is a view of a larger buffer', () => {
  test.each([0, 7])('is judged by its own bytes, when %d stands in all those before it', (byte) => {
    const file = fileOf(filled(100), filled(1_400))
    const viewed = (bytes: Uint8Array) => joined(zeros(2_048).fill(byte), bytes).subarray(2_048)
    const rule = 'the sectors of the file begin at its byteOffset: subarray counts from there by itself'
    expect(told(viewed(flipped(file, 8 * 300))), `a bit was flipped: ${rule}`).toBe('1 records, corrupt at 112')
    const crashed = viewed(zeroed(file, SECTOR_BYTES, 2 * SECTOR_BYTES))
    expect(told(crashed), `sector 1 was not written: ${rule}`).toBe('1 records, torn at 112')
  })
})

describe('a sector that reads as zeros, with a record behind it', () => {
  const [first, second, third] = [filled(100), filled(1_400), filled(30)]
  const written = () => fileOf(first, second, third)
  const start = HEADER_BYTES + first.length

  test.each([0, 1, 2])('sector %d of the record in the middle: it is corrupt', (sector) => {
    const from = Math.max(sector * SECTOR_BYTES, start)
    const to = Math.min((sector + 1) * SECTOR_BYTES, start + HEADER_BYTES + second.length)
    const rule = 'a record was written after it, so this one was whole once: cutting here would lose both'
    expect(told(zeroed(written(), from, to)), rule).toBe(`1 records, corrupt at ${start}`)
  })

  test('is corrupt when space is reserved behind them, too', () => {
    const damaged = zeroed(joined(written(), zeros(5_000)), start, SECTOR_BYTES)
    const rule = 'the header is gone, so look for another one behind it'
    expect(told(damaged), rule).toBe(`1 records, corrupt at ${start}`)
  })
})

describe('a sector that reads as zeros, with something else behind it', () => {
  test('took the header of the next record along: it is corrupt, for there is one more', () => {
    const damaged = zeroed(fileOf(filled(1_200), filled(500), filled(100)), 1_024, 1_536)
    const rule =
      'records began at 0, 1212 and 1724, and sector 2 is zeros: try every offset, also if none begins at 1212'
    expect(told(damaged), rule).toBe('0 records, corrupt at 0')
  })

  test('has a record behind it that is not whole: it is corrupt, for that one was begun later', () => {
    const file = zeroed(fileOf(filled(2_000), filled(50)), SECTOR_BYTES, 2 * SECTOR_BYTES)
    const rule = 'the second record is torn, and was begun when the first was on disk: its header alone proves it'
    expect(told(file.subarray(0, file.length - 3)), rule).toBe('0 records, corrupt at 0')
  })
})

describe('a payload', () => {
  test('that contains a record is still one payload, as long as its own header is right', () => {
    const nested = joined(filled(40), encodeRecord(filled(700)), filled(700))
    const file = fileOf(nested)
    const rule = 'the header is right, so the record ends at 1464: look for another one from there on, not within it'
    expect(told(zeroed(file, 1_024, file.length)), rule).toBe('0 records, torn at 0')
  })

  test('that contains a header with a forbidden length does not prove that its record was on disk', () => {
    const file = fileOf(joined(filled(600), headerOf(PAYLOAD_BYTES_MAX + 1, 7), filled(100)))
    const rule = 'sector 0 was not written. What stands at 612 is no header of a record: no record is that long'
    expect(told(zeroed(file, 0, SECTOR_BYTES)), rule).toBe('0 records, torn at 0')
  })
})

/** Where a record of 1,100 bytes may begin: its header lies in one sector or in two. */
const starts = [512, 513, 700, 1_011, 1_012, 1_013, 1_016, 1_020, 1_023]

describe('power is cut while a record is written', () => {
  test.each(starts)(
    'at %d: whatever sectors of it were written, and wherever the file ends, it is not corrupt',
    (start) => {
      const synced = fileOf(filled(100), filled(start - 100 - 2 * HEADER_BYTES))
      const written = joined(synced, encodeRecord(filled(1_100)))
      const first = Math.floor(start / SECTOR_BYTES)
      const sectors = Math.ceil(written.length / SECTOR_BYTES) - first
      for (let subset = 0; subset < 2 ** sectors; subset++) {
        const crashed = joined(written, zeros(700))
        for (let sector = 0; sector < sectors; sector++) {
          if (subset & (1 << sector)) continue
          const from = (first + sector) * SECTOR_BYTES
          crashed.fill(0, Math.max(from, start), Math.min(from + SECTOR_BYTES, written.length))
        }
        expectSurvival(crashed, start, written.length, subset === 2 ** sectors - 1)
      }
    },
  )
})

/** The two records that were synced are read, and the third if all of it was written, however long the file is. */
function expectSurvival(crashed: Uint8Array, start: number, end: number, allWritten: boolean): void {
  for (const length of [
    start,
    start + 1,
    start + 11,
    start + 12,
    start + 13,
    start + 600,
    end - 1,
    end,
    end + 1,
    end + 700,
  ]) {
    const isWhole = allWritten && length >= end
    const offset = isWhole ? end : start
    const expected = `${isWhole ? 3 : 2} records, ${length === offset ? 'clean' : 'torn'} at ${offset}`
    const seen = told(crashed.subarray(0, length))
    if (seen === expected) continue
    const bytes = Array.from(crashed.subarray(start, length))
    const written = `${bytes.filter((byte) => byte !== 0).length} of its 1,112 bytes were written`
    const where = `the file is ${length} bytes long, the last record begins at ${start}, and ${written}`
    expect(seen, `${where}: a crash may cost the record that was being written, and nothing else`).toBe(expected)
  }
}
