/**
 * What a reader sees where nothing was written: zero, false, no text, no bytes,
 * nothing in the list, and the first value of a literal (proto3, "Default Field
 * Values"). A writer leaves these out, and a field that is new reads as such in
 * bytes that are old.
 */
import type { Schema } from '#serialization/schema'

/**
 * The default of a schema; of a struct, an object with the defaults of its
 * fields, in which those that may be absent are. A union has none: `undefined`,
 * and so for a struct that must contain one.
 *
 * @exercise 2.5a A case for each kind. Make a new object, list, map and Uint8Array each time.
 */
export function defaultOf(schema: Schema): unknown {
  switch (schema.kind) {
    case 'bool':
      return false
    case 'u32':
    case 'u53':
    case 'f64':
      return 0
    case 'u64':
    case 'i64':
      return 0n
    case 'string':
      return ''
    case 'bytes':
      return new Uint8Array(0)
    case 'literal':
      return schema.values[0]
    case 'list':
      return []
    case 'map':
      return new Map()
    case 'union':
      return undefined
    case 'struct': {
      const value: Record<string, unknown> = {}
      for (const { name, optional, schema: inner } of schema.fields) {
        if (optional) continue
        value[name] = defaultOf(inner)
        if (value[name] === undefined) return undefined
      }
      return value
    }
  }
}

/**
 * Whether a writer leaves out `value`. A struct is written even when all of its
 * fields are left out: whether it is there can be told from its length of 0. Of an
 * f64, -0 is not the default: its bits differ. A whole number has no -0, and writes it as 0.
 *
 * @exercise 2.5a Only of scalars, literals, lists and maps.
 */
export function isDefault(schema: Schema, value: unknown): boolean {
  if (schema.kind === 'struct' || schema.kind === 'union') return false
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0
  if (value instanceof Map) return value.size === 0
  return schema.kind === 'f64' ? Object.is(value, 0) : value === defaultOf(schema)
}
