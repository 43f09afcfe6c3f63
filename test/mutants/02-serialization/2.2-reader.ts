/** Mistakes that people make when they read bytes, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const reader = 'solutions/02-serialization/reader.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'believes a length',
    file: reader,
    find: 'if (length <= this.remaining) return length',
    replace: 'if (length >= 0) return length',
    caughtBy: 'is refused when fewer are left, with its own offset and not that of the part',
    lists: ['SE11'],
  },
  {
    name: 'compares a length with the whole input, and not with what is left',
    file: reader,
    find: 'if (length <= this.remaining) return length',
    replace: 'if (length <= this.bytes.length) return length',
    caughtBy: 'is refused when fewer are left, with its own offset and not that of the part',
    lists: ['SE11'],
  },
  {
    name: 'blames the part for a length that is wrong',
    file: reader,
    find: 'throw new Malformed(start, `a length of at most',
    replace: 'throw new Malformed(this.at, `a length of at most',
    caughtBy: 'is refused when fewer are left, with its own offset and not that of the part',
    lists: [],
  },
  {
    name: 'says of a length what was expected for what was found',
    file: reader,
    find: `throw new Malformed(start, \`a length of at most \${this.remaining}, the bytes that are left\`, String(length))`,
    replace: `throw new Malformed(start, String(length), \`a length of at most \${this.remaining}, the bytes that are left\`)`,
    caughtBy: 'has in `found` what is there: length() of 99, of which 2 are there',
    lists: [],
  },
  {
    name: 'cuts what is taken to what is there, without a word',
    file: reader,
    find: `  take(count: number): Uint8Array {
    if (count > this.remaining)`,
    replace: `  take(wanted: number): Uint8Array {
    const count = Math.min(wanted, this.remaining)
    if (count > this.remaining)`,
    caughtBy: 'are refused when there are fewer',
    lists: [],
  },
  {
    name: 'takes a copy',
    file: reader,
    find: 'const part = new Uint8Array(this.#buffer, this.bytes.byteOffset + this.at, count)',
    replace: 'const part = new Uint8Array(this.#buffer, this.bytes.byteOffset + this.at, count).slice()',
    caughtBy: 'are a view of the input: nothing is copied',
    lists: [],
  },
  {
    name: 'takes a view from the start of the buffer, and not of the input',
    file: reader,
    find: 'new Uint8Array(this.#buffer, this.bytes.byteOffset + this.at, count)',
    replace: 'new Uint8Array(this.#buffer, this.at, count)',
    caughtBy: 'are the next ones, and are moved past',
    lists: [],
  },
  {
    name: 'reads numbers from the start of the buffer, and not of the input',
    file: reader,
    find: 'new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)',
    replace: 'new DataView(this.bytes.buffer)',
    caughtBy: '1.5 is 00 00 00 00 00 00 f8 3f',
    lists: [],
  },
  {
    name: 'keeps one view for all readers of a buffer, although they begin elsewhere',
    file: reader,
    find: 'this.#view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)',
    replace: `const shared = Reader as unknown as { view?: DataView }
    if (shared.view?.buffer !== this.bytes.buffer)
      shared.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
    this.#view = shared.view`,
    caughtBy: 'is read from its own input, when several lie in one buffer',
    lists: [],
  },
  {
    name: 'takes slice() for a copy, which that of a Buffer of Node is not',
    file: reader,
    find: 'const value = this.#view.getFloat64(this.at, true)',
    replace: 'const value = new Float64Array(this.bytes.slice(this.at, this.at + 8).buffer)[0] as number',
    caughtBy: 'is read from a Buffer of Node, whose slice is a view',
    lists: [],
  },
  {
    name: 'reads a number with its highest byte first',
    file: reader,
    find: 'getFloat64(this.at, true)',
    replace: 'getFloat64(this.at)',
    caughtBy: '1.5 is 00 00 00 00 00 00 f8 3f',
    lists: [],
  },
  {
    name: 'reads a number of the half precision, and loses digits',
    file: reader,
    find: 'const value = this.#view.getFloat64(this.at, true)',
    replace: 'const value = Math.fround(this.#view.getFloat64(this.at, true))',
    caughtBy: '0.1 is 9a 99 99 99 99 99 b9 3f',
    lists: ['SE7'],
  },
  {
    name: 'leaves it to the view to see that eight bytes are there',
    file: reader,
    find: 'if (this.remaining < 8)',
    replace: 'if (this.bytes.length < 8)',
    caughtBy: 'is refused when fewer than eight bytes are left',
    lists: [],
  },
  {
    name: 'reads a byte behind the end',
    file: reader,
    find: "if (this.at >= this.end) throw new Malformed(this.at, '1 more byte'",
    replace: "if (this.at > this.end) throw new Malformed(this.at, '1 more byte'",
    caughtBy: 'is not read at the end',
    lists: [],
  },
  {
    name: 'repairs text that is no UTF-8',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: 'const text = new TextDecoder().decode(this.bytes.subarray(this.at, this.at + length))',
    caughtBy: 'with a byte that begins nothing is refused',
    lists: ['SE19'],
  },
  {
    name: 'repairs text, and then refuses every U+FFFD, whoever wrote it',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: `const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes.subarray(this.at, this.at + length))
    if (text.includes('\\ufffd')) throw new Malformed(this.at, 'UTF-8', 'other bytes')`,
    caughtBy: 'of U+FFFD, which somebody wrote is read',
    lists: ['SE19'],
  },
  {
    name: 'reads the composed form of a text, which is another text',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: 'const text = readUtf8(this.bytes, this.at, this.at + length).normalize()',
    caughtBy: 'of e, and its accent by itself is read',
    lists: ['SE19'],
  },
  {
    name: 'turns each byte into a character',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: 'const text = String.fromCharCode(...this.bytes.subarray(this.at, this.at + length))',
    caughtBy: 'of ï in two bytes is read: 06 6e 61 c3 af 76 65',
    lists: ['SE19'],
  },
  {
    name: 'asks the platform to refuse what is no UTF-8, and lets it drop a U+FEFF',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: `readUtf8(this.bytes, this.at, this.at + length)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(this.at, this.at + length))`,
    caughtBy: 'of U+FEFF, which many take for a mark and drop',
    lists: ['SE19'],
  },
  {
    name: 'drops a U+FEFF at the beginning of a text',
    file: reader,
    find: 'const text = readUtf8(this.bytes, this.at, this.at + length)',
    replace: 'const text = readUtf8(this.bytes, this.at, this.at + length).replace(/^\\ufeff/, "")',
    caughtBy: 'of U+FEFF, which many take for a mark and drop',
    lists: [],
  },
  {
    name: 'moves on by as many bytes as the text has characters',
    file: reader,
    find: `    this.at += length
    return text`,
    replace: `    this.at += text.length
    return text`,
    caughtBy: 'of an emoji in four bytes is read',
    lists: ['SE1'],
  },
  {
    name: 'gives a part the end of the whole',
    file: reader,
    find: 'const part = new Reader(this.bytes, this.at, this.at + count)',
    replace: 'const part = new Reader(this.bytes, this.at, this.end)',
    caughtBy: 'keeps what lies behind it out of reach',
    lists: [],
  },
  {
    name: 'gives a part a copy of the bytes',
    file: reader,
    find: 'const part = new Reader(this.bytes, this.at, this.at + count)',
    replace: 'const part = new Reader(this.bytes.slice(0, this.at + count), this.at)',
    caughtBy: 'copies nothing: what is taken from it is a view of the input',
    lists: [],
  },
  {
    name: 'reads a part from a view, and reports offsets that begin at 0 again',
    file: reader,
    find: 'const part = new Reader(this.bytes, this.at, this.at + count)',
    replace: 'const part = new Reader(this.bytes.subarray(this.at, this.at + count))',
    caughtBy: 'has offsets in the same input, and its own end',
    lists: [],
  },
  {
    name: 'lets a part reach further than the reader that it came from',
    file: reader,
    find: `  part(count: number): Reader {
    if (count > this.remaining)`,
    replace: `  part(count: number): Reader {
    if (count > this.bytes.length)`,
    caughtBy: 'is refused when fewer bytes are left',
    lists: [],
  },
  {
    name: 'stays where it is when it gives a part away',
    file: reader,
    find: `    this.at += count
    return part
  }
}`,
    replace: `    return part
  }
}`,
    caughtBy: 'is moved past by the reader that it came from',
    lists: [],
  },
  {
    name: 'believes an end that lies behind its bytes',
    file: reader,
    find: 'at <= end && end <= bytes.length',
    replace: 'at <= end',
    caughtBy: 'a reader of bytes that are not there',
    lists: [],
  },
  {
    name: 'begins before its bytes do',
    file: reader,
    find: 'if (!(at >= 0 && at <= end',
    replace: 'if (!(at <= end',
    caughtBy: 'a reader of bytes that are not there',
    lists: [],
  },
]
