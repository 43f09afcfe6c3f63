/**
 * Whole numbers in as few bytes as they need: seven bits a byte, the lowest
 * first, and the eighth bit says that more follow (Protocol Buffers, "Encoding").
 *
 *     300 = 0b10_0101100   ->   1_0101100  0_0000010   =   ac 02
 *
 * A number has one form here. A longer one, padded with zeros (`80 00` for 0),
 * is refused: where two programs compare, hash or sign bytes, a second form of
 * the same number is a second message with the same meaning.
 */
import { Malformed } from '#serialization/decoded'

/** Bytes, and a place in them that moves on as they are read. `at <= end <= bytes.length`. */
export interface Source {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
}

/** The longest form of a 64-bit number: nine times seven bits and one more. */
export const VARINT_BYTES_MAX = 10

/** The longest form of a number up to 2^53 - 1. */
const SAFE_BYTES_MAX = 8

const U64_MAX = 2n ** 64n - 1n
const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * How many bytes `writeVarint` takes for `value`, a safe integer from 0 up.
 *
 * @exercise 2.1a Count the groups of seven bits: one at least.
 */
export function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++
  return length
}

/**
 * Writes `value` into `bytes` from `at` on, and returns the offset after it.
 * There must be room. Throws a `RangeError` that names `value`, and writes
 * nothing, when it is not a safe integer from 0 up.
 *
 * @exercise 2.1a Write seven bits at a time, the lowest first. Mind what `>>` does to 2^31 and more.
 */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`a varint is a safe integer from 0 up, not ${value}`)
  }
  let rest = value
  let next = at
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 0x80)) bytes[next++] = (rest % 0x80) | 0x80
  for (; rest > 0x7f; rest >>>= 7) bytes[next++] = (rest & 0x7f) | 0x80
  bytes[next++] = rest
  return next
}

/**
 * Reads a number that may be as great as 2^53 - 1, and moves past it. Throws
 * `Malformed`, with the offset at which the number begins, when the input ends
 * in the middle of it, when it is greater than that, or when it is padded. A
 * number between 2^53 and 2^64 - 1 is `found` with all its digits. Looks at ten
 * bytes at most, however many there are.
 *
 * @exercise 2.1b Add up groups of seven bits without leaving what a number can hold exactly.
 */
export function readVarint(source: Source): number {
  const { bytes, at: start, end } = source
  if (start < end && (bytes[start] as number) < 0x80) return bytes[source.at++] as number // start < end <= bytes.length
  const stop = Math.min(end, start + SAFE_BYTES_MAX)
  let value = 0
  let scale = 1
  for (let at = start; at < stop; at++) {
    const byte = bytes[at] as number // at < stop <= end <= bytes.length
    if (byte >= 0x80) {
      value += (byte - 0x80) * scale
      scale *= 0x80
      continue
    }
    value += byte * scale
    if (value > Number.MAX_SAFE_INTEGER || byte === 0) break
    source.at = at + 1
    return value
  }
  const exact = readVarint64(source) // throws if the number is cut off, padded, or beyond 64 bits
  throw new Malformed(start, 'a whole number up to 2^53 - 1', String(exact))
}

/**
 * Writes a 64-bit number, as `writeVarint` does. Throws a `RangeError` that names
 * `value`, and writes nothing, when it is below 0 or above 2^64 - 1.
 *
 * @exercise 2.1c The same with `bigint`. Most numbers are small: let them take the fast way.
 */
export function writeVarint64(bytes: Uint8Array, at: number, value: bigint): number {
  if (value < 0n || value > U64_MAX) throw new RangeError(`a 64-bit varint is from 0 to 2^64 - 1, not ${value}`)
  let rest = value
  let next = at
  while (rest > SAFE_MAX) {
    bytes[next++] = Number(rest & 0x7fn) | 0x80
    rest >>= 7n
  }
  return writeVarint(bytes, next, Number(rest))
}

/**
 * Reads a number that may be as great as 2^64 - 1, and moves past it. Throws
 * `Malformed`, with the offset at which the number begins, when the input ends
 * in the middle of it, when it is greater than that, or when it is padded. Looks
 * at ten bytes at most.
 *
 * @exercise 2.1c Seven groups fit into one number exactly, and the other three into a second one.
 */
export function readVarint64(source: Source): bigint {
  const { bytes, at: start, end } = source
  let low = 0
  let high = 0
  let scale = 1
  for (let index = 0; index < VARINT_BYTES_MAX; index++) {
    if (start + index >= end) throw new Malformed(start, 'a varint', `the end of the input after ${index} bytes of it`)
    const byte = bytes[start + index] as number // start + index < end <= bytes.length
    if (index === 7) scale = 1
    if (index < 7) low += (byte & 0x7f) * scale
    else high += (byte & 0x7f) * scale
    scale *= 0x80
    if (byte >= 0x80) continue
    if (byte === 0 && index > 0) {
      throw new Malformed(start, 'a varint in its shortest form', `${index + 1} bytes that end in a zero`)
    }
    if (index === VARINT_BYTES_MAX - 1 && byte > 1) break
    source.at = start + index + 1
    return high === 0 ? BigInt(low) : (BigInt(high) << 49n) | BigInt(low)
  }
  throw new Malformed(start, 'a varint of at most 64 bits', 'a longer one')
}

/**
 * Folds the signed 64-bit numbers into the unsigned: 0, -1, 1, -2, … become 0,
 * 1, 2, 3, … so that small ones are short whatever their sign. Throws a
 * `RangeError` that names `value` when it is below -2^63 or above 2^63 - 1.
 *
 * @exercise 2.1d From 0 up: twice the number. Below 0: what lies between those.
 */
export function zigzag(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) {
    throw new RangeError(`a signed 64-bit number is from -2^63 to 2^63 - 1, not ${value}`)
  }
  return value < 0n ? -2n * value - 1n : 2n * value
}

/**
 * The number that `zigzag` folded.
 *
 * @exercise 2.1d Odd numbers were below 0.
 */
export function unzigzag(folded: bigint): bigint {
  return folded % 2n === 0n ? folded / 2n : -(folded + 1n) / 2n
}
