import { describe, expect, test } from 'vitest'
import { Reader } from '#serialization/reader'
import { skipValue, UnknownFields } from '#serialization/unknown-fields'
import { EIGHT_BYTES, FOUR_BYTES, LENGTH_PREFIXED, readTag, VARINT, type WireType } from '#serialization/wire'
import { fromHex, hex } from './hex.ts'
import { differenceOf, input, refusal } from './input.ts'

const values: readonly (readonly [name: string, wireType: WireType, digits: string])[] = [
  ['a varint of one byte', VARINT, '07'],
  ['a varint of two bytes', VARINT, 'ac 02'],
  ['the greatest varint', VARINT, 'ff ff ff ff ff ff ff ff ff 01'],
  ['eight bytes', EIGHT_BYTES, '80 80 80 80 80 80 80 80'],
  ['four bytes', FOUR_BYTES, '80 80 80 80'],
  ['a length of 0', LENGTH_PREFIXED, '00'],
  ['a length, and its bytes', LENGTH_PREFIXED, '03 ff ff ff'],
  ['a length of two bytes', LENGTH_PREFIXED, `80 01${' 08'.repeat(128)}`],
]

describe('a value of which only the wire type is known', () => {
  test.each(values)('%s: the next field begins behind it', (_, wireType, digits) => {
    const reader = new Reader(input(`${digits} 55`))
    skipValue(reader, wireType)
    expect(reader.remaining, 'one byte stands behind the value, and must be left').toBe(1)
  })

  test.each(values)('%s: it is refused wherever it is cut off', (name, wireType, digits) => {
    const pairs = digits.split(' ')
    for (let length = 0; length < pairs.length; length++) {
      const reader = new Reader(input(pairs.slice(0, length).join(' ')))
      refusal(() => skipValue(reader, wireType), `of ${name}, ${length} of its ${pairs.length} bytes are there`)
    }
  })

  test.each(values)('%s: it is refused when it reaches out of its message', (name, wireType, digits) => {
    const bytes = input(digits)
    const inner = new Reader(bytes, 0, bytes.length - 1)
    const rule = `the message ends before the last byte of ${name}: what lies behind belongs to another`
    refusal(() => skipValue(inner, wireType), rule)
  })
})

describe('a varint of which nothing but the end is wanted', () => {
  test.each([
    ['padded: it has a shorter form', '80 00'],
    ['padded with many zeros', '87 80 80 80 80 80 80 80 80 00'],
    ['of more than 64 bits', 'ff ff ff ff ff ff ff ff ff 02'],
    ['of eleven bytes', 'ff ff ff ff ff ff ff ff ff ff 01'],
  ])('is refused as everywhere if it is %s', (_, digits) => {
    const rule = 'a newer program refuses this number, so an older one that passes it on spreads damage'
    const { offset } = refusal(() => skipValue(new Reader(input(`55 ${digits}`), 1), VARINT), rule)
    expect(offset, 'the number begins at 1, and that is where to look').toBe(1)
  })
})

const inTheirTime = 'each is kept in the time of its own bytes: nothing is copied anew for all that came before'

