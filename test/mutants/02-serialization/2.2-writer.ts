/** Mistakes that people make when they write bytes one part after the other, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const writer = 'solutions/02-serialization/writer.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'copies bytes from the start of their buffer, and not from where the view begins',
    file: writer,
    find: 'this.#bytes.set(bytes, this.#at)',
    replace: 'this.#bytes.set(new Uint8Array(bytes.buffer, 0, bytes.length), this.#at)',
    caughtBy: 'has of a view the bytes that it shows',
    lists: [],
  },
  {
    name: 'makes room for half of a number',
    file: writer,
    find: '    this.#reserve(8)\n',
    replace: '    this.#reserve(4)\n',
    caughtBy: 'a number of eight bytes is written whole, and in a new writer too',
    lists: [],
  },
  {
    name: 'begins a part without asking whether the chunk has room',
    file: writer,
    find: `    this.#reserve(1)
    this.#at += 1`,
    replace: '    this.#at += 1',
    caughtBy: 'a part with nothing in it is written whole, and in a new writer too',
    lists: [],
  },
  {
    name: 'counts the characters of a text, and not its bytes',
    file: writer,
    find: '    this.varint(length)\n    this.#reserve(length)',
    replace: '    this.varint(text.length)\n    this.#reserve(length)',
    caughtBy: 'of an emoji in four bytes has its length in bytes before it',
    lists: ['SE1'],
  },
  {
    name: 'makes room for a text, and none for its length',
    file: writer,
    find: '    this.varint(length)\n    this.#reserve(length)',
    replace: '    this.#reserve(length)\n    this.#at = writeVarint(this.#bytes, this.#at, length)',
    caughtBy: 'of 40 bytes is whole, and has its length before it',
    lists: [],
  },
  {
    name: 'makes room for the length of a text, and none for the text',
    file: writer,
    find: '    this.varint(length)\n    this.#reserve(length)',
    replace: '    this.varint(length)',
    caughtBy: 'of 140 bytes is whole, and has its length before it',
    lists: [],
  },
  {
    name: 'makes room for a text, and for two bytes of its length',
    file: writer,
    find: '    this.varint(length)\n    this.#reserve(length)',
    replace: '    this.#reserve(length + 2)\n    this.#at = writeVarint(this.#bytes, this.#at, length)',
    caughtBy: 'whose length takes three bytes is whole, too',
    lists: [],
  },
  {
    name: 'makes room for three bytes a character, whatever they are',
    file: writer,
    find: '    this.varint(length)\n    this.#reserve(length)',
    replace: '    this.#reserve(10 + 3 * text.length)\n    this.varint(length)',
    caughtBy: 'has for a text twice as many bytes as its UTF-8, and not as it might have',
    lists: [],
  },
  {
    name: 'writes the composed form of a text, which is another text',
    file: writer,
    find: `  tryString(text: string): boolean {
    const length`,
    replace: `  tryString(given: string): boolean {
    const text = given.normalize()
    const length`,
    caughtBy: 'of e, and its accent by itself has its length in bytes before it',
    lists: ['SE19'],
  },
  {
    name: 'takes a text without characters for one that has no UTF-8',
    file: writer,
    find: 'if (length < 0) return false',
    replace: 'if (length <= 0) return false',
    caughtBy: 'of no characters has its length in bytes before it',
    lists: [],
  },
  {
    name: 'writes U+FFFD for half of a surrogate pair',
    file: writer,
    find: `    const length = utf8Length(text)
    if (length < 0) return false`,
    replace: '    const length = new TextEncoder().encode(text).length',
    caughtBy: 'with half of a surrogate pair has no UTF-8, and nothing is written',
    lists: ['SE19'],
  },
  {
    name: 'writes the length before it looks at the text',
    file: writer,
    find: `    if (length < 0) return false
    this.varint(length)`,
    replace: `    this.varint(Math.max(0, length))
    if (length < 0) return false`,
    caughtBy: 'with half of a surrogate pair has no UTF-8, and nothing is written',
    lists: [],
  },
  {
    name: 'writes a number with half the precision',
    file: writer,
    find: 'Number.isNaN(value) ? Number.NaN : value, true)',
    replace: 'Math.fround(value), true)',
    caughtBy: '0.1 is written as it is',
    lists: ['SE7'],
  },
  {
    name: 'takes -0 for 0',
    file: writer,
    find: 'Number.isNaN(value) ? Number.NaN : value, true)',
    replace: 'value + 0, true)',
    caughtBy: '-0 is written as it is',
    lists: ['SE7'],
  },
  {
    name: 'writes 0 for what is no finite number',
    file: writer,
    find: 'Number.isNaN(value) ? Number.NaN : value, true)',
    replace: 'Number.isFinite(value) ? value : 0, true)',
    caughtBy: 'infinity is written as it is',
    lists: ['SE7'],
  },
  {
    name: 'writes each NaN with the bits that it has',
    file: writer,
    find: 'Number.isNaN(value) ? Number.NaN : value, true)',
    replace: 'value, true)',
    caughtBy: 'that is NaN is written alike, whatever bits its NaN has',
    lists: [],
  },
  {
    name: 'writes the upper half of a NaN, and leaves the lower one as it was',
    file: writer,
    find: 'this.#view.setFloat64(this.#at, Number.isNaN(value) ? Number.NaN : value, true)',
    replace: `if (Number.isNaN(value)) this.#view.setUint32(this.#at + 4, 0x7ff80000, true)
    else this.#view.setFloat64(this.#at, value, true)`,
    caughtBy: 'that is NaN is written in all of its eight bytes, whatever stood in their place',
    lists: [],
  },
  {
    name: 'writes a number at the start of the chunk',
    file: writer,
    find: 'this.#view.setFloat64(this.#at,',
    replace: 'this.#view.setFloat64(0,',
    caughtBy: 'stands behind what was written before, in every message',
    lists: [],
  },
  {
    name: 'leaves one byte for a length that takes two',
    file: writer,
    find: 'if (more > 0) this.#bytes.copyWithin(from + more, from, this.#at)',
    replace: '',
    caughtBy: 'of 128 bytes has its length before it',
    lists: [],
  },
  {
    name: 'makes room for one more byte of the length, and never for two',
    file: writer,
    find: 'const more = varintLength(length) - 1',
    replace: 'const more = length > 127 ? 1 : 0',
    caughtBy: 'of 16384 bytes has its length before it',
    lists: [],
  },
  {
    name: 'makes room for three bytes of the length, and never for four',
    file: writer,
    find: 'const more = varintLength(length) - 1',
    replace: 'const more = Math.min(2, varintLength(length) - 1)',
    caughtBy: 'of 2097152 bytes has its length before it',
    lists: [],
  },
  {
    name: 'moves the part without asking whether the chunk has room',
    file: writer,
    find: '    this.#reserve(more)\n',
    replace: '',
    caughtBy: 'that ends where the chunk does finds room for a longer length',
    lists: [],
  },
  {
    name: 'looks where the part begins, and then asks for room, which moves the message',
    file: writer,
    find: `    this.#reserve(more)
    const from = this.#start + mark
`,
    replace: `    const from = this.#start + mark
    this.#reserve(more)
`,
    caughtBy: 'that ends where the chunk does finds room for a longer length',
    lists: [],
  },
  {
    name: 'takes for a mark where the part began in the chunk, and not in the message',
    file: writer,
    find: `    this.#at += 1
    return this.length`,
    replace: `    this.#at += 1
    return this.#at`,
    caughtBy: 'is in place in every message, and not only in the first',
    lists: [],
  },
]
