/**
 * The compact format: the parts of a value one after the other, and nothing
 * else. No names, no numbers, no types: both sides have the same schema, in the
 * manner of Bincode and Avro.
 *
 *     bool      one byte, 0 or 1            list     its length, then the items
 *     u32 u53   varint                      map      its size, then each key and its
 *     u64 i64   varint, i64 in zigzag                value, in the order of the keys
 *     f64       8 bytes, little-endian      struct   its fields, in order; one that may be
 *     string    its length, then UTF-8               absent has a byte before it, 0 or 1
 *     bytes     its length, then the bytes  union    the place of the case, then its struct
 *     literal   the value's place
 *
 * Every value has one form, and every other form of it is refused. So two values
 * are equal if and only if their bytes are, and bytes can be compared, hashed
 * and signed instead of values.
 */
import { asList, asMap, asObject, unknownCase } from '#serialization/checked'
import { assertInside, decoded, type SpanningCodec } from '#serialization/codec'
import { Malformed } from '#serialization/decoded'
import { compareKeys } from '#serialization/keys'
import { assertItemsTakeBytes, lengthMin } from '#serialization/length-min'
import { Messages } from '#serialization/messages'
import { OwnCopy } from '#serialization/own-copy'
import { Place } from '#serialization/place'
import { Reader } from '#serialization/reader'
import { readLeaf, writeLeaf } from '#serialization/scalars'
import type { Infer, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { keyStep } from '#serialization/words'
import type { Writer } from '#serialization/writer'

/** Throws a `TypeError` for a list whose items may take no bytes at all: few bytes could then claim billions of them. */
export function compact<S extends Schema>(schema: S): SpanningCodec<Infer<S>> {
  assertItemsTakeBytes(schema)
  const messages = new Messages()
  const copy = new OwnCopy(schema)
  return {
    encode(value) {
      assertInside(schema, value)
      return messages.written((writer) => write(writer, schema, value))
    },
    decode(bytes, onSpan) {
      const place = new Place(onSpan)
      return decoded(place, bytes, () => {
        const reader = new Reader(copy.of(bytes))
        const value = read(reader, schema, place)
        if (reader.remaining > 0) throw new Malformed(reader.at, 'the end', `${reader.remaining} more bytes`)
        return value as Infer<S> // `read` makes what the schema describes
      })
    },
  }
}

/** Writes a value that the schema describes. */
function write(writer: Writer, schema: Schema, value: unknown): void {
  switch (schema.kind) {
    case 'list':
      return writeList(writer, schema, value)
    case 'map':
      return writeMap(writer, schema, value)
    case 'struct':
      return writeStruct(writer, schema, value)
    case 'union':
      return writeUnion(writer, schema, value)
    default:
      return writeLeaf(writer, schema, value)
  }
}

/**
 * Writes the length of a list, and its items.
 *
 * @exercise 2.4a The length as a varint, then each item.
 */
function writeList(writer: Writer, { item: schema }: List, value: unknown): void {
  const items = asList(value)
  writer.varint(items.length)
  for (const item of items) write(writer, schema, item)
}

/**
 * Writes the size of a map, and its entries in the order of their keys.
 *
 * @exercise 2.4b Equal maps may have been filled in another order: `compareKeys` tells which key comes first.
 */
function writeMap(writer: Writer, { key: keySchema, value: valueSchema }: MapOf, value: unknown): void {
  const entries = [...asMap(value)].sort(([left], [right]) => compareKeys(left, right))
  writer.varint(entries.length)
  for (const [key, item] of entries) {
    writeLeaf(writer, keySchema, key)
    write(writer, valueSchema, item)
  }
}

/**
 * Writes the fields of a struct, in the order of the schema.
 *
 * @exercise 2.4a A field that may be absent says first whether it is there.
 */
function writeStruct(writer: Writer, { fields }: Struct, value: unknown): void {
  const object = asObject(value)
  for (const { name, optional, schema } of fields) {
    const part = object[name]
    if (optional) writer.u8(part === undefined ? 0 : 1)
    if (part !== undefined) write(writer, schema, part)
  }
}

/**
 * Writes which case of a union it is, and the fields of that case.
 */
function writeUnion(writer: Writer, { discriminator, cases }: Union, value: unknown): void {
  const name = asObject(value)[discriminator]
  const index = cases.findIndex((candidate) => candidate.name === name)
  const chosen = cases[index]
  if (chosen === undefined) throw unknownCase(name)
  writer.varint(index)
  writeStruct(writer, chosen.schema, value)
}

/** Reads a value of the schema. Throws `Malformed`, and leaves `place` at the part that is wrong. */
function read(reader: Reader, schema: Schema, place: Place): unknown {
  switch (schema.kind) {
    case 'list':
      return readList(reader, schema, place)
    case 'map':
      return readMap(reader, schema, place)
    case 'struct':
      return readStruct(reader, schema, place)
    case 'union':
      return readUnion(reader, schema, place)
    case 'f64':
      return readF64(reader)
    default:
      return readLeaf(reader, schema)
  }
}

/**
 * Reads how many items or entries follow, each made of `parts`, and each part of
 * `lengthMin` bytes at least. Throws `Malformed`, with the offset of the number, if the
 * bytes that are left can't hold that many. A 0 is returned before the schema is looked
 * at: a message may have many of them.
 *
 * @exercise 2.4c Refuse a number that must be a lie before anything is done with it.
 */
function readCount(reader: Reader, ...parts: readonly Schema[]): number {
  const start = reader.at
  const count = reader.varint()
  if (count === 0) return 0
  const least = parts.reduce((sum, part) => sum + lengthMin(part), 0)
  const countMax = Math.floor(reader.remaining / least)
  if (count <= countMax) return count
  throw new Malformed(start, `at most ${countMax}, which the ${reader.remaining} bytes left can hold`, String(count))
}

/**
 * Reads a list: a new array each time.
 *
 * @exercise 2.4c As many items as `readCount` lets pass. Tell `place` which one it is.
 */
function readList(reader: Reader, { item }: List, place: Place): readonly unknown[] {
  const count = readCount(reader, item)
  const items: unknown[] = []
  for (let index = 0; index < count; index++) {
    place.enter(`[${index}]`, reader.at)
    items.push(read(reader, item, place))
    place.leave(reader.at)
  }
  return items
}

/**
 * Reads a map: a new one each time. Its keys must come in their order, each of them
 * once, and each is looked at before its value is read.
 *
 * @exercise 2.4d A key that does not come after the one before is refused, with the offset at which it begins.
 */
function readMap(reader: Reader, schema: MapOf, place: Place): ReadonlyMap<unknown, unknown> {
  const count = readCount(reader, schema.key, schema.value)
  const entries = new Map<unknown, unknown>()
  let previous: unknown
  for (let index = 0; index < count; index++) {
    const start = reader.at
    const key = readLeaf(reader, schema.key)
    if (index > 0 && compareKeys(previous, key) >= 0) {
      throw new Malformed(start, `a key after ${keyStep(previous)}`, keyStep(key))
    }
    place.enter(keyStep(key), start)
    entries.set(key, read(reader, schema.value, place))
    place.leave(reader.at)
    previous = key
  }
  return entries
}

/**
 * Reads the fields of a struct into a new object, or into `value`. A field that
 * is absent is left out. The byte that says whether a field is there belongs to
 * the field, in paths and in spans.
 *
 * @exercise 2.4c The fields in their order. The byte before an optional one is 0 or 1, and nothing else.
 */
function readStruct(reader: Reader, { fields }: Struct, place: Place, value: Record<string, unknown> = {}): object {
  for (const { name, optional, schema } of fields) {
    place.enter(`.${name}`, reader.at)
    if (!optional || readPresence(reader)) value[name] = read(reader, schema, place)
    place.leave(reader.at)
  }
  return value
}

function readPresence(reader: Reader): boolean {
  const start = reader.at
  const byte = reader.u8()
  if (byte > 1) throw new Malformed(start, '0 for absent or 1 for present', String(byte))
  return byte === 1
}

/**
 * Reads a value of one of the cases.
 */
function readUnion(reader: Reader, { discriminator, cases }: Union, place: Place): object {
  const start = reader.at
  place.enter(`.${discriminator}`, start)
  const index = reader.varint()
  const chosen = cases[index]
  if (chosen === undefined) {
    const names = cases.map((each) => each.name).join(', ')
    throw new Malformed(start, `0 to ${cases.length - 1}, for ${names}`, String(index))
  }
  place.leave(reader.at)
  return readStruct(reader, chosen.schema, place, { [discriminator]: chosen.name })
}

/** Reads a number. Of the many bit patterns that mean NaN, one is accepted: it has to come out as it went in. */
export function readF64(reader: Reader): number {
  const start = reader.at
  const value = reader.f64()
  if (!Number.isNaN(value)) return value
  const [first, second] = [reader.bytes[start + 7], reader.bytes[start + 6]]
  const others = reader.bytes.subarray(start, start + 6)
  if (first === 0x7f && second === 0xf8 && others.every((byte) => byte === 0)) return value
  throw new Malformed(start, 'the NaN 7ff8000000000000', 'another NaN')
}
