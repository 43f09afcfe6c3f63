// Exercise 2.1, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.1-varint.md, then let `npm run check 2.1` tell you how far you are.
// Stub 1972574b: by this fingerprint `npm run reset` knows whether you have edited the file.

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
import { unimplemented } from '#unimplemented'

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
  throw unimplemented('2.1a', 'Count the groups of seven bits: one at least.')
}

/**
 * Writes `value` into `bytes` from `at` on, and returns the offset after it.
 * There must be room. Throws a `RangeError` that names `value`, and writes
 * nothing, when it is not a safe integer from 0 up.
 *
 * @exercise 2.1a Write seven bits at a time, the lowest first. Mind what `>>` does to 2^31 and more.
 */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  throw unimplemented('2.1a', 'Write seven bits at a time, the lowest first. Mind what `>>` does to 2^31 and more.')
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
  throw unimplemented('2.1b', 'Add up groups of seven bits without leaving what a number can hold exactly.')
}

/**
 * Writes a 64-bit number, as `writeVarint` does. Throws a `RangeError` that names
 * `value`, and writes nothing, when it is below 0 or above 2^64 - 1.
 *
 * @exercise 2.1c The same with `bigint`. Most numbers are small: let them take the fast way.
 */
export function writeVarint64(bytes: Uint8Array, at: number, value: bigint): number {
  throw unimplemented('2.1c', 'The same with `bigint`. Most numbers are small: let them take the fast way.')
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
  throw unimplemented('2.1c', 'Seven groups fit into one number exactly, and the other three into a second one.')
}

/**
 * Folds the signed 64-bit numbers into the unsigned: 0, -1, 1, -2, … become 0,
 * 1, 2, 3, … so that small ones are short whatever their sign. Throws a
 * `RangeError` that names `value` when it is below -2^63 or above 2^63 - 1.
 *
 * @exercise 2.1d From 0 up: twice the number. Below 0: what lies between those.
 */
export function zigzag(value: bigint): bigint {
  throw unimplemented('2.1d', 'From 0 up: twice the number. Below 0: what lies between those.')
}

/**
 * The number that `zigzag` folded.
 *
 * @exercise 2.1d Odd numbers were below 0.
 */
export function unzigzag(folded: bigint): bigint {
  throw unimplemented('2.1d', 'Odd numbers were below 0.')
}
