/**
 * Another varint: everything is done with `bigint`, one group at a time, and
 * what was read is written again to see whether it was the shortest form.
 */
import { Malformed } from '#serialization/decoded'

export interface Source {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
}

export const VARINT_BYTES_MAX = 10

export function varintLength(value: number): number {
  return groupsOf(BigInt(value)).length
}

export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  const isWritable = Number.isInteger(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER
  if (!isWritable) throw new RangeError(`${value} can't be written as a varint`)
  return writeVarint64(bytes, at, BigInt(value))
}

export function readVarint(source: Source): number {
  const start = source.at
  const value = readVarint64(source)
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
  throw new Malformed(start, 'a safe integer', `${value}, which is none`)
}

export function writeVarint64(bytes: Uint8Array, at: number, value: bigint): number {
  if (BigInt.asUintN(64, value) !== value) throw new RangeError(`${value} can't be written in 64 bits without a sign`)
  const groups = groupsOf(value)
  const last = groups.length - 1
  for (const [index, group] of groups.entries()) bytes[at + index] = index === last ? group : group + 0x80
  return at + groups.length
}

export function readVarint64(source: Source): bigint {
  const start = source.at
  let value = 0n
  let shift = 0n
  for (;;) {
    if (source.at === source.end || shift > 63n) throw new Malformed(start, 'a whole varint', 'a part of one')
    const byte = source.bytes[source.at++] ?? 0
    value |= BigInt(byte & 0x7f) << shift
    shift += 7n
    if (byte < 0x80) break
  }
  const isShortest = groupsOf(value).length === source.at - start
  if (isShortest && value < 2n ** 64n) return value
  throw new Malformed(start, 'a varint of 64 bits in its shortest form', `another form of ${value}`)
}

/** Seven bits at a time, the lowest first. */
function groupsOf(value: bigint): readonly number[] {
  const groups = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) groups.push(Number(rest & 0x7fn))
  return groups
}

export function zigzag(value: bigint): bigint {
  const isSigned = value >= -(2n ** 63n) && value < 2n ** 63n
  if (!isSigned) throw new RangeError(`${value} doesn't fit into 64 bits with a sign`)
  return (value << 1n) ^ (value >> 63n)
}

export function unzigzag(folded: bigint): bigint {
  return (folded >> 1n) ^ -(folded & 1n)
}
