/** Reads values from JSON by their schema. */
import { fromBase64 } from '#serialization/base64'
import { Malformed } from '#serialization/decoded'
import type { JsonReader } from '#serialization/json-reader'
import type { Place } from '#serialization/place'
import type { Literal, MapKey, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { inWords, keyStep, oneOf } from '#serialization/words'

/** Reads a value of the schema. Throws `Malformed`, and leaves `place` at the part that is wrong. */
export function readJson(reader: JsonReader, schema: Schema, place: Place): unknown {
  reader.next() // so that errors point at the value, and not at white space before it
  const start = reader.at
  switch (schema.kind) {
    case 'bool':
      return readBool(reader)
    case 'u32':
    case 'u53':
      return readWhole(schema.kind, reader.number(), start)
    case 'f64':
      return readF64(reader)
    case 'u64':
    case 'i64':
      return readBig(schema.kind, reader.string(), start)
    case 'string':
      return reader.string()
    case 'bytes':
      return readBytes(reader)
    case 'literal':
      return readLiteral(reader, schema)
    case 'list':
      return readList(reader, schema.item, place)
    case 'map':
      return readMap(reader, schema, place)
    case 'struct':
      return readStruct(reader, schema, place, {}, undefined)
    case 'union':
      return readUnion(reader, schema, place)
  }
}

function readBool(reader: JsonReader): boolean {
  const start = reader.at
  const word = reader.word()
  if (word === 'null') throw new Malformed(start, 'true or false', 'null')
  return word === 'true'
}

function readWhole(kind: 'u32' | 'u53', text: string, start: number): number {
  const value = Number(text)
  const valueMax = kind === 'u32' ? 0xffffffff : Number.MAX_SAFE_INTEGER
  if (/^\d+$/.test(text) && value <= valueMax) return value
  throw new Malformed(start, `a whole number from 0 to 2^${kind === 'u32' ? 32 : 53} - 1`, inWords(text))
}

function readBig(kind: 'u64' | 'i64', text: string, start: number): bigint {
  if (/^(?:0|-?[1-9]\d{0,19})$/.test(text)) {
    const value = BigInt(text)
    if ((kind === 'u64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value)) === value) return value
  }
  throw new Malformed(start, kind === 'u64' ? '0 to 2^64 - 1 as text' : '-2^63 to 2^63 - 1 as text', inWords(text))
}

function readF64(reader: JsonReader): number {
  const start = reader.at
  if (reader.next() === '"') {
    const text = reader.string()
    if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text)
    throw new Malformed(start, 'a number, or "NaN", "Infinity" or "-Infinity"', inWords(text))
  }
  const text = reader.number()
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw new Malformed(start, 'a number that a double can hold', inWords(text))
}

function readBytes(reader: JsonReader): Uint8Array {
  const start = reader.at
  const text = reader.string()
  const bytes = fromBase64(text)
  if (bytes === undefined) throw new Malformed(start, 'Base64', inWords(text))
  return bytes
}

function readLiteral(reader: JsonReader, { values }: Literal): unknown {
  const start = reader.at
  const mark = reader.next()
  const isText = mark === '"'
  const found = isText ? reader.string() : /[-\d]/.test(mark) ? reader.number() : reader.word()
  const value = values.find((candidate) => (typeof candidate === 'string') === isText && String(candidate) === found)
  if (value === undefined) throw new Malformed(start, oneOf(values), isText ? inWords(found) : found)
  return value
}

function readList(reader: JsonReader, item: Schema, place: Place): readonly unknown[] {
  const items: unknown[] = []
  reader.items((index) => {
    reader.next()
    place.enter(`[${index}]`, reader.at)
    items.push(readJson(reader, item, place))
    place.leave(reader.at)
  })
  return items
}

function readMap(
  reader: JsonReader,
  { key: keySchema, value: valueSchema }: MapOf,
  place: Place,
): ReadonlyMap<unknown, unknown> {
  const entries = new Map<unknown, unknown>()
  reader.members((name, nameAt) => {
    const key = keyOf(keySchema, name, nameAt)
    place.enter(keyStep(key), nameAt)
    entries.set(key, readJson(reader, valueSchema, place))
    place.leave(reader.at)
  })
  return entries
}

/** A key from its text. One key has one text, so a key that comes twice is a name that comes twice. */
function keyOf(schema: MapKey, text: string, at: number): unknown {
  switch (schema.kind) {
    case 'string':
      return text
    case 'bool':
      if (text === 'true' || text === 'false') return text === 'true'
      throw new Malformed(at, '"true" or "false"', inWords(text))
    case 'u64':
    case 'i64':
      return readBig(schema.kind, text, at)
    case 'u32':
    case 'u53':
      if (/^(?:0|[1-9]\d*)$/.test(text)) return readWhole(schema.kind, text, at)
      throw new Malformed(at, 'a whole number as text', inWords(text))
  }
}

/** Reads the members of an object into `value`. `discriminator` is a name that was read already, and is passed over. */
function readStruct(
  reader: JsonReader,
  { fields }: Struct,
  place: Place,
  value: Record<string, unknown>,
  discriminator: string | undefined,
): object {
  const found = new Map<string, unknown>()
  reader.members((name, nameAt) => {
    const field = fields.find((candidate) => candidate.name === name)
    if (field === undefined || name === discriminator) return reader.skip()
    place.enter(`.${name}`, nameAt)
    found.set(name, readJson(reader, field.schema, place))
    place.leave(reader.at)
  })
  for (const { name, optional } of fields) {
    if (found.has(name)) value[name] = found.get(name)
    else if (!optional) throw new Malformed(reader.at - 1, `the field ${JSON.stringify(name)}`, 'the end of the object')
  }
  return value
}

/** Reads an object twice: once up to its discriminator, which may come last, and once all of it. */
function readUnion(reader: JsonReader, { discriminator, cases }: Union, place: Place): object {
  const start = reader.at
  const nameAt = reader.find(discriminator)
  place.enter(`.${discriminator}`, nameAt ?? start)
  if (nameAt === undefined) throw new Malformed(start, oneOfCases(cases), 'an object without it')
  reader.at = nameAt
  const name = reader.string()
  const chosen = cases.find((candidate) => candidate.name === name)
  if (chosen === undefined) throw new Malformed(nameAt, oneOfCases(cases), inWords(name))
  place.leave(reader.at)
  reader.at = start
  return readStruct(reader, chosen.schema, place, { [discriminator]: name }, discriminator)
}

function oneOfCases(cases: readonly { readonly name: string }[]): string {
  return oneOf(cases.map(({ name }) => name))
}
