/** How few bytes a value can take in the compact format: what a claim of many values is held against. */
import type { Schema } from '#serialization/schema'
import { fieldPath } from '#serialization/words'

/**
 * The least number of bytes of any value of the schema. Throws a `TypeError`,
 * with the path, for a list or a map whose items may take none: a length of four
 * billion would then be no lie, and no input long enough to refuse it by.
 */
export function lengthMin(schema: Schema, path = ''): number {
  switch (schema.kind) {
    case 'f64':
      return 8
    case 'list':
      if (lengthMin(schema.item, `${path}[]`) > 0) return 1
      throw new TypeError(`${path === '' ? 'the value' : path}: a list's items must take a byte at least`)
    case 'map':
      lengthMin(schema.value, `${path}[]`) // a key takes a byte at least
      return 1
    case 'struct': {
      const fields = schema.fields.map((field) => {
        const inner = lengthMin(field.schema, fieldPath(path, field.name))
        return field.optional ? 1 : inner
      })
      return fields.reduce((sum, length) => sum + length, 0)
    }
    case 'union':
      for (const { name, schema: inner } of schema.cases) lengthMin(inner, fieldPath(path, name))
      return 1
    default:
      return 1
  }
}
