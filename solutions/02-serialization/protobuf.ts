/**
 * The wire format of Protocol Buffers (proto3): each field with its number, so
 * that programs with different versions of the schema understand one another.
 *
 *     bool u32 u53 u64 literal   varint            list of those   one length and the
 *     i64                        varint, zigzag                    items: packed
 *     f64                        8 bytes           other lists     a field an item
 *     string bytes               length, bytes     map             a message an entry:
 *     struct, case of a union    length, fields                    1 is the key, 2 the value
 *
 * In another program's `.proto` these are bool, uint32, uint64, sint64, double,
 * string, bytes, enum, message and oneof. Fields whose value is the default are
 * left out. Stricter than the specification: a second value for a field that has
 * one, a value of another wire type, and a padded varint are refused, not repaired.
 */
import { asList, asMap, asObject, unknownCase } from '#serialization/checked'
import { assertInside, decoded, type SpanningCodec } from '#serialization/codec'
import { isDefault } from '#serialization/defaults'
import { Messages } from '#serialization/messages'
import { OwnCopy } from '#serialization/own-copy'
import { Place } from '#serialization/place'
import { asMessage, type Message } from '#serialization/protobuf-form'
import { readMessage } from '#serialization/protobuf-read'
import { Reader } from '#serialization/reader'
import { isLeaf, type Leaf, writeLeaf } from '#serialization/scalars'
import type { Field, Infer, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { skipValue, UNKNOWN_BESIDE_CASE, UNKNOWN_FIELDS, UNKNOWN_FIELDS_CASE } from '#serialization/unknown-fields'
import { LENGTH_PREFIXED, readTag, wireTypeOf, writeTag } from '#serialization/wire'
import type { Writer } from '#serialization/writer'

/** Throws a `TypeError`, with the path, if the schema has no Protobuf form. */
export function protobuf<S extends Schema>(schema: S): SpanningCodec<Infer<S>> {
  const message = asMessage(schema)
  const messages = new Messages()
  const copy = new OwnCopy(schema)
  return {
    encode(value) {
      assertInside(schema, value)
      return messages.written((writer) => writeMessage(writer, message, value))
    },
    decode(bytes, onSpan) {
      const place = new Place(onSpan)
      return decoded(place, bytes, () => {
        const value = readMessage(new Reader(copy.of(bytes)), message, place)
        return value as Infer<S> // `readMessage` makes what the schema describes
      })
    },
  }
}

/** Writes the fields of a message, without its length. */
function writeMessage(writer: Writer, message: Message, value: unknown): void {
  if (message.kind === 'struct') writeStruct(writer, message, value)
  else writeUnion(writer, message, value)
}

/**
 * Writes the fields of a struct in the order of their numbers, and then the
 * unknown ones that its decoder has kept.
 *
 * @exercise 2.4e Leave out what is absent, and what is the default, unless the field is optional.
 */
function writeStruct(writer: Writer, { fields }: Struct, value: unknown): void {
  const object = asObject(value)
  for (const { name, number, optional, schema } of fields.toSorted((a, b) => a.number - b.number)) {
    const part = object[name]
    if (part === undefined || (!optional && isDefault(schema, part))) continue
    writeField(writer, number, schema, part)
  }
  writeUnknownFields(writer, fields, object)
}

/**
 * Writes the case of a union as the one field of a message.
 */
function writeUnion(writer: Writer, { discriminator, cases }: Union, value: unknown): void {
  const object = asObject(value)
  const chosen = cases.find((candidate) => candidate.name === object[discriminator])
  if (chosen === undefined) throw unknownCase(object[discriminator])
  const cameIn = object[UNKNOWN_FIELDS_CASE] ?? chosen.number
  writeField(writer, chosen.number, chosen.schema, cameIn === chosen.number ? object : withoutUnknownFields(object))
  writeUnknown(writer, object[UNKNOWN_BESIDE_CASE], (number) => cases.some((each) => each.number === number))
}

/** The same object, without the unknown fields of a struct that it isn't any more. */
function withoutUnknownFields(object: object): object {
  return Object.create(object, { [UNKNOWN_FIELDS]: { value: undefined } })
}

/**
 * Writes a field: its tag and its value, or several of both for a list or a map.
 */
function writeField(writer: Writer, number: number, schema: Schema, value: unknown): void {
  switch (schema.kind) {
    case 'list':
      return writeList(writer, number, schema, value)
    case 'map':
      return writeMap(writer, number, schema, value)
    case 'struct':
    case 'union': {
      writeTag(writer, number, LENGTH_PREFIXED)
      const mark = writer.beginPart()
      writeMessage(writer, schema, value)
      return writer.endPart(mark)
    }
    default:
      writeTag(writer, number, wireTypeOf(schema))
      writeLeaf(writer, schema, value)
  }
}

/**
 * Writes the items of a list, packed if the wire type of an item has no length.
 *
 * @exercise 2.4f Packed: one tag, one length, the items. Otherwise each item is a field.
 */
function writeList(writer: Writer, number: number, { item: schema }: List, value: unknown): void {
  const items = asList(value)
  if (!isPacked(schema)) {
    for (const item of items) writeField(writer, number, schema, item)
    return
  }
  writeTag(writer, number, LENGTH_PREFIXED)
  const mark = writer.beginPart()
  for (const item of items) writeLeaf(writer, schema, item)
  writer.endPart(mark)
}

/**
 * Writes each entry of a map as a message with two fields. Both are written,
 * whatever their value.
 *
 * @exercise 2.4f The key is field 1 and the value is field 2.
 */
function writeMap(writer: Writer, number: number, { key: keySchema, value: valueSchema }: MapOf, value: unknown): void {
  for (const [key, item] of asMap(value)) {
    writeTag(writer, number, LENGTH_PREFIXED)
    const mark = writer.beginPart()
    writeField(writer, 1, keySchema, key)
    writeField(writer, 2, valueSchema, item)
    writer.endPart(mark)
  }
}

/** Whether the items of a list of these need no tags between them. */
export function isPacked(item: Schema): item is Leaf {
  return isLeaf(item) && wireTypeOf(item) !== LENGTH_PREFIXED
}

/** Writes the fields that the decoder of a struct didn't know, and that nobody has set since. */
function writeUnknownFields(
  writer: Writer,
  fields: readonly Field[],
  object: Readonly<Record<string | symbol, unknown>>,
): void {
  writeUnknown(writer, object[UNKNOWN_FIELDS], (number) =>
    fields.some((field) => field.number === number && object[field.name] !== undefined),
  )
}

/**
 * Writes what a decoder has kept. Its schema may have been an older one: fields that
 * the value says itself by now, which `isSaid` tells, are left out.
 */
function writeUnknown(writer: Writer, kept: unknown, isSaid: (number: number) => boolean): void {
  if (!(kept instanceof Uint8Array)) return
  const reader = new Reader(kept)
  while (reader.remaining > 0) {
    const from = reader.at
    const { number, wireType } = readTag(reader)
    skipValue(reader, wireType)
    if (!isSaid(number)) writer.raw(kept.subarray(from, reader.at))
  }
}
