// Exercise 2.2, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.2-reader-writer.md, then let `npm run check 2.2` tell you how far you are.
// Stub c52c46fa: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Bytes that are read one part after the other. Nothing is read beyond the end,
 * no length is believed before it was compared with what is left, and nothing is
 * copied: `take` returns a view of the input.
 */
import { Malformed } from '#serialization/decoded'
import { readUtf8 } from '#serialization/utf8'
import { readVarint, readVarint64, type Source } from '#serialization/varint'
import { unimplemented } from '#unimplemented'

/**
 * Reads the bytes from `at` to `end`. Its methods throw `Malformed` with an offset
 * in `bytes`, and then its place is no longer of use. `found` names what is there:
 * the length that was read, or how many bytes are left.
 */
export class Reader implements Source {
  readonly bytes: Uint8Array
  readonly end: number
  at: number
  #view: DataView | undefined
  #buffer: ArrayBufferLike | undefined // kept: the getter is a call that engines don't inline

  /** Throws a `RangeError` unless `at` and `end` lie in `bytes`, in this order. */
  constructor(bytes: Uint8Array, at = 0, end: number = bytes.length) {
    if (!(at >= 0 && at <= end && end <= bytes.length))
      throw new RangeError(`${bytes.length} bytes have no part from ${at} to ${end}`)
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.end - this.at
  }

  /**
   * Reads one byte.
   *
   * @exercise 2.2f Look whether there is one.
   */
  u8(): number {
    throw unimplemented('2.2f', 'Look whether there is one.')
  }

  /** Reads a varint that may be as great as 2^53 - 1. */
  varint(): number {
    return readVarint(this)
  }

  /** Reads a varint that may be as great as 2^64 - 1. */
  varint64(): bigint {
    return readVarint64(this)
  }

  /**
   * Reads a number in the eight bytes of IEEE 754, the lowest first.
   *
   * @exercise 2.2f Eight bytes, little-endian, if there are that many.
   */
  f64(): number {
    throw unimplemented('2.2f', 'Eight bytes, little-endian, if there are that many.')
  }

  /**
   * Reads a length as a varint, of a part that follows it. Throws `Malformed`,
   * with the offset of the length, when fewer bytes than that are left.
   *
   * @exercise 2.2g Believe no length that you have not compared with what is left.
   */
  length(): number {
    throw unimplemented('2.2g', 'Believe no length that you have not compared with what is left.')
  }

  /**
   * Reads `count` bytes, and returns a view of them: it costs the same for ten
   * bytes as for ten million, and shows whatever is written to the input later.
   *
   * @exercise 2.2f A view, if there are that many.
   */
  take(count: number): Uint8Array {
    throw unimplemented('2.2f', 'A view, if there are that many.')
  }

  /** Reads a length and that many bytes, and returns a view of them. */
  prefixed(): Uint8Array {
    return this.take(this.length())
  }

  /**
   * Reads a length and that many bytes of UTF-8, and returns their text as it is. Throws `Malformed` with the
   * offset at which the first sequence begins that is no UTF-8.
   *
   * @exercise 2.2g The length counts bytes. `readUtf8` refuses what is no UTF-8.
   */
  string(): string {
    throw unimplemented('2.2g', 'The length counts bytes. `readUtf8` refuses what is no UTF-8.')
  }

  /**
   * A reader for the next `count` bytes alone, with offsets in the same input.
   * This one moves past them.
   *
   * @exercise 2.2g The part's end is its own: what lies behind it must stay out of its reach.
   */
  part(count: number): Reader {
    throw unimplemented('2.2g', "The part's end is its own: what lies behind it must stay out of its reach.")
  }
}
