/** Log files for the checks of 2.6: made of records, and then damaged. */
import { crc32c } from '#serialization/checksum'
import { encodeRecord, HEADER_BYTES, type LogContents, readRecords } from '#serialization/record'
import { hex } from './hex.ts'

/** The records with these payloads, one after the other. */
export function fileOf(...payloads: readonly Uint8Array[]): Uint8Array {
  return joined(...payloads.map((payload) => encodeRecord(payload)))
}

/** These bytes, one part after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}

/** A payload of so many bytes, none of them 0: no sector of it reads as if it had never been written. */
export function filled(length: number): Uint8Array {
  return new Uint8Array(length).map((_, index) => 1 + (index % 255))
}

/** Space that was reserved, and never written. */
export function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

/** A header with the right sum of its own, whatever it claims. */
export function headerOf(payloadLength: number, payloadSum: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES)
  const view = new DataView(header.buffer)
  view.setUint32(0, payloadLength, true)
  view.setUint32(4, payloadSum, true)
  view.setUint32(8, crc32c(header.subarray(0, 8)), true)
  return header
}

/** A copy of the file in which one bit is flipped. Bit 0 is the lowest of byte 0. */
export function flipped(file: Uint8Array, bit: number): Uint8Array {
  const copy = file.slice()
  copy[bit >>> 3] = (copy[bit >>> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** A copy of the file with zeros from one offset to another. */
export function zeroed(file: Uint8Array, from: number, to: number): Uint8Array {
  return file.slice().fill(0, from, to)
}

/** Where each of the records begins, and where the last one ends. */
export function boundariesOf(payloads: readonly Uint8Array[]): readonly number[] {
  const boundaries = [0]
  for (const { length } of payloads) boundaries.push((boundaries.at(-1) ?? 0) + HEADER_BYTES + length)
  return boundaries
}

/** What is read of a file, in short: `2 records, torn at 40`. */
export function told(file: Uint8Array): string {
  const { records, end } = readRecords(file)
  return `${records.length} records, ${end.kind} at ${end.offset}`
}

/** What was read, to be compared: `0: 61, 13: nothing; torn at 25`. */
export function inWords({ records, end }: LogContents): string {
  const each = records.map(({ offset, payload }) => `${offset}: ${hex(payload)}`)
  return `${each.join(', ') || 'no records'}; ${end.kind} at ${end.offset}`
}
