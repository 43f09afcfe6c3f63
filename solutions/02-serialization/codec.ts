/** Bytes for values, and values for bytes: what every format of this chapter makes of a schema. */
import { type Decoded, Malformed } from '#serialization/decoded'
import type { Place, Span } from '#serialization/place'
import type { Schema } from '#serialization/schema'
import { faultOf, OutsideSchema } from '#serialization/validate'

/** The longest message that is written or read: 32 MiB. Engines end a program that makes much longer lists of it. */
export const MESSAGE_BYTES_MAX = 32 * 1_024 * 1_024

export interface Codec<T> {
  /**
   * The bytes of `value`: a view of a larger buffer in which other messages lie as
   * well, so don't transfer it. Throws `OutsideSchema`, with the path, when the schema
   * doesn't describe the value, and a `RangeError` above `MESSAGE_BYTES_MAX`.
   */
  encode(value: T): Uint8Array
  /**
   * The value of `bytes`, all of them, or what is wrong with them and where. It throws
   * no error, whatever the bytes; more than `MESSAGE_BYTES_MAX` are refused. It takes
   * memory in proportion to the length, by a factor that belongs to the schema and may
   * be hundreds: a long message, though valid, can end the process, so bound the length.
   * The value keeps nothing of `bytes`: write to them again, and it stays as it is.
   */
  decode(bytes: Uint8Array): Decoded<T>
}

/** A codec that can also say which bytes it took for what. */
export interface SpanningCodec<T> extends Codec<T> {
  /** As `decode`, and calls `onSpan` for each part of the value, inner parts first, also of those before an error. */
  decode(bytes: Uint8Array, onSpan?: (span: Span) => void): Decoded<T>
}

/** Throws `OutsideSchema` if the schema does not describe the value. */
export function assertInside(schema: Schema, value: unknown): void {
  const fault = faultOf(schema, value)
  if (fault !== undefined) throw new OutsideSchema(fault)
}

/** The message, unless it is longer than a decoder would take. */
export function assertLength(message: Uint8Array): Uint8Array {
  if (message.length <= MESSAGE_BYTES_MAX) return message
  throw new RangeError(`a message has at most ${MESSAGE_BYTES_MAX} bytes, not ${message.length}`)
}

/**
 * What `read` returns or throws as one of two results. An error that is not
 * `Malformed` is a bug, and passes through. `bytes` that are too long are not read.
 */
export function decoded<T>(place: Place, bytes: Uint8Array, read: () => T): Decoded<T> {
  if (bytes.length > MESSAGE_BYTES_MAX) {
    const expected = `at most ${MESSAGE_BYTES_MAX} bytes`
    return { ok: false, error: { path: '', offset: 0, expected, found: String(bytes.length) } }
  }
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const { offset, expected, found } = error
    return { ok: false, error: { path: place.path, offset, expected, found } }
  }
}