describe('the unknown fields of a message', () => {
  test('are nothing when there are none', () => {
    expect(new UnknownFields().finish(), 'no property is hung on a message without unknown fields').toBe(undefined)
  })

  test.each([
    ['one', '08 96 01'],
    ['one of each wire type', '09 01 02 03 04 05 06 07 08 12 01 61 1d 01 02 03 04 20 01'],
    ['in their order, and not in that of their numbers', '18 01 08 02 10 03'],
    ['of one number, several times', '0a 01 61 0a 01 62 0a 00'],
    ['with a number of two bytes', '82 01 01 61'],
  ])('are kept byte by byte, with their tags: %s', (_, digits) => {
    expect(hex(kept(input(digits))), 'what is written again must be what came').toBe(digits)
  })

  test('are kept alone: the fields between them are not theirs', () => {
    const reader = new Reader(input('08 01 10 02 18 03'))
    const unknown = new UnknownFields()
    for (const isKnown of [false, true, false]) {
      const tagAt = reader.at
      const { wireType } = readTag(reader)
      if (isKnown) skipValue(reader, wireType)
      else unknown.keep(reader, wireType, tagAt)
    }
    expect(hex(unknown.finish() ?? new Uint8Array(0)), 'field 2 is known, and is written by its schema').toBe(
      '08 01 18 03',
    )
  })

  test.each(['08 96 01', '08 96 01 12 01 61'])(
    'stay as they were when the buffer is received into again: %s',
    (digits) => {
      const received = input(digits)
      const fields = kept(received)
      received.fill(0)
      expect(hex(fields), 'copy them: a view shows whatever comes next').toBe(digits)
    },
  )

  test.each(['08 96 01', '08 96 01 12 01 61'])('stay as they were when what was received is a Buffer: %s', (digits) => {
    const received = Buffer.from(input(digits))
    const fields = kept(received)
    received.fill(0)
    expect(hex(fields), 'the slice of a Buffer is a view: copy into an array that you have made').toBe(digits)
  })

  test('may be large', () => {
    const received = new Uint8Array(1_000_004).fill(0x55)
    received.set(fromHex('0a c0 84 3d')) // field 1, of a million bytes
    const rule = 'an unknown field may be as large as any other: a spread of its bytes has too many arguments'
    expect(() => kept(received), rule).not.toThrow()
    expect(differenceOf(kept(received), received), 'where the copy differs from what came').toBe('nowhere')
  })

  test('may be many, with others between them', () => {
    const pairs = 200_000
    const reader = new Reader(repeated('08 01 10 02', pairs))
    const unknown = new UnknownFields()
    for (let pair = 0; pair < pairs; pair++) {
      keepNext(unknown, reader)
      reader.at += 2
    }
    expect(unknown.finish()?.length, inTheirTime).toBe(2 * pairs)
  })

  test('may be many, each right behind the last one', () => {
    const pairs = 250_000
    const reader = new Reader(repeated('08 01', pairs))
    const unknown = new UnknownFields()
    for (let pair = 0; pair < pairs; pair++) keepNext(unknown, reader)
    expect(unknown.finish()?.length, inTheirTime).toBe(2 * pairs)
  })

  test('are those of one message: another that is read meanwhile has its own', () => {
    const [outer, inner] = [new UnknownFields(), new UnknownFields()]
    keepNext(outer, new Reader(input('08 01')))
    keepNext(inner, new Reader(input('10 02')))
    const rule = 'a message in a message is read before the outer one ends: keep nothing outside the object'
    expect(hex(inner.finish() ?? new Uint8Array(0)), rule).toBe('10 02')
    expect(hex(outer.finish() ?? new Uint8Array(0)), rule).toBe('08 01')
  })

  test('take no more memory than they have bytes', () => {
    const fields = kept(input('08 96 01 12 01 61'))
    const rule = 'a list of a million messages has a million of these: none may hold on to a larger buffer'
    expect(fields.buffer.byteLength, rule).toBe(6)
  })

  test('are refused when one is cut off', () => {
    const rule = 'the message ends within an unknown field: nobody knows what is missing'
    expect(refusal(() => kept(input('08 01 12 05 61')), rule).offset, 'the length that claims too much').toBe(3)
  })
})

/** These bytes, so many times. */
function repeated(digits: string, count: number): Uint8Array {
  const once = fromHex(digits)
  return new Uint8Array(Buffer.alloc(once.length * count, once))
}

/** All fields of a message, as one that knows none of them keeps them. */
function kept(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes)
  const unknown = new UnknownFields()
  while (reader.remaining > 0) keepNext(unknown, reader)
  return unknown.finish() ?? new Uint8Array(0)
}

function keepNext(unknown: UnknownFields, reader: Reader): void {
  const tagAt = reader.at
  unknown.keep(reader, readTag(reader).wireType, tagAt)
}
