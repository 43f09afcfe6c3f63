/** Mistakes that people make when they write bytes into a buffer that grows, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const writer = 'solutions/02-serialization/writer.ts'

const inGrowing: readonly Mutant[] = [
  {
    name: 'takes a new chunk without what was written of the message',
    file: writer,
    find: '    this.#bytes.set(written)\n',
    replace: '',
    caughtBy: 'holds a message of exactly its size',
    lists: [],
  },
  {
    name: 'keeps writing numbers into the old chunk',
    file: writer,
    find: '    this.#view = undefined\n',
    replace: '',
    caughtBy: 'of which there are thousands goes through every change of chunk',
    lists: [],
  },
  {
    name: 'hands out the old chunk when the message is in the new one',
    file: writer,
    find: '    this.#buffer = this.#bytes.buffer\n',
    replace: '',
    caughtBy: 'may begin in one chunk and end in another',
    lists: [],
  },
  {
    name: 'grows by one chunk at a time, and copies a large message over and over',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'CHUNK_SIZE + written.length + count',
    caughtBy: 'is followed by one with twice the room',
    lists: [],
  },
  {
    name: 'goes to a new chunk, and still counts from where the message began in the old one',
    file: writer,
    find: '    this.#start = 0\n',
    replace: '',
    caughtBy: 'may begin in one chunk and end in another',
    lists: [],
  },
  {
    name: 'takes a chunk twice as large each time, however small the messages are',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, 2 * this.#bytes.length, written.length + count)',
    caughtBy: 'is as large as the one before, however many small messages went before it',
    lists: [],
  },
  {
    name: 'takes along the whole chunk, with every message that was finished',
    file: writer,
    find: `    const written = this.#bytes.subarray(this.#start, this.#at)
    this.#bytes = new Uint8Array(Math.max(CHUNK_SIZE, 2 * (written.length + count)))
    this.#buffer = this.#bytes.buffer
    this.#view = undefined
    this.#bytes.set(written)
    this.#start = 0
    this.#at = written.length`,
    replace: `    const written = this.#bytes.subarray(0, this.#at)
    this.#bytes = new Uint8Array(Math.max(CHUNK_SIZE, 2 * (written.length + count)))
    this.#buffer = this.#bytes.buffer
    this.#view = undefined
    this.#bytes.set(written)`,
    caughtBy: 'is as large as the one before, however many small messages went before it',
    lists: [],
  },
  {
    name: 'makes room for a large message only as large as a chunk',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, 2 * written.length)',
    caughtBy: 'of 100000 bytes has its length before it',
    lists: [],
  },
  {
    name: 'begins every message at the start of the same chunk',
    file: writer,
    find: '    this.#start = this.#at\n    return message',
    replace: '    this.#at = this.#start\n    return message',
    caughtBy: 'that is full is left alone: a finished message never changes',
    lists: [],
  },
  {
    name: 'begins no new message',
    file: writer,
    find: '    this.#start = this.#at\n    return message',
    replace: '    return message',
    caughtBy: 'has nothing of the one before in it',
    lists: [],
  },
  {
    name: 'copies every message',
    file: writer,
    find: 'const message = new Uint8Array(this.#buffer, this.#start, this.#at - this.#start)',
    replace: 'const message = this.#bytes.slice(this.#start, this.#at)',
    caughtBy: 'is shared by small messages',
    lists: [],
  },
]

const inWriting: readonly Mutant[] = [
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

export const mutants: readonly Mutant[] = [...inGrowing, ...inWriting]
