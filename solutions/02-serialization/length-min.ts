/** How few bytes a value takes in the compact format: a claim of many values is held against it. */
import type { Schema } from '#serialization/schema'
import { fieldPath } from '#serialization/words'

/**
 * A number of bytes that no value of the schema falls below. For a union it is 1,
 * though all of its cases may take more: it looks at no part that a reader of a
 * value may not come to, and so costs no more than reading one value.
 */
export function lengthMin(schema: Schema): number {
  if (schema.kind === 'f64') return 8
  if (schema.kind !== 'struct') return 1
  return schema.fields.reduce((sum, { optional, schema: inner }) => sum + (optional ? 1 : lengthMin(inner)), 0)
}

/**
 * Throws a `TypeError`, with the path, if there is a list in the schema whose items may
 * take no byte: a length of four billion would then be no lie, and no input long
 * enough to refuse it by. A part that stands in several places is looked at once, in the first.
 */
export function assertItemsTakeBytes(schema: Schema, path = '', seen: Set<Schema> = new Set()): void {
  if (seen.has(schema)) return
  seen.add(schema)
  switch (schema.kind) {
    case 'list':
      assertItemsTakeBytes(schema.item, `${path}[]`, seen)
      if (lengthMin(schema.item) > 0) return
      throw new TypeError(`${path === '' ? 'the value' : path}: a list's items must take a byte at least`)
    case 'map':
      return assertItemsTakeBytes(schema.value, `${path}[]`, seen) // an entry takes a byte at least: its key
    case 'struct':
      for (const field of schema.fields) assertItemsTakeBytes(field.schema, fieldPath(path, field.name), seen)
      return
    case 'union':
      for (const each of schema.cases) assertItemsTakeBytes(each.schema, fieldPath(path, each.name), seen)
  }
}
