/** Another reader: every read asks one method for its bytes, and that method alone looks at the end. */
import { Malformed } from '#serialization/decoded'
import { readUtf8 } from '#serialization/utf8'
import { readVarint, readVarint64, type Source } from '#serialization/varint'

export class Reader implements Source {
  readonly bytes: Uint8Array
  readonly end: number
  at: number

  constructor(bytes: Uint8Array, at = 0, end: number = bytes.length) {
    if (!(0 <= at && at <= end && end <= bytes.length)) throw new RangeError(`no part from ${at} to ${end}`)
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  get remaining(): number {
    return this.end - this.at
  }

  u8(): number {
    return this.take(1)[0] ?? 0
  }

  varint(): number {
    return readVarint(this)
  }

  varint64(): bigint {
    return readVarint64(this)
  }

  f64(): number {
    const littleEndian = this.take(8)
    return new DataView(littleEndian.buffer, littleEndian.byteOffset).getFloat64(0, true)
  }

  length(): number {
    const start = this.at
    const length = this.varint()
    if (start + length > this.end || this.at + length > this.end) {
      throw new Malformed(start, 'the length of something that is there', `${length}`)
    }
    return length
  }

  take(count: number): Uint8Array {
    return this.#advance(count, (from, to) => this.bytes.subarray(from, to))
  }

  prefixed(): Uint8Array {
    return this.take(this.length())
  }

  string(): string {
    return this.#advance(this.length(), (from, to) => readUtf8(this.bytes, from, to))
  }

  part(count: number): Reader {
    return this.#advance(count, (from, to) => new Reader(this.bytes, from, to))
  }

  #advance<T>(count: number, read: (from: number, to: number) => T): T {
    const [from, to] = [this.at, this.at + count]
    if (to > this.end) throw new Malformed(from, `${count} bytes more`, `${this.remaining}`)
    const value = read(from, to)
    this.at = to
    return value
  }
}
