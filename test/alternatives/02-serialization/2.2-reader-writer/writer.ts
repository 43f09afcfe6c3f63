/**
 * Another writer: it keeps the rest of its chunk as a view that begins where the
 * message does, takes larger chunks, and writes a length that it didn't know by
 * writing the part a second time.
 */
import { writeVarint, writeVarint64 } from '#serialization/varint'

export const CHUNK_SIZE = 65_536

export class Writer {
  /** From the start of the message to the end of the chunk. */
  #room = new Uint8Array(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  finish(): Uint8Array {
    const message = this.#room.subarray(0, this.#length)
    this.#room = this.#room.subarray(this.#length)
    this.#length = 0
    return message
  }

  abandon(): void {
    this.#length = 0
  }

  u8(byte: number): void {
    this.#next(1)[0] = byte
  }

  varint(value: number): void {
    const form = new Uint8Array(10)
    this.raw(form.subarray(0, writeVarint(form, 0, value)))
  }

  varint64(value: bigint): void {
    const form = new Uint8Array(10)
    this.raw(form.subarray(0, writeVarint64(form, 0, value)))
  }

  f64(value: number): void {
    const form = new DataView(new ArrayBuffer(8))
    form.setFloat64(0, Number.isNaN(value) ? Number.NaN : value, true)
    this.raw(new Uint8Array(form.buffer))
  }

  raw(bytes: Uint8Array): void {
    this.#next(bytes.length).set(bytes)
  }

  prefixed(bytes: Uint8Array): void {
    this.varint(bytes.length)
    this.raw(bytes)
  }

  string(text: string): void {
    if (!this.tryString(text)) throw new RangeError('a surrogate without its other half')
  }

  tryString(text: string): boolean {
    const isWhole = !/\p{Surrogate}/u.test(text) // with the flag u, a pair is one character, and no surrogate
    if (isWhole) this.prefixed(new TextEncoder().encode(text))
    return isWhole
  }

  beginPart(): number {
    return this.#length
  }

  endPart(mark: number): void {
    const part = this.#room.slice(mark, this.#length)
    this.#length = mark
    this.prefixed(part)
  }

  #next(count: number): Uint8Array {
    const from = this.#length
    if (from + count > this.#room.length) {
      const larger = new Uint8Array(Math.max(CHUNK_SIZE, 2 * (from + count)))
      larger.set(this.#room.subarray(0, from))
      this.#room = larger
    }
    this.#length += count
    return this.#room.subarray(from, from + count)
  }
}
