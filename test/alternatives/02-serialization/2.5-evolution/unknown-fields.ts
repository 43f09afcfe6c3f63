/** Unknown fields in one array, which doubles when it is full, and is copied to its length at the end. */
import { Malformed } from '#serialization/decoded'
import type { Reader } from '#serialization/reader'
import { EIGHT_BYTES, FOUR_BYTES, VARINT, type WireType } from '#serialization/wire'

export const UNKNOWN_FIELDS: unique symbol = Symbol('unknown fields')

export const UNKNOWN_FIELDS_CASE: unique symbol = Symbol('case of the unknown fields')

export const UNKNOWN_BESIDE_CASE: unique symbol = Symbol('unknown fields beside the case')

export function skipValue(reader: Reader, wireType: WireType): void {
  const start = reader.at
  if (wireType === VARINT) {
    let count = 1
    let last = reader.u8()
    for (; last >= 0x80; count++) last = reader.u8()
    const isTooLong = count > 10 || (count === 10 && last > 1)
    if (isTooLong || (last === 0 && count > 1)) throw new Malformed(start, 'a varint of 64 bits', `${count} bytes`)
    return
  }
  const length = wireType === EIGHT_BYTES ? 8 : wireType === FOUR_BYTES ? 4 : reader.length()
  if (length > reader.remaining) throw new Malformed(start, `${length} bytes`, `${reader.remaining}`)
  reader.at += length
}

export class UnknownFields {
  #room = new Uint8Array(0)
  #length = 0

  keep(reader: Reader, wireType: WireType, tagAt: number): void {
    skipValue(reader, wireType)
    const field = reader.bytes.subarray(tagAt, reader.at)
    const needed = this.#length + field.length
    if (needed > this.#room.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#room.length))
      larger.set(this.#room)
      this.#room = larger
    }
    this.#room.set(field, this.#length)
    this.#length = needed
  }

  finish(): Uint8Array | undefined {
    return this.#length === 0 ? undefined : this.#room.slice(0, this.#length)
  }
}
