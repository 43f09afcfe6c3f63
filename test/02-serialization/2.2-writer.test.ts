import { describe, expect, test } from 'vitest'
import { CHUNK_SIZE, Writer } from '#serialization/writer'
import { hex } from './hex.ts'

/** What one message is that `write` writes. */
function messageOf(write: (writer: Writer) => void): string {
  const writer = new Writer()
  write(writer)
  return hex(writer.finish())
}

describe('a message', () => {
  test('is what was written, in order', () => {
    const message = messageOf((writer) => {
      writer.u8(7)
      writer.varint(300)
      writer.raw(Uint8Array.of(1, 2, 3))
      writer.varint64(2n ** 63n)
      writer.prefixed(Uint8Array.of(9, 9))
    })
    expect(message, 'one part after the other').toBe('07 ac 02 01 02 03 80 80 80 80 80 80 80 80 80 01 02 09 09')
  })

  test('has of a view the bytes that it shows, and not those at the start of its buffer', () => {
    const received = Uint8Array.of(1, 2, 3, 4, 5, 6)
    const message = messageOf((writer) => {
      writer.raw(received.subarray(2, 4))
      writer.prefixed(received.subarray(4))
    })
    expect(message, 'bytes.buffer is all of the buffer: copy from the view').toBe('03 04 02 05 06')
  })

  test('may be empty', () => {
    const writer = new Writer()
    expect(hex(writer.finish()), 'nothing was written').toBe('nothing')
    writer.u8(1)
    writer.finish()
    expect(hex(writer.finish()), 'nothing was written since').toBe('nothing')
  })

  test('knows its length', () => {
    const writer = new Writer()
    writer.raw(new Uint8Array(300))
    expect(writer.length, '300 bytes so far').toBe(300)
    writer.u8(1)
    expect(writer.finish().length, 'and one more').toBe(301)
    expect(writer.length, 'the next message begins at 0').toBe(0)
  })

  test('has nothing of the one before in it', () => {
    const writer = new Writer()
    writer.raw(Uint8Array.of(1, 2, 3))
    writer.finish()
    writer.u8(4)
    expect(hex(writer.finish()), 'what is written after finish() belongs to another message').toBe('04')
  })

  test('has nothing of one in it that was abandoned', () => {
    const writer = new Writer()
    writer.raw(Uint8Array.of(1, 2))
    const first = writer.finish()
    writer.raw(new Uint8Array(CHUNK_SIZE).fill(0xbb))
    writer.abandon()
    writer.u8(3)
    expect(hex(writer.finish()), 'what was abandoned is forgotten').toBe('03')
    expect(hex(first), 'and the message before is as it was').toBe('01 02')
  })
})

