import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { compileDecoder } from '#serialization/compile'
import type { Decoded } from '#serialization/decoded'
import { Reader } from '#serialization/reader'
import { bool, bytes, f64, list, literal, map, optional, string, struct, u32, u64, union } from '#serialization/schema'
import { expectReadAlone, messageOf, readingCode } from './compiled.ts'
import { everyKind, kindRows } from './every-kind.ts'
import { flipped } from './log-file.ts'

describe('the code that reads', () => {
  test.each(kindRows)('%s: the value is the one that compact reads', (name, { schema, inside }) => {
    const code = readingCode(schema)
    for (const value of inside) {
      const message = messageOf(schema, value)
      const read = code.decode(message)
      expect(read.outcome, `${name} from its bytes; ${code.shown}`).toStrictEqual(compact(schema).decode(message))
      expectReadAlone(read, code.shown)
    }
  })

  test('leaves out a field that is absent, and does not set it to undefined', () => {
    const schema = struct({ a: optional(u32), b: bool })
    const { outcome } = readingCode(schema).decode(Uint8Array.of(0, 1))
    expect(outcome, 'the presence byte is 0, so the value has one property').toStrictEqual({
      ok: true,
      value: { b: true },
    })
  })
})

const Pair = struct({ key: string, ttlMs: optional(u32) })

