/** Mistakes that people make with unknown fields, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const unknown = 'solutions/02-serialization/unknown-fields.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'drops what it does not know',
    file: unknown,
    find: 'else this.#kept.push({ bytes: reader.bytes, from: tagAt, to: reader.at })',
    replace: '',
    caughtBy: 'through two older programs, one after the other',
    lists: ['SE13'],
  },
  {
    name: 'joins two fields with a known one between them',
    file: unknown,
    find: 'if (last?.to === tagAt) last.to = reader.at',
    replace: 'if (last !== undefined) last.to = reader.at',
    caughtBy: 'are kept alone: the fields between them are not theirs',
    lists: [],
  },
  {
    name: 'throws at a field that it does not know',
    file: unknown,
    find: 'skipValue(reader, wireType)\n    this',
    replace: `throw new TypeError('there is no such field')
    this`,
    caughtBy: 'comes back when that changes another: a number',
    lists: ['SE13'],
  },
  {
    name: 'keeps the value, and forgets the tag',
    file: unknown,
    find: `    skipValue(reader, wireType)
    this`,
    replace: `    tagAt = reader.at
    skipValue(reader, wireType)
    this`,
    caughtBy: 'are kept byte by byte, with their tags: one',
    lists: ['SE13'],
  },
  {
    name: 'keeps only the last of them',
    file: unknown,
    find: 'this.#kept ??= []',
    replace: 'this.#kept = []',
    caughtBy: 'are kept byte by byte, with their tags: of one number, several times',
    lists: ['SE13'],
  },
  {
    name: 'writes them again in another order',
    file: unknown,
    find: 'this.#kept.push(',
    replace: 'this.#kept.unshift(',
    caughtBy: 'are kept alone: the fields between them are not theirs',
    lists: ['SE13'],
  },
  {
    name: 'keeps views of a buffer that is received into again',
    file: unknown,
    find: 'if (this.#kept === undefined) return undefined',
    replace: `if (this.#kept === undefined) return undefined
    if (this.#kept.length === 1) return this.#kept[0]`,
    caughtBy: 'stay as they were when the buffer is received into again',
    lists: ['SE8'],
  },
  {
    name: 'holds on to thirty-two kilobytes for each message with an unknown field',
    file: unknown,
    find: 'new Uint8Array(this.#kept.reduce((length, { from, to }) => length + to - from, 0))',
    replace: 'new Uint8Array(32_768).subarray(0, this.#kept.reduce((length, { from, to }) => length + to - from, 0))',
    caughtBy: 'take no more memory than they have bytes',
    lists: [],
  },
  {
    name: 'spreads the bytes of an unknown field, however many there are',
    file: unknown,
    find: 'all.set(bytes.subarray(from, to), at)',
    replace: `const part: number[] = []
      part.push(...bytes.subarray(from, to))
      all.set(part, at)`,
    caughtBy: 'the unknown fields of a message: may be large',
    lists: [],
  },
  {
    name: 'keeps the unknown fields of all messages in one place',
    file: unknown,
    find: 'this.#kept ??= []',
    replace: 'this.#kept ??= Object(UnknownFields).all ??= []',
    caughtBy: 'are those of one message: another that is read meanwhile has its own',
    lists: ['SE13'],
  },
  {
    name: 'says where a varint ends that it refuses, and not where it begins',
    file: unknown,
    find: 'reader.varint64()',
    replace: `for (let length = 1; ; length++) {
        const byte = reader.u8()
        if (byte >= 0x80 && length < 10) continue
        if (length === 1 || (byte > 0 && byte < (length === 10 ? 2 : 0x80))) return
        reader.take(Infinity)
      }`,
    caughtBy: 'is refused as everywhere if it is padded',
    lists: [],
  },
  {
    name: 'skips a varint as if it were one byte',
    file: unknown,
    find: 'reader.varint64()',
    replace: 'reader.u8()',
    caughtBy: 'a varint of two bytes: the next field begins behind it',
    lists: [],
  },
  {
    name: 'refuses a varint above 2^53 that it only had to skip',
    file: unknown,
    find: 'reader.varint64()',
    replace: 'reader.varint()',
    caughtBy: 'the greatest varint: the next field begins behind it',
    lists: ['SE4'],
  },
  {
    name: 'skips four bytes as eight',
    file: unknown,
    find: 'reader.take(4)',
    replace: 'reader.take(8)',
    caughtBy: 'a value with four bytes, which no schema of this book writes',
    lists: [],
  },
  {
    name: 'believes the length of what it skips',
    file: unknown,
    find: 'reader.prefixed()',
    replace: 'const length = reader.varint(); reader.at += length',
    caughtBy: 'a length, and its bytes: it is refused when it reaches out of its message',
    lists: ['SE11'],
  },
  {
    name: 'copies with slice, which of a Buffer is a view',
    file: unknown,
    find: 'if (this.#kept === undefined) return undefined',
    replace: `if (this.#kept === undefined) return undefined
    if (this.#kept.length === 1) return this.#kept[0]?.slice()`,
    caughtBy: 'stay as they were when what was received is a Buffer',
    lists: ['SE8'],
  },
  {
    name: 'looks for the end of a varint, and for nothing else',
    file: unknown,
    find: 'reader.varint64()',
    replace: 'while (reader.u8() >= 0x80);',
    caughtBy: 'is refused as everywhere if it is padded',
    lists: [],
  },
  {
    name: 'copies the list of what was kept for each field that it keeps',
    file: unknown,
    find: 'else this.#kept.push({ bytes: reader.bytes, from: tagAt, to: reader.at })',
    replace: 'else this.#kept = [...this.#kept, { bytes: reader.bytes, from: tagAt, to: reader.at }]',
    caughtBy: 'may be many, with others between them',
    lists: [],
  },
  {
    name: 'copies all that it has kept for each field that follows the last one',
    file: unknown,
    find: 'if (last?.to === tagAt) last.to = reader.at',
    replace: `if (last?.to === tagAt) {
      const bytes = last.bytes.slice(last.from, reader.at)
      this.#kept[this.#kept.length - 1] = { bytes: reader.bytes, from: reader.at - bytes.length, to: reader.at }
    }`,
    caughtBy: 'may be many, each right behind the last one',
    lists: [],
  },
]
