/**
 * Logs that were damaged in a known way. What a reader must say of them follows
 * from what was done to them, and from what is assumed of the disk: nothing here
 * reads a record.
 */
import type { Random } from '#message-passing/random'
import { HEADER_BYTES, type LogEnd, PAYLOAD_BYTES_MAX, SECTOR_BYTES } from '#serialization/record'
import { boundariesOf, fileOf, headerOf, joined, zeros } from '../../02-serialization/log-file.ts'
import { drawBytes, pick } from '../draw.ts'

/** What must be read of a log. */
export interface Verdict {
  /** What befell it. */
  readonly damage: string
  readonly records: number
  readonly kind: LogEnd['kind']
  readonly offset: number
}

export interface DamagedLog {
  readonly bytes: Uint8Array
  readonly verdict: Verdict
}

interface Log {
  readonly file: Uint8Array
  /** Where each of the records begins, and where the last one ends. */
  readonly boundaries: readonly number[]
  /** Where there is the header of a record, also of one within a payload. */
  readonly headers: readonly number[]
}

/** How much space may be reserved, and how long a payload may be: a record lies in up to five sectors. */
const LONG = 3 * SECTOR_BYTES

export function drawDamagedLog(random: Random): DamagedLog {
  const damage = pick(random, [cut, crashed, changed, changed, wiped, unreadable, unreadable, lying])
  return damage(random, drawLog(random, damage !== crashed))
}

function drawLog(random: Random, mayNest: boolean): Log {
  const payloads: Uint8Array[] = []
  const headers: number[] = []
  for (let count = random.integer(1, 5); count > 0; count--) {
    const start = boundariesOf(payloads).at(-1) ?? 0
    const bytes = drawBytes(random, drawPayloadLength(random, start))
    const isNested = mayNest && random.chance(0.1)
    payloads.push(isNested ? joined(bytes, fileOf(drawBytes(random, drawPayloadLength(random)))) : bytes)
    headers.push(start)
    if (isNested) headers.push(start + HEADER_BYTES + bytes.length)
  }
  return { file: fileOf(...payloads), boundaries: boundariesOf(payloads), headers }
}

/** Of a record that begins at `start`: now and then it ends where a sector does, or a byte or two from there. */
function drawPayloadLength(random: Random, start = 0): number {
  if (random.chance(0.6)) return random.integer(0, 40)
  const length = random.integer(0, LONG)
  if (random.chance(0.6)) return length
  return Math.max(0, nextSector(start + HEADER_BYTES + length) + random.integer(-2, 3) - start - HEADER_BYTES)
}

/** The file ends too early, or is whole, and there may be space reserved behind it. */
function cut(random: Random, { file, boundaries }: Log): DamagedLog {
  const length = random.chance(0.2) ? file.length : random.integer(0, file.length + 1)
  const records = boundaries.findLastIndex((boundary) => boundary <= length)
  const offset = startOf(boundaries, records)
  if (length > offset || random.chance(0.5)) {
    const verdict = { damage: 'cut off', records, kind: length > offset ? 'torn' : 'clean', offset } as const
    return { bytes: file.slice(0, length), verdict }
  }
  const bytes = joined(file.subarray(0, length), zeros(random.integer(1, LONG)))
  return { bytes, verdict: { damage: 'given space', records, kind: 'torn', offset } }
}

/** While the last record was written: each of its sectors is there or not, and the file as long as anywhere up to then. */
function crashed(random: Random, { file, boundaries }: Log): DamagedLog {
  const [start, end] = [startOf(boundaries, boundaries.length - 2), file.length]
  const grown = joined(file, zeros(random.chance(0.5) ? random.integer(0, LONG) : 0))
  for (let at = start; at < end; at = nextSector(at)) {
    if (random.chance(0.5)) grown.fill(0, at, Math.min(nextSector(at), end))
  }
  const length = random.chance(0.5) ? grown.length : random.integer(start, grown.length + 1)
  const isWhole = length >= end && !isChanged(file, grown, start, end) // what wasn't written may have been zeros
  const [records, offset] = isWhole ? [boundaries.length - 1, end] : [boundaries.length - 2, start]
  const kind = length === offset ? 'clean' : 'torn'
  return { bytes: grown.slice(0, length), verdict: { damage: 'hit by a crash', records, kind, offset } }
}