describe('a number of eight bytes', () => {
  const doubles: readonly (readonly [string, number, string])[] = [
    ['0', 0, '00 00 00 00 00 00 00 00'],
    ['-0', -0, '00 00 00 00 00 00 00 80'],
    ['1.5', 1.5, '00 00 00 00 00 00 f8 3f'],
    ['0.1', 0.1, '9a 99 99 99 99 99 b9 3f'],
    ['the smallest number above 0', Number.MIN_VALUE, '01 00 00 00 00 00 00 00'],
    ['the largest number', Number.MAX_VALUE, 'ff ff ff ff ff ff ef 7f'],
    ['infinity', Infinity, '00 00 00 00 00 00 f0 7f'],
    ['below everything', -Infinity, '00 00 00 00 00 00 f0 ff'],
    ['NaN', Number.NaN, '00 00 00 00 00 00 f8 7f'],
  ]
  test.each(doubles)('%s is written as it is', (name, value, bytes) => {
    expect(
      messageOf((writer) => writer.f64(value)),
      `${name}: 64 bits, the lowest byte first`,
    ).toBe(bytes)
  })

  test('stands behind what was written before, in every message', () => {
    const writer = new Writer()
    for (const count of [1, 2, 3]) {
      writer.raw(new Uint8Array(count).fill(0xcc))
      writer.f64(1.5)
      writer.u8(0xdd)
      const bytes = `${'cc '.repeat(count)}00 00 00 00 00 00 f8 3f dd`
      expect(hex(writer.finish()), 'move past its eight bytes, and begin where the message stands').toBe(bytes)
    }
  })

  test('that is NaN is written alike, whatever bits its NaN has', () => {
    const bits = Uint8Array.of(0x01, 0, 0, 0, 0, 0, 0xf0, 0xff)
    const another = () => new DataView(bits.buffer).getFloat64(0, true)
    const rule = 'there are many NaNs, and one form: write Number.NaN for each'
    expect(
      messageOf((writer) => writer.f64(another())),
      rule,
    ).toBe('00 00 00 00 00 00 f8 7f')
  })

  test('that is NaN is written in all of its eight bytes, whatever stood in their place', () => {
    const writer = new Writer()
    writer.raw(new Uint8Array(8).fill(0xff))
    writer.abandon()
    writer.f64(Number.NaN)
    expect(hex(writer.finish()), 'what was abandoned still lies there: write all eight').toBe('00 00 00 00 00 00 f8 7f')
  })

  test('of which there are thousands goes through every change of chunk', () => {
    const writer = new Writer()
    for (let n = 0; n < 5_000; n++) writer.f64(n)
    const message = writer.finish()
    const view = new DataView(message.buffer, message.byteOffset, message.length)
    const rule =
      'a number that is not what was written: does the view belong to the new chunk, and was what was written taken along?'
    const wrong = Array.from({ length: 5_000 }, (_, n) => n).find((n) => view.getFloat64(8 * n, true) !== n)
    expect(wrong, rule).toBe(undefined)
  })
})

describe('text', () => {
  const counts = 'text.length counts units of UTF-16, and the length before a text counts bytes'
  const texts: readonly (readonly [string, string, string, string])[] = [
    ['no characters', '', '00', 'no text has a length, too: 0'],
    ['ASCII', 'Ada', '03 41 64 61', counts],
    ['ï in two bytes', 'naïve', '06 6e 61 c3 af 76 65', counts],
    ['€ in three bytes', '€', '03 e2 82 ac', counts],
    ['an emoji in four bytes', '🦉', '04 f0 9f a6 89', counts],
    ['U+FEFF', '\u{feff}a', '04 ef bb bf 61', counts],
    ['U+FFFD', '\ufffd', '03 ef bf bd', 'U+FFFD is a character like any other'],
    ['e, and its accent by itself', 'e\u0301', '03 65 cc 81', 'don’t normalize: what is read must be what was written'],
  ]
  test.each(texts)('of %s has its length in bytes before it: %j', (_name, text, bytes, rule) => {
    const writer = new Writer()
    expect(writer.tryString(text), `return true: there is no half of a surrogate pair in ${JSON.stringify(text)}`).toBe(
      true,
    )
    expect(hex(writer.finish()), rule).toBe(bytes)
    expect(
      messageOf((writer) => writer.string(text)),
      rule,
    ).toBe(bytes)
  })

  test('whose length takes two bytes, and then three', () => {
    for (const [count, length] of [
      [64, '80 01'],
      [8_192, '80 80 01'],
    ] as const) {
      const writer = new Writer()
      writer.string('é'.repeat(count))
      const message = writer.finish()
      const digits = length.split(' ').length
      expect(hex(message.subarray(0, digits)), `${count} times é are ${2 * count} bytes`).toBe(length)
      expect(new TextDecoder().decode(message.subarray(digits)), 'the text follows').toBe('é'.repeat(count))
    }
  })

  test.each([
    ['the first half', '\ud83e'],
    ['the second half', 'a\udd89'],
    ['the halves the other way round', '\udd89\ud83e'],
    ['a half behind sixty letters', `${'a'.repeat(60)}\ud83e`],
  ])('with half of a surrogate pair has no UTF-8, and nothing is written: %s', (_name, text) => {
    const writer = new Writer()
    writer.u8(1)
    expect(writer.tryString(text), 'return false').toBe(false)
    expect(() => writer.string(text), 'string() throws where tryString() returns false').toThrow(RangeError)
    writer.u8(2)
    expect(hex(writer.finish()), 'look at the text first, and then write').toBe('01 02')
  })
})
