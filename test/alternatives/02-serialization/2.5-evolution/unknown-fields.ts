/** Unknown fields in an array that is made anew, one field longer, each time: fine for the few that there are. */
import { Malformed } from '#serialization/decoded'
import type { Reader } from '#serialization/reader'
import { EIGHT_BYTES, FOUR_BYTES, VARINT, type WireType } from '#serialization/wire'

export const UNKNOWN_FIELDS: unique symbol = Symbol('unknown fields')

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
  #bytes = new Uint8Array(0)

  keep(reader: Reader, wireType: WireType, tagAt: number): void {
    skipValue(reader, wireType)
    const before = this.#bytes
    this.#bytes = new Uint8Array(before.length + reader.at - tagAt)
    this.#bytes.set(before)
    this.#bytes.set(reader.bytes.subarray(tagAt, reader.at), before.length)
  }

  finish(): Uint8Array | undefined {
    return this.#bytes.length === 0 ? undefined : this.#bytes
  }
}
