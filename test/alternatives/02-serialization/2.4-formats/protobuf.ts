/** Another writer of Protobuf: each message within another is written on its own, and then put into it as bytes. */
import { asList, asMap, asObject } from '#serialization/checked'
import { assertInside, decoded, type SpanningCodec } from '#serialization/codec'
import { isDefault } from '#serialization/defaults'
import { Place } from '#serialization/place'
import { asMessage, type Message } from '#serialization/protobuf-form'
import { readMessage } from '#serialization/protobuf-read'
import { Reader } from '#serialization/reader'
import { isLeaf, writeLeaf } from '#serialization/scalars'
import type { Infer, Schema } from '#serialization/schema'
import { skipValue, UNKNOWN_BESIDE_CASE, UNKNOWN_FIELDS, UNKNOWN_FIELDS_CASE } from '#serialization/unknown-fields'
import { LENGTH_PREFIXED, readTag, wireTypeOf, writeTag } from '#serialization/wire'
import { Writer } from '#serialization/writer'

export function protobuf<S extends Schema>(schema: S): SpanningCodec<Infer<S>> {
  const message = asMessage(schema)
  return {
    encode(value) {
      assertInside(schema, value)
      return messageOf(message, value)
    },
    decode(bytes, onSpan) {
      const place = new Place(onSpan)
      const own = bytes.slice()
      return decoded(place, bytes, () => readMessage(new Reader(own), message, place) as Infer<S>) // it reads what the schema describes
    },
  }
}

/** `number` is that of the case that it is, if it is one. */
function messageOf(message: Message, value: unknown, number?: number): Uint8Array {
  const object = asObject(value)
  const writer = new Writer()
  if (message.kind === 'union') {
    for (const { name, number, schema } of message.cases) {
      if (name === object[message.discriminator]) writePart(writer, number, messageOf(schema, value, number))
    }
  } else {
    for (const field of [...message.fields].sort((a, b) => a.number - b.number)) {
      const part = object[field.name]
      const isLeftOut = part === undefined || (isDefault(field.schema, part) && !field.optional)
      if (!isLeftOut) writeField(writer, field.number, field.schema, part)
    }
  }
  const kept = object[message.kind === 'union' ? UNKNOWN_BESIDE_CASE : UNKNOWN_FIELDS]
  const isOfAnotherCase = number !== undefined && (object[UNKNOWN_FIELDS_CASE] ?? number) !== number
  if (kept instanceof Uint8Array && !isOfAnotherCase) writeKept(writer, kept, numbersSaid(message, object))
  return writer.finish()
}

/** The numbers that the value needs no kept field for. */
function numbersSaid(message: Message, object: ReturnType<typeof asObject>): ReadonlySet<number> {
  if (message.kind === 'union') return new Set(message.cases.map(({ number }) => number))
  return new Set(message.fields.filter(({ name }) => object[name] !== undefined).map(({ number }) => number))
}

function writeKept(writer: Writer, kept: Uint8Array, said: ReadonlySet<number>): void {
  for (let reader = new Reader(kept); reader.at < reader.end; reader = new Reader(kept, reader.at)) {
    const from = reader.at
    const tag = readTag(reader)
    skipValue(reader, tag.wireType)
    if (!said.has(tag.number)) writer.raw(kept.slice(from, reader.at))
  }
}

function writeField(writer: Writer, number: number, schema: Schema, value: unknown): void {
  switch (schema.kind) {
    case 'struct':
    case 'union':
      return writePart(writer, number, messageOf(schema, value))
    case 'map':
      for (const [key, item] of asMap(value)) {
        const entry = new Writer()
        writeField(entry, 1, schema.key, key)
        writeField(entry, 2, schema.value, item)
        writePart(writer, number, entry.finish())
      }
      return
    case 'list': {
      if (!isPacked(schema.item)) {
        for (const item of asList(value)) writeField(writer, number, schema.item, item)
        return
      }
      const packed = new Writer()
      for (const item of asList(value)) if (isLeaf(schema.item)) writeLeaf(packed, schema.item, item)
      return writePart(writer, number, packed.finish())
    }
    default:
      writeTag(writer, number, wireTypeOf(schema))
      writeLeaf(writer, schema, value)
  }
}

function writePart(writer: Writer, number: number, part: Uint8Array): void {
  writeTag(writer, number, LENGTH_PREFIXED)
  writer.prefixed(part)
}

export function isPacked(item: Schema): boolean {
  return wireTypeOf(item) !== LENGTH_PREFIXED
}
