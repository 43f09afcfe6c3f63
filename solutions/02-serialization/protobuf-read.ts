/**
 * Reads the fields of Protobuf messages, in whatever order they come. Fields that
 * the schema doesn't have are kept as they are; for fields that don't come, the
 * default is read.
 */
import { Malformed } from '#serialization/decoded'
import { defaultOf } from '#serialization/defaults'
import type { Place } from '#serialization/place'
import type { Message } from '#serialization/protobuf-form'
import type { Reader } from '#serialization/reader'
import { isLeaf, readLeaf } from '#serialization/scalars'
import type { Case, Field, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { UNKNOWN_BESIDE_CASE, UNKNOWN_FIELDS, UNKNOWN_FIELDS_CASE, UnknownFields } from '#serialization/unknown-fields'
import { LENGTH_PREFIXED, readTag, type Tag, wireTypeInWords, wireTypeOf } from '#serialization/wire'
import { keyStep } from '#serialization/words'

/** Reads a message that takes all that is left of `reader`. */
export function readMessage(reader: Reader, message: Message, place: Place): object {
  return message.kind === 'struct' ? readStruct(reader, message, place) : readUnion(reader, message, place)
}

/**
 * Reads the fields of a struct into a new object, or into `value`.
 *
 * @exercise 2.4g Fields come in any order, some of them never, and some were never heard of.
 */
function readStruct(
  reader: Reader,
  { fields }: Struct,
  place: Place,
  value: Record<string | symbol, unknown> = {},
): object {
  const found = new Map<Field, unknown>()
  const unknown = new UnknownFields()
  while (reader.remaining > 0) {
    const tagAt = reader.at
    const tag = readTag(reader)
    const field = fields.find((candidate) => candidate.number === tag.number)
    if (field === undefined) {
      unknown.keep(reader, tag.wireType, tagAt)
      continue
    }
    place.enter(`.${field.name}`, tagAt)
    found.set(field, readField(reader, field.schema, tag, tagAt, found.get(field), place))
    place.leave(reader.at)
  }
  for (const field of fields) {
    const part = found.has(field) ? found.get(field) : absent(reader, field, place)
    if (part !== undefined) value[field.name] = part
  }
  const kept = unknown.finish()
  if (kept !== undefined) value[UNKNOWN_FIELDS] = kept
  return value
}

/** What a field reads as that didn't come. Throws `Malformed` if it must contain a union, which has no default. */
function absent(reader: Reader, { name, optional, schema }: Field, place: Place): unknown {
  if (optional) return undefined
  const value = defaultOf(schema)
  if (value !== undefined) return value
  place.enter(`.${name}`, reader.at)
  throw new Malformed(reader.at, `the field ${name}, which has no default`, 'the end of the message')
}

/**
 * Reads a value of one of the cases: the one whose field comes.
 */
function readUnion(reader: Reader, { discriminator, cases }: Union, place: Place): object {
  const value: Record<string | symbol, unknown> = {}
  const unknown = new UnknownFields()
  let chosen: Case | undefined
  while (reader.remaining > 0) {
    const tagAt = reader.at
    const tag = readTag(reader)
    const found = cases.find((candidate) => candidate.number === tag.number)
    if (found === undefined) {
      unknown.keep(reader, tag.wireType, tagAt)
      continue
    }
    if (chosen !== undefined) throw new Malformed(tagAt, `no second case after ${chosen.name}`, found.name)
    chosen = found
    expectWireType(LENGTH_PREFIXED, tag, tagAt)
    value[discriminator] = found.name
    readStruct(reader.part(reader.length()), found.schema, place, value)
    if (value[UNKNOWN_FIELDS] !== undefined) value[UNKNOWN_FIELDS_CASE] = found.number
  }
  if (chosen === undefined) {
    const names = cases.map((each) => each.name).join(', ')
    throw new Malformed(reader.at, `one of the cases ${names}`, 'none of them')
  }
  const kept = unknown.finish()
  if (kept !== undefined) value[UNKNOWN_BESIDE_CASE] = kept
  return value
}

/**
 * Reads the value of a field, to which `before` was read already: what a list or
 * a map adds to, and a reason to refuse any other before it is read.
 *
 * @exercise 2.4h A field that may come once and comes twice is refused, and so is a wire type that isn't the schema's.
 */
function readField(reader: Reader, schema: Schema, tag: Tag, tagAt: number, before: unknown, place: Place): unknown {
  switch (schema.kind) {
    case 'list':
      return readItems(reader, schema, tag, tagAt, Array.isArray(before) ? before : [], place)
    case 'map':
      return readEntry(reader, schema, tag, tagAt, before instanceof Map ? before : new Map(), place)
    default:
      if (before !== undefined) throw new Malformed(tagAt, 'a field once', 'a second value for it')
      expectWireType(wireTypeOf(schema), tag, tagAt)
      return readValue(reader, schema, place)
  }
}

function readValue(reader: Reader, schema: Schema, place: Place): unknown {
  if (schema.kind === 'struct' || schema.kind === 'union')
    return readMessage(reader.part(reader.length()), schema, place)
  if (isLeaf(schema)) return readLeaf(reader, schema)
  throw new TypeError(`a ${schema.kind} stands in no field of its own`)
}

/**
 * Reads one more item of a list, or several if they are packed. Writers pack
 * what can be packed; readers must accept both.
 *
 * @exercise 2.4i Whether they are packed can be told from the wire type, where the items have another.
 */
function readItems(reader: Reader, { item }: List, tag: Tag, tagAt: number, items: unknown[], place: Place): unknown[] {
  const isPackedHere = tag.wireType === LENGTH_PREFIXED && wireTypeOf(item) !== LENGTH_PREFIXED
  if (!isPackedHere) {
    expectWireType(wireTypeOf(item), tag, tagAt)
    readItem(reader, item, items, place)
    return items
  }
  const part = reader.part(reader.length())
  while (part.remaining > 0) readItem(part, item, items, place)
  return items
}

/** Reads one item, and adds it to the others. */
function readItem(reader: Reader, item: Schema, items: unknown[], place: Place): void {
  place.enter(`[${items.length}]`, reader.at)
  items.push(readValue(reader, item, place))
  place.leave(reader.at)
}

/**
 * Reads one more entry of a map: a message whose field 1 is the key and field 2
 * the value, each the default if it doesn't come.
 */
function readEntry(
  reader: Reader,
  schema: MapOf,
  tag: Tag,
  tagAt: number,
  entries: Map<unknown, unknown>,
  place: Place,
): Map<unknown, unknown> {
  expectWireType(LENGTH_PREFIXED, tag, tagAt)
  const part = reader.part(reader.length())
  const entry: { readonly key?: unknown; readonly value?: unknown } = readStruct(part, entryOf(schema), place)
  if (entries.has(entry.key)) throw new Malformed(tagAt, 'each key once', `a second value for ${keyStep(entry.key)}`)
  return entries.set(entry.key, entry.value)
}

/** The struct of an entry. What it doesn't know goes no further: there is no place for it in a Map. */
function entryOf({ key, value }: MapOf): Struct {
  const fields: readonly Field[] = [
    { name: 'key', number: 1, optional: false, schema: key },
    { name: 'value', number: 2, optional: false, schema: value },
  ]
  return { kind: 'struct', shape: { key, value }, fields, reserved: [] }
}

function expectWireType(expected: Tag['wireType'], { number, wireType }: Tag, tagAt: number): void {
  if (wireType === expected) return
  throw new Malformed(tagAt, `${wireTypeInWords(expected)} in field ${number}`, wireTypeInWords(wireType))
}
