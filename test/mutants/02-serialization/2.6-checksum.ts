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

const atTheEnd: readonly Mutant[] = [
  {
    name: 'reads a whole record that nobody may write',
    file: record,
    find: 'if (header === undefined || header.payloadLength > PAYLOAD_BYTES_MAX || header.end > file.length) return undefined',
    replace: 'if (header === undefined || header.end > file.length) return undefined',
    caughtBy: 'is corrupt even if the whole record is there, with two right sums',
    lists: [],
  },
  {
    name: 'takes every damage for the end of the log, and drops what follows',
    file: record,
    find: "if (!hasUnwrittenSector(file, offset, end)) return { kind: 'corrupt', offset, reason: wrong }",
    replace: "if (!hasUnwrittenSector(file, offset, end)) return { kind: 'torn', offset, reason: wrong }",
    caughtBy: anyFlippedBit,
    lists: [],
  },
  {
    name: 'takes every damage for corruption, and does not start again after a power cut',
    file: record,
    find: 'if (!hasUnwrittenSector(file, offset, end)) return',
    replace: 'if (end > 0) return',
    caughtBy: 'is torn where they begin: space was reserved, and never written',
    lists: [],
  },
  {
    name: 'calls a file clean that ends within a header',
    file: record,
    find: "return { kind: 'torn', offset, reason: 'the file ends within a header' }",
    replace: "return { kind: 'clean', offset }",
    caughtBy: 'anywhere: the records before the cut are read, and the one that was cut is torn',
    lists: [],
  },
  {
    name: 'calls a record corrupt whose end is missing',
    file: record,
    find: "if (end > file.length) return { kind: 'torn',",
    replace: "if (end > file.length) return { kind: 'corrupt',",
    caughtBy: 'anywhere: the records before the cut are read, and the one that was cut is torn',
    lists: [],
  },
  {
    name: 'counts sectors from the start of the record, and not of the file',
    file: record,
    find: 'at - (at % SECTOR_BYTES) + SECTOR_BYTES',
    replace: 'at + SECTOR_BYTES',
    caughtBy: 'whatever sectors of it were written, and wherever the file ends, it is not corrupt',
    lists: [],
  },
  {
    name: 'takes zeros in part of a sector for a sector that was not written',
    file: record,
    find: 'file.subarray(at, sectorEnd).every(isZero)',
    replace: 'file.subarray(at, Math.min(sectorEnd, end)).every(isZero)',
    caughtBy: 'is corrupt when the zeros are not a whole sector of the file',
    lists: [],
  },
  {
    name: 'looks at one sector too many, which lies behind a record that fills its own',
    file: record,
    find: 'for (let at = offset; at < end; ) {',
    replace: 'for (let at = offset; at <= end; ) {',
    caughtBy: 'any bit, a record that fills a sector: the damaged record is corrupt',
    lists: [],
  },
  {
    name: 'looks at all sectors behind a header that can not be believed',
    file: record,
    find: 'if (!hasUnwrittenSector(file, offset, end)) return',
    replace: 'if (!hasUnwrittenSector(file, offset, header === undefined ? file.length : end)) return',
    caughtBy: 'a bit of any byte, small records, with reserved space behind: the damaged record is corrupt',
    lists: [],
  },
  {
    name: 'looks at all sectors up to the end of the file',
    file: record,
    find: 'if (!hasUnwrittenSector(file, offset, end)) return',
    replace: 'if (!hasUnwrittenSector(file, offset, file.length)) return',
    caughtBy: 'ends where a sector does: it is corrupt, whether the file ends there or not',
    lists: [],
  },
  {
    name: 'ends the first sector where it begins, if the record begins there too',
    file: record,
    find: 'at - (at % SECTOR_BYTES) + SECTOR_BYTES',
    replace: 'Math.ceil(at / SECTOR_BYTES) * SECTOR_BYTES',
    caughtBy: 'begins where sector 1 does: it is corrupt, and its first sector has 512 bytes',
    lists: [],
  },
  {
    name: 'looks for another record within the payload, although the header is right',
    file: record,
    find: 'const later = nextHeader(file, end)',
    replace: 'const later = nextHeader(file, offset + HEADER_BYTES)',
    caughtBy: 'that contains a record is still one payload, as long as its own header is right',
    lists: [],
  },
  {
    name: 'takes a header with a forbidden length for another record',
    file: record,
    find: 'if (header !== undefined && header.payloadLength <= PAYLOAD_BYTES_MAX) return at',
    replace: 'if (header !== undefined) return at',
    caughtBy: 'that contains a header with a forbidden length',
    lists: [],
  },
  {
    name: 'looks only at the first sector of a record',
    file: record,
    find: `    at = sectorEnd
  }
  return false`,
    replace: `    return false
  }
  return false`,
    caughtBy: 'sector 1: it is torn',
    lists: [],
  },
  {
    name: 'takes any byte behind a lost header for another record',
    file: record,
    find: 'if (header !== undefined && header.payloadLength <= PAYLOAD_BYTES_MAX) return at',
    replace: 'return at',
    caughtBy: 'whatever sectors of it were written, and wherever the file ends, it is not corrupt',
    lists: [],
  },
  {
    name: 'cuts the log where a sector in the middle reads as zeros',
    file: record,
    find: 'const later = nextHeader(file, end)',
    replace: 'const later = undefined',
    caughtBy: 'sector 1 of the record in the middle: it is corrupt',
    lists: [],
  },
  {
    name: 'looks for a later record only where the damaged one should end',
    file: record,
    find: 'const later = nextHeader(file, end)',
    replace: 'const later = headerAt(file, end) && end',
    caughtBy: 'sector 0 of the record in the middle: it is corrupt',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inTheSum, ...inWriting, ...inReading, ...atTheEnd]
