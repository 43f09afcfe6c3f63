import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reader } from '#serialization/reader'
import { law } from '../law.ts'
import { hex } from './hex.ts'
import { input, refusal } from './input.ts'

/** Text in quotes, with names for the characters that don't show. */
function shown(text: string): string {
  return JSON.stringify(text).replace(
    /\p{Mark}|\ufeff/gu,
    (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

describe('a length', () => {
  test('is read when so many bytes are left', () => {
    const reader = new Reader(input('ff 03 aa bb cc dd'), 1)
    expect([reader.length(), reader.at], 'the length alone is moved past, and not the part').toEqual([3, 2])
    expect(new Reader(input('02 aa bb')).length(), 'exactly as many as are left').toBe(2)
    expect(new Reader(input('00')).length(), 'an empty part at the end').toBe(0)
    expect(new Reader(input(`80 01${'aa'.repeat(128)}`)).length(), 'a length is a varint').toBe(128)
  })

  test('is refused when fewer are left, with its own offset and not that of the part', () => {
    const lies = ['04 aa bb cc', '01', '7f', 'ff ff ff ff 0f aa', 'ff ff ff ff ff ff ff 0f aa bb']
    for (const lie of lies) {
      const reader = new Reader(input(`99 99 ${lie}`), 2)
      const { offset } = refusal(() => reader.length(), `${lie}: compare the length with what is left behind it`)
      expect(offset, 'the length stands at 2').toBe(2)
    }
  })

  test('is compared with the end of the reader, and not with that of the bytes', () => {
    const reader = new Reader(input('03 aa bb cc dd ee'), 0, 3)
    expect(refusal(() => reader.length(), '2 bytes are left until 3').offset, 'the length stands at 0').toBe(0)
  })

  test('of four billion bytes is refused before anything of that size is made', () => {
    for (const read of ['prefixed', 'string'] as const) {
      const claim = () => new Reader(input('ff ff ff ff 0f'))[read]()
      expect(refusal(claim, `${read}() must refuse the length`).offset, 'the length stands at 0').toBe(0)
    }
  })
})

describe('what is refused', () => {
  const refused: readonly (readonly [string, string, (reader: Reader) => unknown, string])[] = [
    ['length() of 99, of which 2 are there', '63 aa bb', (reader) => reader.length(), '99'],
    ['f64() with 5 bytes left', 'aa aa aa aa aa', (reader) => reader.f64(), '5'],
    ['take(7000) with 3 bytes left', 'aa bb cc', (reader) => reader.take(7_000), '3'],
    ['part(7000) with 3 bytes left', 'aa bb cc', (reader) => reader.part(7_000), '3'],
  ]
  test.each(refused)('has in `found` what is there: %s', (name, bytes, read, number) => {
    const { found } = refusal(() => read(new Reader(input(bytes))), name)
    const rule = 'an error says what was expected, and then what was found: the length, or how many bytes are left'
    expect(found, rule).toContain(number)
  })
})

describe('a part', () => {
  test('has offsets in the same input, and its own end', () => {
    const reader = new Reader(input('00 01 02 03 04 05'), 1)
    const part = reader.part(3)
    expect([part.at, part.end, part.remaining], 'it goes from 1 to 4').toEqual([1, 4, 3])
    expect([part.u8(), part.u8(), part.u8()], 'its three bytes').toEqual([1, 2, 3])
    expect(refusal(() => part.u8(), 'the part is over').offset, 'offsets are those of the input').toBe(4)
  })

  test('copies nothing: what is taken from it is a view of the input', () => {
    const bytes = input('00 01 02 03 04 05')
    const taken = new Reader(bytes, 1).part(4).take(2)
    expect(taken.buffer === bytes.buffer, 'a part has a place and an end, and the same bytes').toBe(true)
  })

  test('is moved past by the reader that it came from, whatever is read of it', () => {
    const reader = new Reader(input('00 01 02 03 04 05'))
    const part = reader.part(4)
    part.u8()
    expect(reader.at, 'the part has a place of its own').toBe(4)
    expect(reader.u8(), 'the reader goes on behind the part').toBe(4)
    expect(part.u8(), 'and the part goes on in itself').toBe(1)
  })

  test('keeps what lies behind it out of reach', () => {
    const reads: readonly (readonly [string, string, (part: Reader) => unknown])[] = [
      ['a byte', '', (part) => part.u8()],
      ['a varint', '80', (part) => part.varint()],
      ['a 64-bit varint', '80', (part) => part.varint64()],
      ['a number of eight bytes', '01 02 03', (part) => part.f64()],
      ['bytes', '01 02', (part) => part.take(3)],
      ['a length', '02 01', (part) => part.length()],
      ['bytes after their length', '02 01', (part) => part.prefixed()],
      ['a text', '02 61', (part) => part.string()],
      ['a part of the part', '01', (part) => part.part(2)],
    ]
    for (const [name, bytes, read] of reads) {
      const length = input(bytes).length
      const part = new Reader(input(`99 ${bytes} 01 01 01 01 01 01 01 01 01`), 1).part(length)
      const { offset } = refusal(() => read(part), `${name} of the part must end in the part, at ${1 + length}`)
      expect(offset, `${name}: it begins at 1`).toBe(1)
    }
  })

  test('is refused when fewer bytes are left', () => {
    const reader = new Reader(input('00 01 02 03 04'), 2, 4)
    expect(refusal(() => reader.part(3), '2 bytes are left').offset, 'it should have begun at 2').toBe(2)
    const rest = new Reader(input('00 01 02 03 04'), 2, 4).part(2)
    expect(rest.remaining, 'all that are left make a part').toBe(2)
  })

  test('within a part ends where it says, however deep', () =>
    law(fc.array(fc.nat(9), { maxLength: 6 }), 200, async (counts, story) => {
      let part = new Reader(input('07'.repeat(20)))
      for (const count of counts) {
        const outer = part
        story.tell(`part(${count}) of a reader with ${outer.remaining} bytes left`)
        if (count > outer.remaining) {
          refusal(() => outer.part(count), `${outer.remaining} bytes are left, and not ${count}`)
          continue
        }
        part = outer.part(count)
        expect(part.remaining, 'so many bytes are left of the part').toBe(count)
      }
      const left = part.remaining
      expect(part.take(left).length, 'they can be taken').toBe(left)
      expect(refusal(() => part.u8(), 'and no more').offset, 'it ends at its end').toBe(part.end)
    }))
})

describe('a text', () => {
  const texts: readonly (readonly [string, string, string])[] = [
    ['no characters', '00', ''],
    ['ASCII', '03 41 64 61', 'Ada'],
    ['ï in two bytes', '06 6e 61 c3 af 76 65', 'naïve'],
    ['€ in three bytes', '03 e2 82 ac', '€'],
    ['an emoji in four bytes', '04 f0 9f a6 89', '🦉'],
    ['U+FEFF, which many take for a mark and drop', '04 ef bb bf 61', '\u{feff}a'],
    ['the character 0', '01 00', '\0'],
    ['U+FFFD, which somebody wrote', '03 ef bf bd', '\ufffd'],
    ['e, and its accent by itself', '03 65 cc 81', 'e\u0301'],
  ]
  const rules: Readonly<Record<string, string>> = {
    '04 ef bb bf 61': 'a decoder that drops U+FEFF: readUtf8 keeps it',
    '03 ef bf bd': 'U+FFFD is a character like any other: look at the bytes to see whether they are UTF-8',
    '03 65 cc 81': 'don’t normalize: what is read must be what was written',
  }
  test.each(texts)('of %s is read: %s', (_name, bytes, text) => {
    const reader = new Reader(input(`99 ${bytes} 99`), 1)
    expect(shown(reader.string()), rules[bytes] ?? 'the length counts bytes').toBe(shown(text))
    expect(reader.remaining, 'move past its bytes, and no further').toBe(1)
  })

  const long = '61'.repeat(100)
  const broken: readonly (readonly [string, string, number])[] = [
    ['a byte that begins nothing', '03 61 ff 61', 2],
    ['a byte that only continues', '02 61 80', 2],
    ['two bytes for a character that takes one', '02 c1 bf', 1],
    ['three bytes for a character that takes two', '04 61 e0 9f bf', 2],
    ['half of a surrogate pair', '05 61 62 ed a0 80', 3],
    ['a character beyond U+10FFFF', '04 f4 90 80 80', 1],
    ['a character that is cut off by the end', '03 61 e2 82', 2],
    ['a character that goes on behind the end of the text', '02 61 e2 82 ac', 2],
    ['a bad byte after a hundred good ones', `65 ${long} ff`, 101],
  ]
  test.each(broken)('with %s is refused', (_name, bytes, at) => {
    const reader = new Reader(input(`99 ${bytes}`), 1)
    const { offset } = refusal(() => reader.string(), 'bytes that are no UTF-8 may not be repaired: use readUtf8')
    expect(offset, 'the offset is that of the first sequence that is no UTF-8').toBe(1 + at)
  })

  test('stays as it was read, whatever becomes of the input', () => {
    const bytes = input('03 41 64 61')
    const text = new Reader(bytes).string()
    bytes.fill(0x58)
    expect(text, 'a string never changes').toBe('Ada')
    expect(hex(bytes), 'although the input did').toBe('58 58 58 58')
  })
})
