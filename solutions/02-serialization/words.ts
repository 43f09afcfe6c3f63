/** Schemas and values in words, for the text of an error. */
import type { Schema } from '#serialization/schema'

/** A key of a map as a step of a path, cut off if it is long: a path is no place for a megabyte. */
export function keyStep(key: unknown): string {
  return `[${typeof key === 'bigint' ? key : inWords(key)}]`
}

/** The path of a field or a case within what stands at `path`: `''` is the whole. */
export function fieldPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** A byte, for an error. */
export function byteInWords(byte: number): string {
  return `the byte 0x${byte.toString(16).padStart(2, '0')}`
}

/** What a schema asks for, in words. */
export function expectation(schema: Schema): string {
  return schema.kind === 'literal' ? oneOf(schema.values) : EXPECTATIONS[schema.kind]
}

const EXPECTATIONS: Readonly<Record<Exclude<Schema['kind'], 'literal'>, string>> = {
  bool: 'a boolean',
  u32: 'a whole number from 0 to 2^32 - 1',
  u53: 'a whole number from 0 to 2^53 - 1',
  u64: 'a bigint from 0 to 2^64 - 1',
  i64: 'a bigint from -2^63 to 2^63 - 1',
  f64: 'a number',
  string: 'a string without half of a surrogate pair',
  bytes: 'a Uint8Array',
  list: 'a list',
  map: 'a Map',
  struct: 'an object',
  union: 'an object',
}

const SHOWN_VALUES_MAX = 12
const SHOWN_LENGTH_MAX = 60

/** The values between which there is a choice, or the first of them if there are many. */
export function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, SHOWN_VALUES_MAX).map(inWords)
  if (values.length === 1) return shown.join()
  const more = values.length - shown.length
  return `one of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A value that somebody passed, short enough for an error. */
export function inWords(value: unknown): string {
  const text = shown(value)
  if (text.length <= SHOWN_LENGTH_MAX) return text
  return `${text.slice(0, SHOWN_LENGTH_MAX).replace(/[\ud800-\udbff]$/, '')}…` // no half of a pair is left at the cut
}

function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN_LENGTH_MAX + 1))
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (ArrayBuffer.isView(value)) return `${classOf(value)} of ${value.byteLength} bytes`
  if (typeof value === 'object' && value !== null) return `an object of ${classOf(value)}`
  return String(value)
}

/** The name of its class. A `constructor` that is no function is a property like any other. */
function classOf(value: object): string {
  return typeof value.constructor === 'function' ? value.constructor.name : 'no class'
}
