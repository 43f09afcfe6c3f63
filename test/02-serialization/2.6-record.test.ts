import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c } from '#serialization/checksum'
import {
  encodeRecord,
  HEADER_BYTES,
  type LogEnd,
  PAYLOAD_BYTES_MAX,
  readRecords,
  recordAt,
} from '#serialization/record'
import { law } from '../law.ts'
import { fromHex, hex } from './hex.ts'
import { boundariesOf, fileOf, filled, flipped, headerOf, inWords, joined, told, zeros } from './log-file.ts'

/** Records and their bytes, from another implementation. */
const known: readonly (readonly [string, string, string])[] = [
  ['an empty payload', '', '00000000 00000000 8ab2288c'],
  ['the payload 61', '61', '01000000 3043d0c1 0a42e9dc 61'],
  ['the payload 71756f72756d', '71756f72756d', '06000000 6a33dd3e b6869316 71756f72756d'],
]
const knownFile = fromHex(known.map(([, , record]) => record).join(''))

/** What is said about the end, for a person. */
function reasonOf(end: LogEnd): string {
  return end.kind === 'clean' ? '' : end.reason
}

describe('a record', () => {
  test.each(known)('of %s has the layout that is drawn at the top of the file', (_name, payload, record) => {
    const rule = 'length, sum of the payload, sum of those 8 bytes, payload; the lowest byte of a number first'
    expect(hex(encodeRecord(fromHex(payload))), rule).toBe(hex(fromHex(record)))
  })

  test('is a copy: what happens to the payload later is not written', () => {
    const payload = filled(3)
    const record = encodeRecord(payload)
    payload.fill(9)
    expect(hex(record.subarray(HEADER_BYTES)), 'the record has bytes of its own').toBe('01 02 03')
  })

  test('keeps its bytes when the next one is made', () => {
    const record = encodeRecord(filled(3))
    const seen = hex(record)
    encodeRecord(Uint8Array.of(9, 9, 9))
    expect(hex(record), 'each call returns bytes that no later call writes to').toBe(seen)
  })

  test('may be as large as PAYLOAD_BYTES_MAX, and no larger: the error names the size', () => {
    const largest = new Uint8Array(PAYLOAD_BYTES_MAX)
    const read = recordAt(encodeRecord(largest), 0)
    expect(read?.payload.length, 'the largest payload that is allowed').toBe(PAYLOAD_BYTES_MAX)
    const tooLarge = new Uint8Array(PAYLOAD_BYTES_MAX + 1)
    const rule = 'refuse to write what the reader of the file will refuse to read'
    expect(() => encodeRecord(tooLarge), rule).toThrow(RangeError)
    expect(() => encodeRecord(tooLarge), 'the error names the offending size').toThrow(`${PAYLOAD_BYTES_MAX + 1}`)
  })
})

describe('the record at an offset', () => {
  test('is found when all of it is there', () => {
    const record = recordAt(knownFile, 25)
    expect(record?.offset, 'where the record begins, with its header').toBe(25)
    expect(hex(record?.payload ?? new Uint8Array(0)), 'the payload begins behind the header').toBe('71 75 6f 72 75 6d')
  })

  test('is none where no header begins', () => {
    for (const offset of [1, 11, 13, 24, 26, knownFile.length - 1, knownFile.length]) {
      expect(recordAt(knownFile, offset), `no record begins at ${offset}`).toBeUndefined()
    }
  })

  test('is none when a sum is wrong, or the end is missing', () => {
    const cases = {
      'the payload is 61': '01000000 3043d0c1 0a42e9dc 61',
      'the payload is ab 9b e0 9b, with the sum 0, as no bytes have it': '04000000 00000000 e73035ad ab9be09b',
    }
    for (const [what, bytes] of Object.entries(cases)) {
      const record = fromHex(bytes)
      for (let length = 0; length < record.length; length++) {
        const rule = `${what}: only ${length} of ${record.length} bytes of its record are there`
        expect(recordAt(record.subarray(0, length), 0), rule).toBeUndefined()
      }
      for (let bit = 0; bit < record.length * 8; bit++) {
        const rule = `${what}: bit ${bit & 7} of byte ${bit >>> 3} of its record was flipped`
        expect(recordAt(flipped(record, bit), 0), rule).toBeUndefined()
      }
    }
  })
})

