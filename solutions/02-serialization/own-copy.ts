/**
 * Copies of what is decoded. The byte arrays of a decoded value are views of the
 * message, and a buffer that is received into is soon written to again: so the
 * message is copied first, once, and not each of its parts.
 */
import type { Schema } from '#serialization/schema'
import { Writer } from '#serialization/writer'

/** Copies messages of a schema. Those that have no byte arrays in them needn't be. */
export class OwnCopy {
  readonly #chunks: Writer | undefined

  constructor(schema: Schema) {
    this.#chunks = hasBytes(schema) ? new Writer() : undefined
  }

  /** The same bytes, in memory to which nobody else writes. */
  of(bytes: Uint8Array): Uint8Array {
    if (this.#chunks === undefined) return bytes
    this.#chunks.raw(bytes)
    return this.#chunks.finish()
  }
}

/** A part that stands in several places is looked at once. */
function hasBytes(schema: Schema, seen: Set<Schema> = new Set()): boolean {
  if (seen.has(schema)) return false // or it would have been found there
  seen.add(schema)
  switch (schema.kind) {
    case 'bytes':
      return true
    case 'list':
      return hasBytes(schema.item, seen)
    case 'map':
      return hasBytes(schema.value, seen)
    case 'struct':
      return schema.fields.some((field) => hasBytes(field.schema, seen))
    case 'union':
      return schema.cases.some((each) => hasBytes(each.schema, seen))
    default:
      return false
  }
}