/** Up to 32 bits in a row of one record changed, which no CRC-32 overlooks; what is behind it may be cut off. */
function changed(random: Random, log: Log): DamagedLog {
  const { file, boundaries } = log
  const record = random.integer(0, boundaries.length - 1)
  const [start, end] = [startOf(boundaries, record), startOf(boundaries, record + 1)]
  const length = random.chance(0.3) ? random.integer(end, file.length + 1) : file.length
  const space = length === file.length && random.chance(0.3) ? random.integer(0, LONG) : 0
  const bytes = joined(file.subarray(0, length), zeros(space))
  const at = random.integer(start, end)
  const last = Math.min(end, at + random.integer(1, 5))
  for (let index = at; index < last; index++) bytes[index] = (bytes[index] ?? 0) ^ random.integer(1, 256)
  return { bytes, verdict: verdictOf('changed in a record', log, bytes) }
}

/** Bytes in a row read as zeros, wherever sectors begin: often at the end of the file. */
function wiped(random: Random, log: Log): DamagedLog {
  const bytes = joined(log.file, zeros(random.chance(0.3) ? random.integer(0, LONG) : 0))
  const last = random.chance(0.5) ? startOf(log.boundaries, log.boundaries.length - 2) : 0
  const from = random.integer(last, log.file.length)
  bytes.fill(0, from, from + random.integer(1, random.chance(0.5) ? 2 * SECTOR_BYTES : 40))
  return { bytes, verdict: verdictOf('wiped from one byte to another', log, bytes) }
}

/** One sector reads as if it had never been written. */
function unreadable(random: Random, log: Log): DamagedLog {
  const { file } = log
  const bytes = joined(file, zeros(random.chance(0.3) ? random.integer(0, LONG) : 0))
  const from = SECTOR_BYTES * random.integer(0, Math.ceil(file.length / SECTOR_BYTES))
  bytes.fill(0, from, from + SECTOR_BYTES)
  return { bytes, verdict: verdictOf('left without a sector', log, bytes) }
}

/**
 * All records were written whole, and `bytes` is what has become of the file.
 *
 * The first record that has changed is corrupt, unless it looks exactly as a crash
 * would have left it: a sector of it is empty, and no record behind it proves that
 * it was on disk. Without its header, its length isn't known.
 */
function verdictOf(damage: string, { file, boundaries, headers }: Log, bytes: Uint8Array): Verdict {
  const hit = boundaries.findIndex((start, index) => isChanged(file, bytes, start, startOf(boundaries, index + 1)))
  const records = hit < 0 ? boundaries.length - 1 : hit // none if there were only zeros in it
  const offset = startOf(boundaries, records)
  if (hit < 0) return { damage, records, kind: bytes.length > offset ? 'torn' : 'clean', offset }
  const isHeaderLost = isChanged(file, bytes, offset, offset + HEADER_BYTES)
  const end = isHeaderLost ? offset + HEADER_BYTES : startOf(boundaries, hit + 1)
  const isIntact = (at: number) => !isChanged(file, bytes, at, at + HEADER_BYTES)
  const isProved = headers.some((at) => at >= end && isIntact(at))
  return { damage, records, kind: !isProved && hasEmptySector(bytes, offset, end) ? 'torn' : 'corrupt', offset }
}

/** A header with the right sum, whose payload isn't all there, or may not be that long. */
function lying(random: Random, { file, boundaries }: Log): DamagedLog {
  const rest = drawBytes(random, drawPayloadLength(random))
  const isForbidden = random.chance(0.5)
  const length = isForbidden
    ? pick(random, [PAYLOAD_BYTES_MAX + 1, 2 ** 31, 2 ** 32 - 1])
    : pick(random, [rest.length + 1, rest.length + random.integer(1, LONG), PAYLOAD_BYTES_MAX])
  const bytes = joined(file, headerOf(length, random.integer(0, 2 ** 32)), rest)
  const [records, offset] = [boundaries.length - 1, file.length]
  const damage = isForbidden ? 'given a length that is forbidden' : 'given a record without its end'
  return { bytes, verdict: { damage, records, kind: isForbidden ? 'corrupt' : 'torn', offset } }
}

function hasEmptySector(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at = nextSector(at)) {
    if (bytes.subarray(at, nextSector(at)).findIndex((byte) => byte !== 0) < 0) return true
  }
  return false
}

function nextSector(at: number): number {
  return (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES
}

function isChanged(file: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (file[index] !== bytes[index]) return true
  return false
}

/** Where a record begins, or the last one ends. */
function startOf(boundaries: readonly number[], record: number): number {
  return boundaries[record] ?? boundaries.at(-1) ?? 0
}