describe('bytes that are no message', () => {
  test.each([
    ['a bool of 2', bool, [2]],
    ['a u32 of 2^32', u32, [0x80, 0x80, 0x80, 0x80, 0x10]],
    ['a u32 padded with a zero', u32, [0x80, 0x00]],
    ['a u64 of more than 64 bits', u64, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]],
    ['another NaN', f64, [1, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
    ['another NaN, in a list', list(f64), [1, 1, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
    ['text that is no UTF-8', string, [2, 0x61, 0xff]],
    ['a string longer than what is left', string, [4, 0x61]],
    ['bytes longer than what is left', bytes, [0xff, 0xff, 0x7f, 1]],
    ['a place behind the last literal', literal('get', 'put'), [2]],
    ['a place behind the last literal, in a list', list(literal('get', 'put')), [1, 2]],
    ['a place behind the last literal, in a struct', struct({ a: literal('get', 'put'), b: bool }), [2, 1]],
    ['a bool of 2, in a list', list(bool), [2, 1, 2]],
    ['a u32 of 2^32, in a map', map(bool, u32), [1, 0, 0x80, 0x80, 0x80, 0x80, 0x10]],
    ['a place far behind the last literal', literal('get', 'put'), [0xff, 0xff, 0xff, 0x7f]],
    ['a case that does not exist', union('kind', { get: Pair, put: Pair }), [2, 1, 0x61, 0]],
    ['a presence of 2', Pair, [1, 0x61, 2, 5]],
    ['a presence of 255, without a value', Pair, [1, 0x61, 255]],
    ['a list of more items than bytes', list(bool), [3, 1, 1]],
    ['a list of four billion numbers', list(f64), [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]],
    ['a list of more items than an array may have', list(bool), [0x80, 0x80, 0x80, 0x80, 0x10, 1]],
    ['a map of more entries than fit', map(u32, u32), [2, 1, 1, 2]],
    ['a map whose keys are out of order', map(u32, bool), [2, 2, 0, 1, 0]],
    ['a map with the same key twice', map(string, bool), [2, 1, 0x61, 0, 1, 0x61, 1]],
    ['a map whose first key comes again', map(bool, u32), [2, 0, 5, 0, 6]],
    ['one more byte at the end', Pair, [1, 0x61, 0, 0]],
    ['nothing at all', Pair, []],
  ])('%s: is refused, with the path, the offset and the words of compact', (_name, schema, given) => {
    const code = readingCode(schema)
    const message = Uint8Array.from(given)
    expect(compact(schema).decode(message).ok, 'compact refuses these bytes').toBe(false)
    const rule = `the code returns undefined for these bytes, or its reader throws Malformed, and compact says why; ${code.shown}`
    expect(code.decode(message).outcome, rule).toStrictEqual(compact(schema).decode(message))
  })

  test('cut off after any byte: are refused as by compact', () => {
    for (const { name, schema, inside } of everyKind) {
      const code = readingCode(schema)
      const patient = compact(schema)
      for (const whole of inside.map((value) => messageOf(schema, value))) {
        for (let length = 0; length < whole.length; length++) {
          const cut = whole.subarray(0, length)
          const rule = `${length} of the ${whole.length} bytes of ${name}; ${code.shown}`
          expect(code.decode(cut).outcome, rule).toStrictEqual(patient.decode(cut))
        }
      }
    }
  })

  test('with any bit flipped: are what compact makes of them', () => {
    for (const { name, schema, inside } of everyKind) {
      const code = readingCode(schema)
      const patient = compact(schema)
      for (const message of inside.map((value) => messageOf(schema, value).slice(0, 16))) {
        for (let bit = 0; bit < 8 * message.length; bit++) {
          const damaged = flipped(message, bit)
          const read = code.decode(damaged)
          const expected = patient.decode(damaged)
          expect(read.outcome, `${name}, bit ${bit} flipped; ${code.shown}`).toStrictEqual(expected)
          if (expected.ok) expectReadAlone(read, code.shown)
        }
      }
    }
  })
})

describe('a list that claims one item more than fits', () => {
  test('is refused before any of its items is read', () => {
    for (const { schema, before, lengthMin } of [
      { schema: list(f64), before: [], lengthMin: 8 },
      { schema: list(struct({ a: f64, b: f64 })), before: [], lengthMin: 16 },
      { schema: struct({ name: bytes, items: list(f64) }), before: [100, ...new Uint8Array(100)], lengthMin: 8 },
    ]) {
      const message = Uint8Array.of(...before, 101, ...new Uint8Array(100 * lengthMin))
      const code = readingCode(schema)
      const { outcome, count } = countingNumbers(() => code.decode(message).outcome)
      const lie = `101 items take ${101 * lengthMin} bytes, and ${100 * lengthMin} are left`
      expect(outcome.ok, lie).toBe(false)
      const rule = 'hold the count, times what an item takes at least, against reader.remaining before the loop'
      expect(`${count} numbers were read`, `${lie}: ${rule}; ${code.shown}`).toBe('0 numbers were read')
    }
  })
})

/** What `decode` returns, and how many numbers a reader has read meanwhile. */
function countingNumbers(decode: () => Decoded<unknown>): { outcome: Decoded<unknown>; count: number } {
  const { f64: readNumber } = Reader.prototype
  let count = 0
  Reader.prototype.f64 = function (this: Reader) {
    count += 1
    return readNumber.call(this)
  }
  try {
    const outcome = decode()
    return { outcome, count }
  } finally {
    Reader.prototype.f64 = readNumber
  }
}

describe('the bytes in a value', () => {
  const Blob = struct({ name: string, body: bytes, more: list(bytes) })
  const value = { name: 'a', body: Uint8Array.of(1, 2, 3), more: [Uint8Array.of(4)] }

  test('stay as they are when the input is written to', () => {
    const input = messageOf(Blob, value).slice()
    const decoded = compileDecoder(Blob)(input)
    input.fill(0xee)
    const rule = 'the next packet is received into the same buffer: the value must not change with it'
    expect(decoded, rule).toEqual({ ok: true, value })
  })

  test('are views of the input if that was asked for', () => {
    const input = messageOf(Blob, value).slice()
    const decoded = compileDecoder(Blob, { views: true })(input)
    expect(decoded, 'the same value, as long as nobody writes to the input').toEqual({ ok: true, value })
    if (!decoded.ok) return
    const buffers = [decoded.value.body, ...decoded.value.more].map((part) => part.buffer === input.buffer)
    expect(buffers, 'with views: true nothing is copied: byte arrays lie in the memory of the input').toEqual([
      true,
      true,
    ])
  })

  test('are views of the right place when the input is itself a view', () => {
    const message = messageOf(Blob, value)
    const packet = new Uint8Array(message.length + 20).fill(0xee)
    packet.set(message, 7)
    const input = packet.subarray(7, 7 + message.length)
    for (const views of [true, false]) {
      const decoded = compileDecoder(Blob, { views })(input)
      expect(decoded, `views: ${views}, with other bytes around the message`).toEqual({ ok: true, value })
    }
  })
})
