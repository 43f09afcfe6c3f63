/**
 * Parts of a value that has been validated, with their types. `faultOf` has
 * looked at the value already, so a part of another type is a bug, and throws.
 */
import { inWords } from '#serialization/words'

/** The value, which is a boolean. */
export function asBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw unvalidated('a boolean', value)
}

/** The value, which is a number. */
export function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  throw unvalidated('a number', value)
}

/** The value, which is a bigint. */
export function asBigint(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  throw unvalidated('a bigint', value)
}

/** The value, which is a string. */
export function asString(value: unknown): string {
  if (typeof value === 'string') return value
  throw unvalidated('a string', value)
}

/** The value, which is a `Uint8Array`. */
export function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw unvalidated('a Uint8Array', value)
}

/** The value, which is an array. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw unvalidated('an array', value)
}

/** The value, which is a `Map`. */
export function asMap(value: unknown): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) return value
  throw unvalidated('a Map', value)
}

/** Its properties by name; by symbol as well, for what a decoder has hung on it. */
export function asObject(value: unknown): Readonly<Record<string | symbol, unknown>> {
  if (isObject(value)) return value
  throw unvalidated('an object', value)
}

/** Whether it has properties to look at: any object, also an array or a Map, and not null. */
export function isObject(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null
}

/** The error for a discriminator that names no case. */
export function unknownCase(name: unknown): TypeError {
  return new TypeError(`expected the name of a case in a validated value, found ${inWords(name)}`)
}

function unvalidated(expected: string, value: unknown): TypeError {
  return new TypeError(`expected ${expected} in a validated value, found ${typeof value}`)
}
