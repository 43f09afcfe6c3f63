/**
 * Fields that a reader's schema doesn't have. A program that is older than its
 * neighbours reads messages, changes a field, and passes them on. What it doesn't
 * know must survive that.
 */
import type { Reader } from '#serialization/reader'
import { EIGHT_BYTES, FOUR_BYTES, LENGTH_PREFIXED, VARINT, type WireType } from '#serialization/wire'

/**
 * The property of a decoded struct under which its unknown fields are kept: their
 * bytes, tags included, in the order in which they came. It is enumerable, so
 * `{ ...message, done: true }` takes it along.
 */
export const UNKNOWN_FIELDS: unique symbol = Symbol('unknown fields')

/**
 * The property of a union's value with the number of the case whose struct the
 * `UNKNOWN_FIELDS` came in. `{ ...message, kind: 'put' }` takes them along, and in
 * another case their numbers may mean something else.
 */
export const UNKNOWN_FIELDS_CASE: unique symbol = Symbol('case of the unknown fields')

/** As `UNKNOWN_FIELDS`, for fields that stand in a union's message beside the one of its case. */
export const UNKNOWN_BESIDE_CASE: unique symbol = Symbol('unknown fields beside the case')

/**
 * Moves past the value of a field, of which nothing but its wire type is known.
 * Throws `Malformed`, as the reader does, when the value isn't all there, and when
 * it is a varint that is padded or has more than 64 bits: a message in which the
 * newer program would refuse a field isn't fine for the older one.
 *
 * @exercise 2.5b Each wire type tells where its value ends.
 */
export function skipValue(reader: Reader, wireType: WireType): void {
  switch (wireType) {
    case VARINT:
      reader.varint64()
      return
    case EIGHT_BYTES:
      reader.take(8)
      return
    case FOUR_BYTES:
      reader.take(4)
      return
    case LENGTH_PREFIXED:
      reader.prefixed()
      return
  }
}

/** A part of a message, from one offset to another. */
interface Stretch {
  readonly bytes: Uint8Array
  readonly from: number
  to: number
}

/** Collects the unknown fields of one message. */
export class UnknownFields {
  /**
   * Parts of the message, until `finish` copies them. Most messages have none, and
   * shouldn't pay for a list. Fields that follow one another are one part: a
   * megabyte may be half a million of them.
   */
  #kept: Stretch[] | undefined

  /**
   * Steps over a field whose tag has been read, and began at `tagAt`, and keeps its
   * bytes. Takes the time of these bytes, however many were kept before.
   *
   * @exercise 2.5b Skip the value, and keep everything from the tag on. A field right behind the last one makes its part longer.
   */
  keep(reader: Reader, wireType: WireType, tagAt: number): void {
    skipValue(reader, wireType)
    this.#kept ??= []
    const last = this.#kept.at(-1)
    if (last?.to === tagAt) last.to = reader.at
    else this.#kept.push({ bytes: reader.bytes, from: tagAt, to: reader.at })
  }

  /**
   * A copy of all that was kept, one field after the other, or nothing if there
   * was none. It has no room to spare: a list of a million small messages, each
   * with an unknown field, must not take more than it has to. The message may be a
   * `Buffer`, whose `slice` returns a view.
   *
   * @exercise 2.5b One array of the length that all of it has.
   */
  finish(): Uint8Array | undefined {
    if (this.#kept === undefined) return undefined
    const all = new Uint8Array(this.#kept.reduce((length, { from, to }) => length + to - from, 0))
    let at = 0
    for (const { bytes, from, to } of this.#kept) {
      all.set(bytes.subarray(from, to), at)
      at += to - from
    }
    return all
  }
}