describe('a file that nothing happened to', () => {
  test('is read from the first record to the last, and ends clean', () => {
    const rule = 'three records, the first of them empty'
    expect(inWords(readRecords(knownFile)), rule).toBe('0: nothing, 12: 61, 25: 71 75 6f 72 75 6d; clean at 43')
    expect(inWords(readRecords(new Uint8Array(0))), 'a file in which nothing was written yet').toBe(
      'no records; clean at 0',
    )
  })

  test('may begin with something else: the first record begins at `from`', () => {
    const file = joined(Uint8Array.of(7, 7, 7), knownFile)
    expect(inWords(readRecords(file, 3)), 'offsets count from the start of the file').toBe(
      '3: nothing, 15: 61, 28: 71 75 6f 72 75 6d; clean at 46',
    )
    expect(() => readRecords(file, 47), 'the file is shorter than what it should begin with').toThrow(RangeError)
    for (const from of [-5, 0.5, Number.NaN]) {
      expect(() => readRecords(file, from), `${from} is no offset in a file`).toThrow(RangeError)
    }
  })

  test('whatever was written is read, in order', () =>
    law(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), 200, async (payloads, story) => {
      story.tell(`these payloads are written: ${payloads.map(hex).join(', ') || 'none'}`)
      const boundaries = boundariesOf(payloads)
      const each = payloads.map((payload, index) => `${boundaries[index]}: ${hex(payload)}`)
      const expected = `${each.join(', ') || 'no records'}; clean at ${boundaries.at(-1)}`
      expect(inWords(readRecords(fileOf(...payloads))), 'the records must be these').toBe(expected)
    }))

  test('may be a view of a larger buffer, and payloads are views of the file', () => {
    const large = joined(Uint8Array.of(1, 2, 3), knownFile, Uint8Array.of(4))
    const file = large.subarray(3, 3 + knownFile.length)
    const { records } = readRecords(file)
    const rule = 'a DataView takes the buffer: add the byteOffset of the file'
    expect(
      records.map(({ payload }) => hex(payload)),
      rule,
    ).toEqual(['nothing', '61', '71 75 6f 72 75 6d'])
    for (const { payload } of records) expect(payload.buffer, 'a payload is a view, not a copy').toBe(large.buffer)
  })
})

describe('a file that was cut off', () => {
  const payloads = [filled(7), filled(0), filled(20), filled(1)]
  const written = () => fileOf(...payloads)
  const boundaries = boundariesOf(payloads)

  test('anywhere: the records before the cut are read, and the one that was cut is torn', () => {
    const file = written()
    for (let length = 0; length <= file.length; length++) {
      const whole = boundaries.findLastIndex((boundary) => boundary <= length)
      const offset = boundaries[whole] ?? 0
      const rule = `of ${file.length} bytes only ${length} are there, and a record begins at ${offset}`
      expect(told(file.subarray(0, length)), rule).toBe(
        `${whole} records, ${offset === length ? 'clean' : 'torn'} at ${offset}`,
      )
    }
  })

  test('can be cut where it is torn, and written on', () => {
    const file = written()
    const torn = file.subarray(0, file.length - 5)
    const { end } = readRecords(torn)
    const mended = joined(torn.subarray(0, end.offset), encodeRecord(filled(4)))
    expect(inWords(readRecords(mended)), 'as if the torn record had never been begun').toBe(
      `0: ${hex(filled(7))}, 19: nothing, 31: ${hex(filled(20))}, 63: 01 02 03 04; clean at 79`,
    )
  })

  test('says why it is torn, for the log of the program', () => {
    const { end } = readRecords(written().subarray(0, 5))
    expect(end.kind, 'the file ends within a header').toBe('torn')
    expect(reasonOf(end), `the reason is “${reasonOf(end)}”: say in words what is missing`).toMatch(/\w/)
  })
})

