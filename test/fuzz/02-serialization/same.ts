/** Whether two decoded values are the same, and whether one is what `JSON.parse` made of the same text. */
import { fromBase64 } from '#serialization/base64'
import type { MapOf, Schema, Struct } from '#serialization/schema'

/** To the last bit: -0 is not 0, and maps have their order. Symbols count, for they hold unknown fields. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (left instanceof Uint8Array) return right instanceof Uint8Array && isSameBytes(left, right)
  if (Array.isArray(left)) return Array.isArray(right) && isSameList(left, right)
  if (left instanceof Map) return right instanceof Map && isSameList([...left], [...right])
  const keys = Reflect.ownKeys(left)
  if (keys.length !== Reflect.ownKeys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isSame(Reflect.get(left, key), Reflect.get(right, key)))
}

export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => isSame(item, right[index]))
}

/** Whether `value`, which a decoder read by the schema, is what `parsed` says, which `JSON.parse` read without it. */
export function isWhatParsed(schema: Schema, value: unknown, parsed: unknown): boolean {
  switch (schema.kind) {
    case 'f64':
      return Object.is(value, typeof parsed === 'string' ? Number(parsed) : parsed)
    case 'u64':
    case 'i64':
      return typeof value === 'bigint' && parsed === String(value)
    case 'bytes':
      return typeof parsed === 'string' && isSame(value, fromBase64(parsed))
    case 'list': {
      const { item } = schema
      if (!Array.isArray(parsed) || !Array.isArray(value) || value.length !== parsed.length) return false
      return value.every((each, index) => isWhatParsed(item, each, parsed[index]))
    }
    case 'map':
      return isObject(parsed) && value instanceof Map && isWhatMapParsed(schema, value, parsed)
    case 'struct':
      return isObject(parsed) && isObject(value) && isWhatStructParsed(schema, value, parsed)
    case 'union': {
      if (!isObject(parsed) || !isObject(value)) return false
      const chosen = schema.cases.find(({ name }) => name === parsed[schema.discriminator])
      if (chosen === undefined || value[schema.discriminator] !== chosen.name) return false
      return isWhatStructParsed(chosen.schema, value, parsed)
    }
    default:
      return value === parsed
  }
}

function isWhatMapParsed({ value: schema }: MapOf, value: ReadonlyMap<unknown, unknown>, parsed: Properties): boolean {
  if (value.size !== Object.keys(parsed).length) return false
  for (const [key, item] of value) {
    const name = String(key)
    if (!Object.hasOwn(parsed, name) || !isWhatParsed(schema, item, parsed[name])) return false
  }
  return true
}

function isWhatStructParsed({ fields }: Struct, value: Properties, parsed: Properties): boolean {
  return fields.every(({ name, schema }) =>
    Object.hasOwn(parsed, name) ? isWhatParsed(schema, value[name], parsed[name]) : !Object.hasOwn(value, name),
  )
}

type Properties = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
