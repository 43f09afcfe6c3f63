/** Another reader of Protobuf: a message is cut into its fields, and each field is read from its own bytes. */
import { Malformed } from '#serialization/decoded'
import { defaultOf } from '#serialization/defaults'
import type { Place } from '#serialization/place'
import type { Message } from '#serialization/protobuf-form'
import { Reader } from '#serialization/reader'
import { isLeaf, readLeaf } from '#serialization/scalars'
import type { Field, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { skipValue, UNKNOWN_BESIDE_CASE, UNKNOWN_FIELDS, UNKNOWN_FIELDS_CASE } from '#serialization/unknown-fields'
import { LENGTH_PREFIXED, readTag, type Tag, wireTypeInWords, wireTypeOf } from '#serialization/wire'
import { keyStep } from '#serialization/words'

/** A field of a message, cut out of it. */
interface Piece extends Tag {
  readonly tagAt: number
  /** Its value, and nothing else. */
  readonly value: Reader
}

/**
 * Cuts a message into its fields. A known one that is broken gets all that is left:
 * whoever reads it finds out by himself, if there is no other reason to refuse it.
 */
function* piecesOf(reader: Reader, isKnown: (number: number) => boolean): Generator<Piece> {
  while (reader.at < reader.end) {
    const tagAt = reader.at
    const tag = readTag(reader)
    const from = reader.at
    try {
      skipValue(reader, tag.wireType)
    } catch (error) {
      if (!isKnown(tag.number)) throw error
      reader.at = reader.end
    }
    yield { ...tag, tagAt, value: new Reader(reader.bytes, from, reader.at) }
  }
}

export function readMessage(reader: Reader, message: Message, place: Place): object {
  return message.kind === 'struct' ? readStruct(reader, message, place) : readUnion(reader, message, place)
}

function readStruct(reader: Reader, { fields }: Struct, place: Place): object {
  const byNumber = new Map(fields.map((field) => [field.number, field]))
  const value: Record<string | symbol, unknown> = {}
  const unknown: Piece[] = []
  for (const piece of piecesOf(reader, (number) => byNumber.has(number))) {
    const field = byNumber.get(piece.number)
    if (field === undefined) {
      unknown.push(piece)
      continue
    }
    place.enter(`.${field.name}`, piece.tagAt)
    value[field.name] = withPiece(value[field.name], field.schema, piece, place)
    place.leave(piece.value.end)
  }
  for (const { name, optional, schema } of fields) {
    if (optional || value[name] !== undefined) continue
    value[name] = defaultOf(schema)
    if (value[name] !== undefined) continue
    place.enter(`.${name}`, reader.at)
    throw new Malformed(reader.at, `a value of ${name}`, 'none')
  }
  return withKept(value, UNKNOWN_FIELDS, unknown)
}

function readUnion(reader: Reader, { discriminator, cases }: Union, place: Place): object {
  const unknown: Piece[] = []
  let value: Record<string | symbol, unknown> | undefined
  for (const piece of piecesOf(reader, (number) => cases.some((each) => each.number === number))) {
    const chosen = cases.find(({ number }) => number === piece.number)
    if (chosen === undefined) {
      unknown.push(piece)
      continue
    }
    if (value !== undefined) throw new Malformed(piece.tagAt, 'one case', 'two')
    expectWireType(LENGTH_PREFIXED, piece)
    const part = piece.value.part(piece.value.length())
    const fields = readStruct(part, chosen.schema, place)
    value = { [discriminator]: chosen.name, ...fields }
    if (UNKNOWN_FIELDS in fields) value[UNKNOWN_FIELDS_CASE] = chosen.number
  }
  if (value === undefined) throw new Malformed(reader.at, 'a case', 'none')
  return withKept(value, UNKNOWN_BESIDE_CASE, unknown)
}

/** The object, with the bytes of its unknown fields, if it has some. */
function withKept(value: Record<string | symbol, unknown>, property: symbol, unknown: readonly Piece[]): object {
  const bytes = unknown.flatMap(({ tagAt, value: { bytes: all, end } }) => [...all.subarray(tagAt, end)])
  if (bytes.length > 0) value[property] = Uint8Array.from(bytes)
  return value
}

/** What a field is when one more piece of it has come. */
function withPiece(before: unknown, schema: Schema, piece: Piece, place: Place): unknown {
  if (schema.kind === 'list') return withItems(Array.isArray(before) ? before : [], schema, piece, place)
  if (schema.kind === 'map') return withEntry(before instanceof Map ? before : new Map(), schema, piece, place)
  if (before !== undefined) throw new Malformed(piece.tagAt, 'one value', 'two')
  expectWireType(wireTypeOf(schema), piece)
  return partOf(piece.value, schema, place)
}

function withItems(items: unknown[], { item }: List, piece: Piece, place: Place): readonly unknown[] {
  const isPacked = piece.wireType !== wireTypeOf(item) && piece.wireType === LENGTH_PREFIXED
  if (!isPacked) expectWireType(wireTypeOf(item), piece)
  const rest = isPacked ? piece.value.part(piece.value.length()) : piece.value
  while (rest.remaining > 0) {
    place.enter(`[${items.length}]`, rest.at)
    items.push(partOf(rest, item, place))
    place.leave(rest.at)
  }
  return items
}

function withEntry(
  entries: Map<unknown, unknown>,
  { key, value }: MapOf,
  piece: Piece,
  place: Place,
): ReadonlyMap<unknown, unknown> {
  expectWireType(LENGTH_PREFIXED, piece)
  const fields: readonly Field[] = [
    { name: 'key', number: 1, optional: false, schema: key },
    { name: 'value', number: 2, optional: false, schema: value },
  ]
  const part = piece.value.part(piece.value.length())
  const entry = readStruct(part, { kind: 'struct', shape: {}, fields, reserved: [] }, place)
  const [found, item] = ['key' in entry ? entry.key : undefined, 'value' in entry ? entry.value : undefined]
  if (entries.has(found)) throw new Malformed(piece.tagAt, 'a key once', keyStep(found))
  return entries.set(found, item)
}

function partOf(reader: Reader, schema: Schema, place: Place): unknown {
  if (isLeaf(schema)) return readLeaf(reader, schema)
  if (schema.kind === 'list' || schema.kind === 'map') throw new TypeError(`a ${schema.kind} in a ${schema.kind}`)
  return readMessage(reader.part(reader.length()), schema, place)
}

function expectWireType(expected: Tag['wireType'], { number, wireType, tagAt }: Piece): void {
  if (wireType === expected) return
  throw new Malformed(tagAt, `field ${number} as ${wireTypeInWords(expected)}`, wireTypeInWords(wireType))
}
