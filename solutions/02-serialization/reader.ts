/**
 * Bytes that are read one part after the other. Nothing is read beyond the end,
 * no length is believed before it was compared with what is left, and nothing is
 * copied: `take` returns a view of the input.
 */
import { Malformed } from '#serialization/decoded'
import { readUtf8 } from '#serialization/utf8'
import { readVarint, readVarint64, type Source } from '#serialization/varint'

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
    if (this.at >= this.end) throw new Malformed(this.at, '1 more byte', 'the end of the input')
    return this.bytes[this.at++] as number // at < end <= bytes.length
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
    if (this.remaining < 8)
      throw new Malformed(this.at, '8 bytes of a number', `${this.remaining} before the end of the input`)
    this.#view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
    const value = this.#view.getFloat64(this.at, true)
    this.at += 8
    return value
  }

  /**
   * Reads a length as a varint, of a part that follows it. Throws `Malformed`,
   * with the offset of the length, when fewer bytes than that are left.
   *
   * @exercise 2.2g Believe no length that you have not compared with what is left.
   */
  length(): number {
    const start = this.at
    const length = readVarint(this)
    if (length <= this.remaining) return length
    throw new Malformed(start, `a length of at most ${this.remaining}, the bytes that are left`, String(length))
  }

  /**
   * Reads `count` bytes, and returns a view of them: it costs the same for ten
   * bytes as for ten million, and shows whatever is written to the input later.
   *
   * @exercise 2.2f A view, if there are that many.
   */
  take(count: number): Uint8Array {
    if (count > this.remaining)
      throw new Malformed(this.at, `${count} bytes`, `${this.remaining} before the end of the input`)
    this.#buffer ??= this.bytes.buffer
    const part = new Uint8Array(this.#buffer, this.bytes.byteOffset + this.at, count)
    this.at += count
    return part
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
    const length = this.length()
    const text = readUtf8(this.bytes, this.at, this.at + length)
    this.at += length
    return text
  }

  /**
   * A reader for the next `count` bytes alone, with offsets in the same input.
   * This one moves past them.
   *
   * @exercise 2.2g The part's end is its own: what lies behind it must stay out of its reach.
   */
  part(count: number): Reader {
    if (count > this.remaining)
      throw new Malformed(this.at, `${count} bytes`, `${this.remaining} before the end of the input`)
    const part = new Reader(this.bytes, this.at, this.at + count)
    this.at += count
    return part
  }
}
