/** How few bytes a value can take in the compact format: what a claim of many values is held against. */
import type { Schema } from '#serialization/schema'
import { fieldPath } from '#serialization/words'

/**
 * The least number of bytes of any value of the schema. It looks at no part that a
 * reader of a value may not come to, so it costs no more than reading one value.
 */
export function lengthMin(schema: Schema): number {
  if (schema.kind === 'f64') return 8
  if (schema.kind !== 'struct') return 1
  return schema.fields.reduce((sum, { optional, schema: inner }) => sum + (optional ? 1 : lengthMin(inner)), 0)
}

/**
 * Throws a `TypeError`, with the path, if there is a list in the schema whose items may
 * take no byte: a length of four billion would then be no lie, and no input long
 * enough to refuse it by.
 */
export function assertItemsTakeBytes(schema: Schema, path = ''): void {
  switch (schema.kind) {
    case 'list':
      assertItemsTakeBytes(schema.item, `${path}[]`)
      if (lengthMin(schema.item) > 0) return
      throw new TypeError(`${path === '' ? 'the value' : path}: a list's items must take a byte at least`)
    case 'map':
      return assertItemsTakeBytes(schema.value, `${path}[]`) // an entry takes a byte at least: its key
    case 'struct':
      for (const field of schema.fields) assertItemsTakeBytes(field.schema, fieldPath(path, field.name))
      return
    case 'union':
      for (const each of schema.cases) assertItemsTakeBytes(each.schema, fieldPath(path, each.name))
  }
}
