/** Whether values of two versions mean the same, and whether a writer must write them. Independent of what readers of the book write. */
import { isDeepStrictEqual } from 'node:util'
import type { Schema } from '#serialization/schema'

const wholeNumbers: readonly Schema['kind'][] = ['bool', 'u32', 'u53', 'u64']

/**
 * Whether what was meant is what was seen: the same number, be it a `number` or
 * a `bigint`, with false for 0 and true for 1; the same bytes, be they text; and
 * within one kind the same value.
 */
export function isSame(writer: Schema, reader: Schema, meant: unknown, seen: unknown): boolean {
  if (meant === undefined || seen === undefined) return meant === seen
  if (wholeNumbers.includes(writer.kind) && wholeNumbers.includes(reader.kind))
    return inDigits(meant) === inDigits(seen)
  const kinds = [writer.kind, reader.kind]
  if (kinds.includes('string') && kinds.includes('bytes')) return isDeepStrictEqual(inBytes(meant), inBytes(seen))
  return writer.kind === reader.kind && isDeepStrictEqual(meant, seen)
}

function inDigits(value: unknown): string {
  return String(typeof value === 'boolean' ? Number(value) : value)
}

function inBytes(value: unknown): unknown {
  return typeof value === 'string'
    ? new TextEncoder().encode(value)
    : value instanceof Uint8Array
      ? value.slice()
      : value
}

/** Whether a writer writes the field: not what is absent, and not the default of what may not be absent. */
export function isWritten(
  { optional, schema }: { readonly optional: boolean; readonly schema: Schema },
  value: unknown,
): boolean {
  if (value === undefined) return false
  return optional || !isZero(schema, value)
}

function isZero(schema: Schema, value: unknown): boolean {
  if (schema.kind === 'literal') return value === schema.values[0]
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0
  if (value instanceof Map) return value.size === 0
  return Object.is(value, 0) || value === 0n || value === '' || value === false
}
