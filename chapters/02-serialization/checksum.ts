// Exercise 2.6, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.6-checksum.md, then let `npm run check 2.6` tell you how far you are.
// Stub a6778d7a: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * CRC-32C: a number of 32 bits that changes with every small change of the bytes
 * that it was made from (Castagnoli, Bräuer and Herrmann, 1993; RFC 3720, section
 * 12.1 and appendix B.4).
 *
 * The bytes are read as one long binary number and divided by a fixed one, without
 * carries, so that subtracting is xor. What is left over is the checksum. It finds
 * every single flipped bit, and every damage that lies within 32 bits in a row. It
 * keeps no secret: whoever changes bytes on purpose can make the sum fit.
 */
import { unimplemented } from '#unimplemented'

/** 0x1EDC6F41 with its bits in reverse, for a division that begins at the lowest bit of each byte. */
const CASTAGNOLI = 0x82f63b78

/** What 256 values of a byte leave over: of the byte itself, and with one, two and three zero bytes after it. */
const LEFT_OVER = leftOverOf(CASTAGNOLI)

/**
 * The CRC-32C of `bytes`, from 0 to 2^32 - 1. `before` is the sum of what stands
 * before them, if they continue something: `crc32c(b, crc32c(a))` is the sum of `a`
 * with `b` after it. The sum of no bytes is 0.
 *
 * @exercise 2.6a Complement what came before, divide byte by byte with `afterByte`, complement again.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  throw unimplemented('2.6a', 'Complement what came before, divide byte by byte with `afterByte`, complement again.')
}

/** Divides on by one byte, which the caller has xored into the lowest eight bits of the remainder. */
function afterByte(remainder: number): number {
  return leftOver(0, remainder) ^ (remainder >>> 8)
}

/** The same as four times `afterByte`, in one step: the four look-ups don't wait for each other. Faster, and never needed. */
function afterFourBytes(remainder: number): number {
  return (
    leftOver(3, remainder) ^
    leftOver(2, remainder >>> 8) ^
    leftOver(1, remainder >>> 16) ^
    leftOver(0, remainder >>> 24)
  )
}

/** What the lowest byte of `bits` leaves over when `zeros` zero bytes follow it. */
function leftOver(zeros: number, bits: number): number {
  return LEFT_OVER[(zeros << 8) | (bits & 0xff)] as number // zeros <= 3, so the index is below 1,024
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number // every caller stays below bytes.length
}

/** Divides each value of a byte by the polynomial, bit by bit; then once more for each zero byte that follows. */
function leftOverOf(polynomial: number): Int32Array {
  const table = new Int32Array(4 * 256)
  for (let index = 0; index < table.length; index++) {
    let remainder = index < 256 ? index : (table[index - 256] ?? 0)
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0)
    table[index] = remainder
  }
  return table
}
