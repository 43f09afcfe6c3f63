import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVarint64, type Source, VARINT_BYTES_MAX, writeVarint64 } from '#serialization/varint'
import { law } from '../law.ts'
import { hex } from './hex.ts'
import { endlessSource, expectRefusedWhenCut, refusal, sourceOf, wholeNumbers } from './input.ts'
import { endlessForms, largeForms, paddedForms, safeForms } from './varint-forms.ts'

/** What `writeVarint64` makes of a number, in as many bytes as it says that it wrote. */
function written(value: bigint): string {
  const bytes = new Uint8Array(16)
  return hex(bytes.subarray(0, writeVarint64(bytes, 0, value)))
}

describe('a 64-bit number is written seven bits a byte, the lowest first', () => {
  test.each(largeForms)('%s as %s', (name, bytes, value) => {
    expect(
      written(value),
      `${name}: the lowest group first; and from 2^53 on, Number(value) can be another number`,
    ).toBe(bytes)
  })

  test('and a small one as writeVarint writes it', () => {
    for (const [name, bytes, value] of safeForms) expect(written(value), name).toBe(bytes)
  })

  test('and leaves the bytes around it alone', () => {
    const bytes = new Uint8Array(24).fill(0xaa)
    expect(writeVarint64(bytes, 5, 2n ** 64n - 1n), 'return the offset after it').toBe(5 + VARINT_BYTES_MAX)
    expect(hex(bytes.subarray(0, 5)), 'what lies before it is as it was').toBe('aa aa aa aa aa')
    expect(hex(bytes.subarray(15, 20)), 'and so is what lies behind it').toBe('aa aa aa aa aa')
  })

  test.each([-1n, 2n ** 64n, -(2n ** 63n) - 1n])('and %s is refused, by name', (value) => {
    const bytes = new Uint8Array(16).fill(0xaa)
    const write = () => writeVarint64(bytes, 3, value)
    expect(write, `${value} doesn't fit into 64 bits without a sign: throw a RangeError`).toThrow(RangeError)
    expect(write, 'the error must name the number that was refused, with all its digits').toThrow(String(value))
    expect(hex(bytes), 'look at the number first, and then write').toBe(hex(new Uint8Array(16).fill(0xaa)))
  })
})

describe('a 64-bit number is read', () => {
  test.each(largeForms)('%s from %s', (name, bytes, value) => {
    const source = sourceOf(`00 00 ${bytes} ff`, 2)
    expect(
      readVarint64(source),
      `${name}: the lowest group first; and a number holds 53 bits exactly, and no more`,
    ).toBe(value)
    expect(source.at, 'move past it, and no further').toBe(source.end - 1)
  })

  test('and a small one, as readVarint reads it', () => {
    for (const [name, bytes, value] of safeForms) expect(readVarint64(sourceOf(bytes)), name).toBe(value)
  })

  test('and refused wherever it is cut off', () => {
    for (const [name, bytes] of [...safeForms, ...largeForms]) expectRefusedWhenCut(name, bytes, readVarint64)
  })

  test('no further than to the end of the source', () => {
    const source: Source = { bytes: sourceOf('00 80 80 01 01').bytes, at: 1, end: 3 }
    const { offset } = refusal(() => readVarint64(source), 'the source ends at 3: what lies behind belongs to others')
    expect(offset, 'the number begins at 1').toBe(1)
  })

  test('and refused when it has more than 64 bits', () => {
    for (const [name, bytes] of endlessForms) {
      const rule = `${name}: a varint has ten bytes at most, and the tenth is 01`
      expect(refusal(() => readVarint64(sourceOf(`00 ${bytes}`, 1)), rule).offset, 'it begins at 1').toBe(1)
    }
  })

  test('and refused after a look at ten bytes, when a million go on and on', () => {
    const { offset } = refusal(() => readVarint64(endlessSource(3)), 'a varint has ten bytes at most')
    expect(offset, 'it begins at 3').toBe(3)
  })

  test('and refused when it is padded', () => {
    for (const [name, bytes] of paddedForms) {
      const rule = `${name}: a last byte of 00 says nothing, and a number has one form`
      expect(refusal(() => readVarint64(sourceOf(`00 ${bytes}`, 1)), rule).offset, 'it begins at 1').toBe(1)
    }
  })
})

describe('whatever 64 bits are read', () => {
  test('a number that was written comes back', () =>
    law(wholeNumbers(64), 500, async (value, story) => {
      const bytes = new Uint8Array(16)
      const end = writeVarint64(bytes, 0, value)
      const source: Source = { bytes, at: 0, end }
      story.tell(`writeVarint64 wrote ${value} as ${hex(bytes.subarray(0, end))}`)
      const read = readVarint64(source)
      story.tell(`readVarint64 returned ${read} and moved to ${source.at}`)
      expect(read, 'it must be the number that was written').toBe(value)
      expect(source.at, 'it ends where writing it ended').toBe(end)
      expect(end, 'one byte for each seven bits, and one at least').toBe(Math.ceil(value.toString(2).length / 7))
    }))

  test('bytes are refused, or are the very bytes that writing the number makes', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0x81, 0xff))
    return law(fc.array(byte, { minLength: 1, maxLength: 12 }), 1_000, async (bytes, story) => {
      const source = { bytes: Uint8Array.from(bytes), at: 0, end: bytes.length }
      let value = 0n
      try {
        value = readVarint64(source)
      } catch {
        return refusal(() => readVarint64({ ...source, at: 0 }), 'only Malformed may come of bad bytes') && undefined
      }
      story.tell(`readVarint64 read ${value} from ${hex(source.bytes)}, and moved to ${source.at}`)
      story.tell(`writeVarint64 writes ${value} as ${written(value)}`)
      expect(hex(source.bytes.subarray(0, source.at)), 'a number has one form').toBe(written(value))
    })
  })
})
