/** Defaults by a table of constructors for scalars, and whether something is one by looking at its size or at whether it is falsy. */
import type { ScalarKind, Schema } from '#serialization/schema'

const scalars: Readonly<Record<ScalarKind, () => unknown>> = {
  bool: Boolean,
  u32: Number,
  u53: Number,
  f64: Number,
  u64: () => BigInt(0),
  i64: () => BigInt(0),
  string: String,
  bytes: () => Uint8Array.of(),
}

export function defaultOf(schema: Schema): unknown {
  if (schema.kind === 'literal') return schema.values[0]
  if (schema.kind === 'list') return []
  if (schema.kind === 'map') return new Map()
  if (schema.kind === 'union') return undefined
  if (schema.kind !== 'struct') return scalars[schema.kind]()
  const entries = schema.fields
    .filter((field) => !field.optional)
    .map((field): readonly [string, unknown] => [field.name, defaultOf(field.schema)])
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries)
}

export function isDefault(schema: Schema, value: unknown): boolean {
  switch (schema.kind) {
    case 'struct':
    case 'union':
      return false
    case 'literal':
      return value === schema.values[0]
    case 'f64':
      return value === 0 && 1 / value > 0
    case 'bytes':
      return value instanceof Uint8Array && value.byteLength === 0
    case 'list':
      return Array.isArray(value) && value.length === 0
    case 'map':
      return value instanceof Map && value.size === 0
    default:
      return !value
  }
}
