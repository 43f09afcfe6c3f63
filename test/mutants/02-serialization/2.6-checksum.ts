/** Mistakes that people make in checksums and in the records of a log, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const checksum = 'solutions/02-serialization/checksum.ts'
const record = 'solutions/02-serialization/record.ts'

const anyFlippedBit = 'any bit, small records: the damaged record is corrupt, and those before it are read'

const inTheSum: readonly Mutant[] = [
  {
    name: 'takes the polynomial of Ethernet and zip',
    file: checksum,
    find: 'const CASTAGNOLI = 0x82f63b78',
    replace: 'const CASTAGNOLI = 0xedb88320',
    caughtBy: 'the text 123456789',
    lists: ['SE17'],
  },
  {
    name: 'takes the polynomial with its bits in the other order',
    file: checksum,
    find: 'const CASTAGNOLI = 0x82f63b78',
    replace: 'const CASTAGNOLI = 0x1edc6f41',
    caughtBy: 'the text 123456789',
    lists: [],
  },
  {
    name: 'leaves out the complement at the end',
    file: checksum,
    find: 'return ~remainder >>> 0',
    replace: 'return remainder >>> 0',
    caughtBy: 'the text 123456789',
    lists: ['SE17'],
  },
  {
    name: 'returns a sum with a sign',
    file: checksum,
    find: 'return ~remainder >>> 0',
    replace: 'return ~remainder',
    caughtBy: 'the text 123456789',
    lists: ['SE17'],
  },
  {
    name: 'begins with 0 in the place of ones, and finds no zeros that were added in front',
    file: checksum,
    find: 'let remainder = ~before',
    replace: 'let remainder = before',
    caughtBy: '32 bytes 00',
    lists: [],
  },
  {
    name: 'forgets the sum of what came before',
    file: checksum,
    find: 'let remainder = ~before',
    replace: 'let remainder = ~0',
    caughtBy: 'wherever they are cut',
    lists: [],
  },
  {
    name: 'shifts the sign in from the left',
    file: checksum,
    find: '^ (remainder >>> 8)',
    replace: '^ (remainder >> 8)',
    caughtBy: 'is the same one byte at a time',
    lists: [],
  },
  {
    name: 'drops the bytes that are left over when it reads four at a time',
    file: checksum,
    find: 'for (; index < bytes.length; index++)',
    replace: 'for (; index + 4 <= bytes.length; index++)',
    caughtBy: 'the text a',
    lists: [],
  },
  {
    name: 'sums up a view from the start of its buffer',
    file: checksum,
    find: 'let remainder = ~before',
    replace: `bytes = new Uint8Array(bytes.buffer, 0, bytes.length)
  let remainder = ~before`,
    caughtBy: 'is that of the part, when the bytes are a view of a larger buffer',
    lists: [],
  },
  {
    name: 'remembers the sum of an array, and does not notice that its bytes have changed',
    file: checksum,
    find: `  return ~remainder >>> 0
}`,
    replace: `  const sums = known.get(bytes) ?? new Map()
  known.set(bytes, sums)
  if (!sums.has(before)) sums.set(before, ~remainder >>> 0)
  return sums.get(before)
}
const known = new WeakMap()`,
    caughtBy: 'is that of the bytes as they are now, also of an array that it has seen before',
    lists: [],
  },
]

const inWriting: readonly Mutant[] = [
  {
    name: 'writes the length with the highest byte first',
    file: record,
    find: 'view.setUint32(0, payload.length, true)',
    replace: 'view.setUint32(0, payload.length)',
    caughtBy: 'has the layout that is drawn at the top of the file',
    lists: [],
  },
  {
    name: 'sums up the header before it has written the sum of the payload into it',
    file: record,
    find: `  view.setUint32(4, crc32c(payload), true)
  view.setUint32(8, crc32c(record.subarray(0, 8)), true)`,
    replace: `  view.setUint32(8, crc32c(record.subarray(0, 8)), true)
  view.setUint32(4, crc32c(payload), true)`,
    caughtBy: 'has the layout that is drawn at the top of the file',
    lists: [],
  },
  {
    name: 'writes a record that nobody will read again, because it is too large',
    file: record,
    find: 'if (payload.length > PAYLOAD_BYTES_MAX) {',
    replace: 'if (payload.length > 0xffffffff) {',
    caughtBy: 'may be as large as PAYLOAD_BYTES_MAX, and no larger',
    lists: [],
  },
  {
    name: 'writes every record into the same buffer',
    file: record,
    find: `  const record = new Uint8Array(HEADER_BYTES + payload.length)
  const view = new DataView(record.buffer)`,
    replace: `  encodeRecord.buffer ??= new ArrayBuffer(HEADER_BYTES + PAYLOAD_BYTES_MAX)
  const record = new Uint8Array(encodeRecord.buffer, 0, HEADER_BYTES + payload.length)
  const view = new DataView(record.buffer)`,
    caughtBy: 'keeps its bytes when the next one is made',
    lists: [],
  },
]

const inReading: readonly Mutant[] = [
  {
    name: 'has a sum for the payload, and believes the length without one',
    file: record,
    find: 'if (crc32c(file.subarray(offset, offset + 8)) !== view.getUint32(8, true)) return undefined',
    replace: '',
    caughtBy: 'of a length: it is not taken for a record that reaches beyond the end',
    lists: ['SE16'],
  },
  {
    name: 'compares the sum of the header with a sum of the length alone',
    file: record,
    find: 'if (crc32c(file.subarray(offset, offset + 8)) !== view.getUint32(8, true)) return undefined',
    replace: 'if (crc32c(file.subarray(offset, offset + 4)) !== view.getUint32(8, true)) return undefined',
    caughtBy: 'is read from the first record to the last, and ends clean',
    lists: [],
  },
  {
    name: 'reads a payload without looking at its sum',
    file: record,
    find: 'return crc32c(payload) === header.payloadSum ? { offset, payload } : undefined',
    replace: 'return { offset, payload }',
    caughtBy: anyFlippedBit,
    lists: [],
  },
  {
    name: 'takes 0 for no sum, and does not compare it',
    file: record,
    find: 'return crc32c(payload) === header.payloadSum ? { offset, payload } : undefined',
    replace: 'return !header.payloadSum || crc32c(payload) === header.payloadSum ? { offset, payload } : undefined',
    caughtBy: 'is none when a sum is wrong, or the end is missing',
    lists: [],
  },
  {
    name: 'leaves it to the sum of the payload to notice that its end is missing',
    file: record,
    find: 'header.payloadLength > PAYLOAD_BYTES_MAX || header.end > file.length) return undefined',
    replace: 'header.payloadLength > PAYLOAD_BYTES_MAX) return undefined',
    caughtBy: 'is none when a sum is wrong, or the end is missing',
    lists: [],
  },
  {
    name: 'reads a view from the start of its buffer',
    file: record,
    find: 'new DataView(file.buffer, file.byteOffset + offset, HEADER_BYTES)',
    replace: 'new DataView(file.buffer, offset, HEADER_BYTES)',
    caughtBy: 'may be a view of a larger buffer',
    lists: [],
  },
  {
    name: 'copies every payload',
    file: record,
    find: 'file.subarray(offset + HEADER_BYTES, header.end)',
    replace: 'file.slice(offset + HEADER_BYTES, header.end)',
    caughtBy: 'payloads are views of the file',
    lists: [],
  },
  {
    name: 'waits for more gigabytes than a record may have',
    file: record,
    find: 'if (header !== undefined && header.payloadLength > PAYLOAD_BYTES_MAX) {',
    replace: 'if (header !== undefined && header.payloadLength > 0xffffffff) {',
    caughtBy: 'is corrupt: nobody wrote such a record',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inTheSum, ...inWriting, ...inReading]
