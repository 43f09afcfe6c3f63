/** Mistakes that people make at the end of a log, where a crash and a flipped bit have to be told apart, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const record = 'solutions/02-serialization/record.ts'

const anyFlippedBit = 'any bit, small records: the damaged record is corrupt, and those before it are read'

export const mutants: readonly Mutant[] = [
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
    find: 'if (payloadLengthAt(file, at) > PAYLOAD_BYTES_MAX) continue',
    replace: '',
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
    find: 'if (headerAt(file, at) !== undefined) return at',
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
  {
    name: 'looks for a later record only behind the length that it believes',
    file: record,
    find: 'const later = nextHeader(file, end)',
    replace: 'const later = header === undefined ? nextHeader(file, end) : headerAt(file, end) && end',
    caughtBy: 'took the header of the next record along: it is corrupt',
    lists: [],
  },
  {
    name: 'wants the later record to be whole',
    file: record,
    find: 'if (headerAt(file, at) !== undefined) return at',
    replace: 'if (recordAt(file, at) !== undefined) return at',
    caughtBy: 'has a record behind it that is not whole: it is corrupt',
    lists: [],
  },
  {
    name: 'looks at the sectors of the whole buffer, of which the file is a part',
    file: record,
    find: 'file.subarray(at, sectorEnd).every(isZero)',
    replace: 'new Uint8Array(file.buffer, at, Math.min(sectorEnd, file.length) - at).every(isZero)',
    caughtBy: 'is judged by its own bytes, when 0 stands in all those before it',
    lists: [],
  },
  {
    name: 'looks at four bytes at a time, and forgets what is left over at the end of a sector',
    file: record,
    find: 'file.subarray(at, sectorEnd).every(isZero)',
    replace: `file
      .subarray(at, sectorEnd)
      .subarray(0, (Math.min(sectorEnd, file.length) - at) & ~3)
      .every(isZero)`,
    caughtBy: '3 in its first: a flipped bit makes it corrupt',
    lists: [],
  },
]
