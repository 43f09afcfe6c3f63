/**
 * JSON, for people to read and for everything that speaks it, by the schema:
 *
 *     bool              true, false        list     an array
 *     u32 u53 f64       a number           map      an object; keys that are no text as text
 *     u64 i64           digits as text     struct   an object; absent fields are left out
 *     string            text               union    the same, with the discriminator
 *     bytes             Base64             literal  itself
 *
 * What JSON has no number for (NaN, the infinities) is text, as in the JSON
 * mapping of Protobuf. Names that the schema doesn't have are passed over; a
 * name that comes twice is refused.
 */
import { toBase64 } from '#serialization/base64'
import { asBigint, asBoolean, asBytes, asList, asMap, asNumber, asObject, asString } from '#serialization/checked'
import { assertInside, assertLength, decoded, type SpanningCodec } from '#serialization/codec'
import { readJson } from '#serialization/json-read'
import { JsonReader } from '#serialization/json-reader'
import { Place } from '#serialization/place'
import type { Infer, MapOf, Schema, Struct } from '#serialization/schema'

const encoder = new TextEncoder()

export function json<S extends Schema>(schema: S): SpanningCodec<Infer<S>> {
  return {
    encode(value) {
      assertInside(schema, value)
      return assertLength(encoder.encode(textOf(schema, value)))
    },
    decode(bytes, onSpan) {
      const place = new Place(onSpan)
      return decoded(place, bytes, () => {
        const reader = new JsonReader(bytes)
        const value = readJson(reader, schema, place)
        reader.end()
        return value as Infer<S> // `readJson` makes what the schema describes
      })
    },
  }
}

function textOf(schema: Schema, value: unknown): string {
  switch (schema.kind) {
    case 'bool':
      return String(asBoolean(value))
    case 'u32':
    case 'u53':
      return String(asNumber(value))
    case 'f64':
      return textOfF64(asNumber(value))
    case 'u64':
    case 'i64':
      return `"${asBigint(value)}"`
    case 'string':
      return JSON.stringify(asString(value))
    case 'bytes':
      return `"${toBase64(asBytes(value))}"`
    case 'literal':
      return JSON.stringify(value)
    case 'list':
      return `[${Array.from(asList(value), (item) => textOf(schema.item, item)).join(',')}]`
    case 'map':
      return textOfMap(schema, value)
    case 'struct':
      return `{${membersOf(schema, value).join(',')}}`
    case 'union': {
      const name = asObject(value)[schema.discriminator]
      const chosen = schema.cases.find((candidate) => candidate.name === name)
      const first = `${JSON.stringify(schema.discriminator)}:${JSON.stringify(name)}`
      return `{${[first, ...(chosen === undefined ? [] : membersOf(chosen.schema, value))].join(',')}}`
    }
  }
}

function membersOf({ fields }: Struct, value: unknown): readonly string[] {
  const object = asObject(value)
  const members: string[] = []
  for (const { name, schema } of fields) {
    if (object[name] !== undefined) members.push(`${JSON.stringify(name)}:${textOf(schema, object[name])}`)
  }
  return members
}

function textOfMap({ value: schema }: MapOf, value: unknown): string {
  const members: string[] = []
  for (const [key, item] of asMap(value)) members.push(`${JSON.stringify(String(key))}:${textOf(schema, item)}`)
  return `{${members.join(',')}}`
}

function textOfF64(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? String(value) : `"${value}"`
}