/** The record with the flipped bit is corrupt, and those before it are read. */
function expectCorrupt(file: Uint8Array, bit: number, payloads: readonly Uint8Array[]): void {
  const boundaries = boundariesOf(payloads)
  const before = boundaries.findLastIndex((boundary) => boundary <= bit >>> 3)
  const seen = told(flipped(file, bit))
  const expected = `${before} records, corrupt at ${boundaries[before]}`
  if (seen === expected) return
  const reserved = file.length - (boundaries.at(-1) ?? 0)
  const behind = ', which is space that no record has used: only the sectors of the record itself can show a torn write'
  const where = `bit ${bit & 7} of byte ${bit >>> 3} was flipped, and ${reserved} zeros follow the records`
  const rule = 'A flipped bit must never look like an append that was interrupted'
  expect(seen, `${where}${reserved > 0 ? behind : ''}. ${rule}`).toBe(expected)
}

describe('a file in which a bit has flipped', () => {
  const cases: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ['small records', [filled(7), filled(0), filled(30), filled(1)]],
    ['an empty record at the end', [filled(2), filled(0)]],
    ['a record that fills a sector', [filled(500)]],
    ['a last record of several sectors', [filled(20), filled(1_500)]],
  ]
  test.each(cases)('any bit, %s: the damaged record is corrupt, and those before it are read', (_name, payloads) => {
    const file = fileOf(...payloads)
    for (let bit = 0; bit < file.length * 8; bit++) expectCorrupt(file, bit, payloads)
  })

  test.each(cases)(
    'a bit of any byte, %s, with reserved space behind: the damaged record is corrupt',
    (_name, payloads) => {
      const written = fileOf(...payloads)
      const file = joined(written, zeros(600))
      for (let byte = 0; byte < written.length; byte++) expectCorrupt(file, byte * 8 + (byte % 8), payloads)
    },
  )

  test('of a length: it is not taken for a record that reaches beyond the end', () => {
    const file = fileOf(filled(7), filled(3))
    for (let bit = 0; bit < 32; bit++) {
      const { end } = readRecords(flipped(file, bit))
      const rule = `bit ${bit} of the first length was flipped: compare the sum of the header before you believe it`
      expect(`${end.kind} at ${end.offset}`, rule).toBe('corrupt at 0')
    }
  })

  test('says what is wrong, for whoever has to look', () => {
    const { end } = readRecords(flipped(fileOf(filled(7)), 3))
    expect(end.kind, 'a bit of the length has flipped').toBe('corrupt')
    expect(reasonOf(end), `the reason is “${reasonOf(end)}”: say in words what is wrong`).toMatch(/\w/)
  })
})

describe('a length that lies', () => {
  test('beyond the end of the file is that of a torn record, as long as a record may have it', () => {
    for (const length of [1, 1_000, PAYLOAD_BYTES_MAX]) {
      const file = joined(fileOf(filled(2)), headerOf(length, 0x1234))
      expect(inWords(readRecords(file)), `the header is right, and ${length} bytes should follow`).toBe(
        '0: 01 02; torn at 14',
      )
    }
  })

  test.each([PAYLOAD_BYTES_MAX + 1, 0xffffffff])('%d is corrupt: nobody wrote such a record', (length) => {
    const { end } = readRecords(joined(fileOf(filled(2)), headerOf(length, 0x1234)))
    expect(`${end.kind} at ${end.offset}`, 'encodeRecord refuses it, so no crash left it').toBe('corrupt at 14')
    const rule = `the reason is “${reasonOf(end)}”: it must name the length, ${length}`
    expect(reasonOf(end), rule).toContain(String(length))
  })

  test('is corrupt even if the whole record is there, with two right sums', () => {
    const payload = filled(PAYLOAD_BYTES_MAX + 1)
    const file = joined(headerOf(payload.length, crc32c(payload)), payload)
    const rule = `no record is longer than ${PAYLOAD_BYTES_MAX} bytes: recordAt holds the length against the limit, too`
    expect(recordAt(file, 0)?.payload.length, rule).toBeUndefined()
    expect(inWords(readRecords(file)), rule).toBe('no records; corrupt at 0')
  })
})
