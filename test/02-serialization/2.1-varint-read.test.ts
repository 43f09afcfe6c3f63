import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVarint, type Source, writeVarint } from '#serialization/varint'
import { law } from '../law.ts'
import { hex } from './hex.ts'
import { endlessSource, expectRefusedWhenCut, refusal, sourceOf, wholeNumbers } from './input.ts'
import { endlessForms, largeForms, paddedForms, safeForms } from './varint-forms.ts'

describe('a number is read', () => {
  test.each(safeForms)('%s from %s', (name, bytes, value) => {
    const shifts = value >= 2n ** 31n ? ': << and | know 32 bits, with a sign; multiply and add instead' : ''
    expect(readVarint(sourceOf(bytes)), `${name}: seven bits a byte, the lowest group first${shifts}`).toBe(
      Number(value),
    )
  })

  test('and moved past, and what follows is left for the next', () => {
    const source = sourceOf('ff ff ac 02 00 80 80 80 80 80 01 7f ff', 2)
    const read = () => ({ value: readVarint(source), at: source.at })
    expect(read(), 'it begins where the source stands').toEqual({ value: 300, at: 4 })
    expect(read(), '00 is a number, and takes a byte').toEqual({ value: 0, at: 5 })
    expect(read(), 'six bytes').toEqual({ value: 2 ** 35, at: 11 })
    expect(read(), 'and no further than its last byte').toEqual({ value: 127, at: 12 })
  })

  test('and the bytes are as they were', () => {
    const source = sourceOf('ac 02')
    readVarint(source)
    expect(hex(source.bytes), 'reading changes nothing').toBe('ac 02')
  })
})

describe('a number that is cut off is refused, with the offset at which it begins', () => {
  test('wherever it is cut', () => {
    for (const [name, bytes] of safeForms) expectRefusedWhenCut(name, bytes, readVarint)
  })

  test('at the end of the source, even when there are more bytes behind it', () => {
    const { bytes } = sourceOf('00 80 80 01 01')
    const source: Source = { bytes, at: 1, end: 3 }
    const { offset } = refusal(() => readVarint(source), 'the source ends at 3: what lies behind belongs to others')
    expect(offset, 'the number begins at 1').toBe(1)
    const empty: Source = { bytes, at: 4, end: 4 }
    expect(refusal(() => readVarint(empty), 'nothing is left').offset, 'it should have begun at 4').toBe(4)
  })
})

describe('a number that is no safe integer is refused, with the offset at which it begins', () => {
  test.each(largeForms)('%s, %s, with all its digits in the error', (name, bytes, value) => {
    const { offset, found } = refusal(() => readVarint(sourceOf(`00 ${bytes}`, 1)), `${name} is above 2^53 - 1`)
    expect(offset, 'the number begins at 1').toBe(1)
    expect(found, 'above 2^53 a `number` can be off by one and more: name it as a bigint').toContain(`${value}`)
  })

  test('however many bytes it has', () => {
    for (const [name, bytes] of endlessForms) {
      const rule = `${name}: a varint has ten bytes at most, and the tenth is 01`
      expect(refusal(() => readVarint(sourceOf(`00 ${bytes}`, 1)), rule).offset, 'it begins at 1').toBe(1)
    }
  })

  test('after a look at ten bytes, when a million go on and on', () => {
    const { offset } = refusal(() => readVarint(endlessSource(3)), 'a varint has ten bytes at most')
    expect(offset, 'it begins at 3').toBe(3)
  })
})

describe('a longer form than need be', () => {
  test('is refused, with the offset at which it begins: a number has one form', () => {
    for (const [name, bytes] of paddedForms) {
      const rule = `${name}, ${bytes}: a last byte of 00 says nothing, and may not be there`
      expect(refusal(() => readVarint(sourceOf(`00 ${bytes}`, 1)), rule).offset, 'it begins at 1').toBe(1)
    }
  })
})

describe('whatever is read', () => {
  test('a number that was written comes back', () =>
    law(fc.tuple(wholeNumbers(53), fc.nat(5)), 500, async ([value, at], story) => {
      const bytes = new Uint8Array(16)
      const end = writeVarint(bytes, at, Number(value))
      const source: Source = { bytes, at, end }
      story.tell(`writeVarint wrote ${value} at ${at} as ${hex(bytes.subarray(at, end))}`)
      const read = readVarint(source)
      story.tell(`readVarint returned ${read} and moved to ${source.at}`)
      expect(read, 'it must be the number that was written').toBe(Number(value))
      expect(source.at, 'it ends where writing it ended').toBe(end)
    }))

  test('bytes are refused, or are the very bytes that writing the number makes', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0x81, 0xff))
    return law(fc.array(byte, { minLength: 1, maxLength: 12 }), 1_000, async (bytes, story) => {
      const source = { bytes: Uint8Array.from(bytes), at: 0, end: bytes.length }
      let value = 0
      try {
        value = readVarint(source)
      } catch {
        return refusal(() => readVarint({ ...source, at: 0 }), 'only Malformed may come of bad bytes') && undefined
      }
      const again = new Uint8Array(16)
      const end = writeVarint(again, 0, value)
      story.tell(`readVarint read ${value} from ${hex(source.bytes)}, and moved to ${source.at}`)
      story.tell(`writeVarint writes ${value} as ${hex(again.subarray(0, end))}`)
      expect(hex(source.bytes.subarray(0, source.at)), 'a number has one form').toBe(hex(again.subarray(0, end)))
    })
  })
})
