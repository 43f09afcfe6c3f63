/** Other records: one function reads and judges, and the sectors are looked at once, from the end of the file. */
import { crc32c } from '#serialization/checksum'

export const HEADER_BYTES = 12
export const PAYLOAD_BYTES_MAX = 2 ** 23
export const SECTOR_BYTES = 512

export interface LogRecord {
  readonly offset: number
  readonly payload: Uint8Array
}

export type LogEnd =
  | { readonly kind: 'clean'; readonly offset: number }
  | { readonly kind: 'torn'; readonly offset: number; readonly reason: string }
  | { readonly kind: 'corrupt'; readonly offset: number; readonly reason: string }

export interface LogContents {
  readonly records: readonly LogRecord[]
  readonly end: LogEnd
}

export function encodeRecord(payload: Uint8Array): Uint8Array {
  const { length } = payload
  if (length > PAYLOAD_BYTES_MAX) throw new RangeError(`${length} bytes are too many for a record`)
  const numbers = Uint8Array.of(...lowestFirst(length), ...lowestFirst(crc32c(payload)))
  const record = new Uint8Array(HEADER_BYTES + length)
  record.set(numbers)
  record.set(lowestFirst(crc32c(numbers)), 8)
  record.set(payload, HEADER_BYTES)
  return record
}

export function readRecords(file: Uint8Array, from = 0): LogContents {
  if (!Number.isInteger(from) || from < 0 || file.length < from) throw new RangeError(`not in the file: ${from}`)
  const records: LogRecord[] = []
  for (let next = from; ; ) {
    const found = recordAt(file, next)
    if (!found) return { records, end: verdict(file, next) }
    records.push(found)
    next = found.payload.byteOffset + found.payload.length - file.byteOffset
  }
}

export function recordAt(file: Uint8Array, offset: number): LogRecord | undefined {
  if (!recordBegins(file, offset)) return undefined
  const payload = file.subarray(offset + HEADER_BYTES).subarray(0, numberAt(file, offset))
  const isWhole = payload.length === numberAt(file, offset) && crc32c(payload) === numberAt(file, offset + 4)
  return isWhole ? { offset, payload } : undefined
}

function verdict(file: Uint8Array, offset: number): LogEnd {
  const left = file.length - offset
  const corrupt = (reason: string): LogEnd => ({ kind: 'corrupt', offset, reason })
  const torn = (reason: string): LogEnd => ({ kind: 'torn', offset, reason })
  if (left === 0) return { kind: 'clean', offset }
  let known = HEADER_BYTES
  if (headerIsRight(file, offset)) {
    const length = numberAt(file, offset)
    if (length > PAYLOAD_BYTES_MAX) return corrupt(`no record has ${length} bytes`)
    known += length
  }
  if (left < known) return torn(`${left} bytes of ${known} are there`)
  for (let at = offset + known; at < file.length; at++) {
    if (recordBegins(file, at)) return corrupt(`a record was written behind it, at ${at}`)
  }
  const sectors = [...sectorsOf(file, offset, offset + known)]
  if (sectors.some((sector) => sector.findIndex((byte) => byte > 0) < 0)) return torn('a sector is missing')
  return corrupt('a bit has changed')
}

/** What the sectors hold from the record on. */
function* sectorsOf(file: Uint8Array, from: number, to: number): Generator<Uint8Array> {
  for (let sector = Math.floor(from / SECTOR_BYTES); sector * SECTOR_BYTES < to; sector++) {
    const start = sector * SECTOR_BYTES
    yield file.subarray(Math.max(start, from), start + SECTOR_BYTES)
  }
}

function recordBegins(file: Uint8Array, offset: number): boolean {
  return headerIsRight(file, offset) && numberAt(file, offset) <= PAYLOAD_BYTES_MAX
}

function headerIsRight(file: Uint8Array, offset: number): boolean {
  if (file.length - offset < HEADER_BYTES) return false
  return crc32c(file.subarray(offset, offset + 8)) === numberAt(file, offset + 8)
}

function numberAt(file: Uint8Array, offset: number): number {
  return [3, 2, 1, 0].reduce((number, index) => number * 256 + (file[offset + index] ?? 0), 0)
}

function lowestFirst(number: number): number[] {
  return [0, 8, 16, 24].map((shift) => (number >>> shift) & 0xff)
}
