// Exercise 2.6, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.6-checksum.md, then let `npm run check 2.6` tell you how far you are.
// Stub d73a138b: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Records in a log file: written one after the other at its end, and read again
 * after a crash, when the end may be missing and a bit anywhere may have flipped.
 *
 *     | payload length | sum of the payload | sum of those 8 bytes | payload ... |
 *     0                4                    8                      12
 *
 * All three numbers have 32 bits, the lowest byte first. The sums are CRC-32C.
 * The header has one of its own, because a length has to be believed before there
 * is a payload to compare with.
 *
 * Three things are assumed of the writer and the disk. The file grows only at its
 * end, and a record is on disk, by `fsync`, before the next is written. A disk
 * writes sectors of 512 bytes whole or not at all, in any order. Space that was
 * never written reads as zeros.
 */
import { crc32c } from '#serialization/checksum'
import { unimplemented } from '#unimplemented'

/** What stands before the payload of a record. */
export const HEADER_BYTES = 12

/** The largest payload of a record: 8 MiB. */
export const PAYLOAD_BYTES_MAX = 8 * 1_024 * 1_024

/** What a disk writes at once, at the least. Sectors are counted from the start of the file. */
export const SECTOR_BYTES = 512

/** A record that was read. */
export interface LogRecord {
  /** Where in the file it begins, with its header. */
  readonly offset: number
  /** A view of the file's bytes. */
  readonly payload: Uint8Array
}

/** How the readable part of a file ends. `offset` is where the whole records end, and so where the next one goes. */
export type LogEnd =
  /** The file ends there too. */
  | { readonly kind: 'clean'; readonly offset: number }
  /** From there on stands what is left of a write that a crash interrupted, or nothing but zeros. Cut the file there. */
  | { readonly kind: 'torn'; readonly offset: number; readonly reason: string }
  /** The record there was written whole, and has changed since. Don't cut: it was promised to somebody. */
  | { readonly kind: 'corrupt'; readonly offset: number; readonly reason: string }

/** The whole records of a file up to the first that is not, and what stands there. */
export interface LogContents {
  readonly records: readonly LogRecord[]
  readonly end: LogEnd
}

/**
 * A record with this payload, to be written at the end of a log, in bytes of its
 * own. Throws a `RangeError` that names the length when the payload is longer than
 * `PAYLOAD_BYTES_MAX`.
 *
 * @exercise 2.6b Refuse what is too long. Write the three numbers, lowest byte first, and the payload.
 */
export function encodeRecord(payload: Uint8Array): Uint8Array {
  throw unimplemented('2.6b', 'Refuse what is too long. Write the three numbers, lowest byte first, and the payload.')
}

/**
 * Reads the records of a log file, the first of which begins at `from`. Costs a
 * small object for each record, whatever lengths the file claims. Throws a
 * `RangeError` when `from` is no offset in the file.
 */
export function readRecords(file: Uint8Array, from = 0): LogContents {
  if (!Number.isInteger(from) || from < 0 || from > file.length)
    throw new RangeError(`no record begins at ${from} in a file of ${file.length} bytes`)
  const records: LogRecord[] = []
  let offset = from
  for (;;) {
    const record = recordAt(file, offset)
    if (record === undefined) return { records, end: endAt(file, offset) }
    records.push(record)
    offset += HEADER_BYTES + record.payload.length
  }
}

/**
 * The record that begins at `offset`, a whole number from 0 up, or `undefined`
 * unless all of it is there and both of its sums are right. What is longer than
 * `PAYLOAD_BYTES_MAX` is no record, even if it is whole: `encodeRecord` has never
 * written it.
 *
 * @exercise 2.6d The header says where the payload ends. Believe the payload only when its sum is right.
 */
export function recordAt(file: Uint8Array, offset: number): LogRecord | undefined {
  throw unimplemented('2.6d', 'The header says where the payload ends. Believe the payload only when its sum is right.')
}

/** A header whose own sum is right. */
interface Header {
  readonly payloadSum: number
  readonly payloadLength: number
  /** Where the record ends, if the file is that long. */
  readonly end: number
}

/**
 * The header that begins at `offset`, or `undefined` unless all of it is there
 * and its own sum is right.
 *
 * @exercise 2.6c Compare the sum of the first eight bytes with the third number.
 */
function headerAt(file: Uint8Array, offset: number): Header | undefined {
  throw unimplemented('2.6c', 'Compare the sum of the first eight bytes with the third number.')
}

/**
 * What stands at `offset`, where the whole records end. It is torn in two cases:
 *
 * 1. The file ends before the record does: within its header, or before the end
 *    that a header with the right sum names.
 * 2. A sector that the record lies in was never written (`hasUnwrittenSector`),
 *    and no other record begins anywhere behind it (`nextHeader`). A later record,
 *    whole or not, would prove that this one was on disk once.
 *
 * When the header's own sum is wrong, the record ends, as far as is known, after
 * its 12 bytes: look at the sectors of these, and for a header from there on.
 *
 * Everything else is corrupt, and so is a length above `PAYLOAD_BYTES_MAX` in a header
 * with the right sum. The reason names that length; all other words are yours.
 *
 * @exercise 2.6e Torn in the two cases above, and clean when nothing is left. Corrupt otherwise.
 */
function endAt(file: Uint8Array, offset: number): LogEnd {
  throw unimplemented('2.6e', 'Torn in the two cases above, and clean when nothing is left. Corrupt otherwise.')
}

/**
 * Whether one of the sectors that the bytes from `offset` to `end` lie in holds
 * nothing but zeros from `offset` on, up to its own end or that of the file.
 *
 * @exercise 2.6f Look at one sector after the other. The first begins before `offset`, unless it is a multiple of 512.
 */
function hasUnwrittenSector(file: Uint8Array, offset: number, end: number): boolean {
  throw unimplemented(
    '2.6f',
    'Look at one sector after the other. The first begins before `offset`, unless it is a multiple of 512.',
  )
}

/**
 * Where another record begins, from `from` on: a header with the right sum, and a
 * length that a record may have. Of random bytes, one in 2^41 seems to begin one.
 */
function nextHeader(file: Uint8Array, from: number): number | undefined {
  const last = file.findLastIndex(isWritten) // no header is all zeros, so none begins behind the last byte that isn't
  for (let at = from; at <= last; at++) {
    if (payloadLengthAt(file, at) > PAYLOAD_BYTES_MAX) continue // most offsets, and no object is made for them
    if (headerAt(file, at) !== undefined) return at
  }
  return undefined
}

/** What the first number of a header would be. Bytes behind the end of the file count as zeros. */
function payloadLengthAt(file: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = [file[at], file[at + 1], file[at + 2], file[at + 3]]
  return (first | (second << 8) | (third << 16) | (fourth << 24)) >>> 0
}

function isZero(byte: number): boolean {
  return byte === 0
}

function isWritten(byte: number): boolean {
  return byte !== 0
}
