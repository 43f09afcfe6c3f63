/** Bytes for values, and values for bytes: what every format of this chapter makes of a schema. */
import { type Decoded, Malformed } from '#serialization/decoded'
import type { Place, Span } from '#serialization/place'
import type { Schema } from '#serialization/schema'
import { faultOf, OutsideSchema } from '#serialization/validate'

export interface Codec<T> {
  /** The bytes of `value`. Throws `OutsideSchema`, with the path, when the schema doesn't describe it. */
  encode(value: T): Uint8Array
  /**
   * The value of `bytes`, all of them, or what is wrong with them and where. It
   * never throws, whatever the bytes. The value keeps nothing of `bytes`: write
   * to them again, and it stays as it is.
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

/** What `read` returns or throws as one of two results. An error that is not `Malformed` is a bug, and passes through. */
export function decoded<T>(place: Place, read: () => T): Decoded<T> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const { offset, expected, found } = error
    return { ok: false, error: { path: place.path, offset, expected, found } }
  }
}
