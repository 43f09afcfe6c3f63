import { describe, expect, test } from 'vitest'
import { Reader } from '#serialization/reader'
import { hex } from './hex.ts'
import { input, refusal } from './input.ts'

/** Bytes whose `slice` copies nothing, like that of Node's `Buffer`. */
class BytesOfNode extends Uint8Array<ArrayBuffer> {
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(start, end)
  }
}

describe('a byte', () => {
  test('is read, and moved past', () => {
    const reader = new Reader(input('07 ff'))
    expect([reader.u8(), reader.at], 'the first byte').toEqual([0x07, 1])
    expect([reader.u8(), reader.remaining], 'the second one, and then nothing is left').toEqual([0xff, 0])
  })

  test('is not read at the end', () => {
    const reader = new Reader(input('07 ff 01'), 1, 2)
    reader.u8()
    const { offset } = refusal(() => reader.u8(), 'the reader ends at 2, whatever lies behind')
    expect(offset, 'the byte should have been at 2').toBe(2)
  })
})

/** Numbers as IEEE 754 writes them, with the lowest byte first. */
const doubles: readonly (readonly [string, string, number])[] = [
  ['0', '00 00 00 00 00 00 00 00', 0],
  ['-0', '00 00 00 00 00 00 00 80', -0],
  ['1.5', '00 00 00 00 00 00 f8 3f', 1.5],
  ['0.1', '9a 99 99 99 99 99 b9 3f', 0.1],
  ['-2', '00 00 00 00 00 00 00 c0', -2],
  ['the smallest number above 0', '01 00 00 00 00 00 00 00', Number.MIN_VALUE],
  ['the largest number', 'ff ff ff ff ff ff ef 7f', Number.MAX_VALUE],
  ['infinity', '00 00 00 00 00 00 f0 7f', Infinity],
  ['below everything', '00 00 00 00 00 00 f0 ff', -Infinity],
  ['NaN', '00 00 00 00 00 00 f8 7f', Number.NaN],
  ['another NaN', '01 00 00 00 00 00 f0 ff', Number.NaN],
]

describe('a number of eight bytes', () => {
  test.each(doubles)('%s is %s', (name, bytes, value) => {
    const reader = new Reader(input(`99 ${bytes} 99`), 1)
    expect(reader.f64(), `${name}: 64 bits, the lowest byte first; mind the byteOffset of the view`).toBe(value)
    expect(reader.at, 'move past its eight bytes').toBe(9)
  })

  test('is read where the reader stands, one after the other', () => {
    const reader = new Reader(input('00 00 00 00 00 00 f8 3f 2a 00 00 00 00 00 00 00 c0'))
    expect([reader.f64(), reader.u8(), reader.f64()], '1.5, then a byte, then -2').toEqual([1.5, 42, -2])
  })

  test('is read from its own input, when several lie in one buffer', () => {
    const received = input('00 00 00 00 00 00 f8 3f 00 00 00 00 00 00 00 c0')
    const [first, second] = [new Reader(received.subarray(0, 8)), new Reader(received.subarray(8))]
    expect([first.f64(), second.f64()], 'a reader needs a view of its own').toEqual([1.5, -2])
  })

  test('is read from a Buffer of Node, whose slice is a view', () => {
    const received = new Uint8Array(24).fill(0x55)
    received.set(input('00 00 00 00 00 00 f8 3f'), 8)
    const reader = new Reader(new BytesOfNode(received.buffer, 8, 8))
    expect(reader.f64(), 'slice() of a Buffer is no copy: its buffer begins before it').toBe(1.5)
  })

  test('is refused when fewer than eight bytes are left', () => {
    for (let count = 0; count < 8; count++) {
      const reader = new Reader(input('00'.repeat(20)), 3, 3 + count)
      const { offset } = refusal(() => reader.f64(), `${count} bytes are left, and a number takes eight`)
      expect(offset, 'the number should have begun at 3').toBe(3)
    }
  })
})

describe('bytes that are taken', () => {
  test('are the next ones, and are moved past', () => {
    const reader = new Reader(input('00 01 02 03 04 05'), 1)
    expect(hex(reader.take(3)), 'three, from offset 1 on').toBe('01 02 03')
    expect(hex(reader.take(0)), 'none').toBe('nothing')
    expect(hex(reader.take(2)), 'the last two').toBe('04 05')
    expect(reader.at, 'and then the end is reached').toBe(6)
  })

  test('are a view of the input: nothing is copied', () => {
    const bytes = input('00 01 02 03')
    const taken = new Reader(bytes, 1).take(2)
    expect(taken.buffer === bytes.buffer, 'a view shares its buffer with the input').toBe(true)
    bytes[1] = 0xee
    expect(hex(taken), 'what is written to the input later shows in the view').toBe('ee 02')
  })

  test('are refused when there are fewer', () => {
    const bytes = input('00 01 02 03 04 05 06 07')
    for (const count of [4, 5, 8, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const { offset } = refusal(() => new Reader(bytes, 2, 5).take(count), `3 bytes are left, and not ${count}`)
      expect(offset, 'they should have begun at 2').toBe(2)
    }
    expect(hex(new Reader(bytes, 2, 5).take(3)), 'all that are left may be taken').toBe('02 03 04')
  })
})

describe('a reader of bytes that are not there', () => {
  const bytes = input('04 61 62')

  test.each([
    ['ends behind them', 0, 4],
    ['ends before it begins', 2, 1],
    ['begins before them', -1, 3],
    ['begins nowhere', Number.NaN, 3],
  ])('is refused: one that %s', (_where, at, end) => {
    expect(() => new Reader(bytes, at, end), `3 bytes have no part from ${at} to ${end}`).toThrow(RangeError)
  })

  test('is none if it has no bytes at their end', () => {
    expect(new Reader(bytes, 3, 3).remaining, 'an empty part is a part').toBe(0)
  })
})
