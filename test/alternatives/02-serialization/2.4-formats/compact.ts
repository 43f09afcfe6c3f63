/** Another compact format: the schema is turned into an object for each part once, and values go through these. */
import { asList, asMap, asObject } from '#serialization/checked'
import { assertInside, decoded, type SpanningCodec } from '#serialization/codec'
import { Malformed } from '#serialization/decoded'
import { compareKeys } from '#serialization/keys'
import { assertItemsTakeBytes, lengthMin } from '#serialization/length-min'
import { Place } from '#serialization/place'
import { Reader } from '#serialization/reader'
import { readLeaf, writeLeaf } from '#serialization/scalars'
import type { Infer, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { keyStep } from '#serialization/words'
import { Writer } from '#serialization/writer'

/** How one part of a schema is written and read. */
interface Form {
  write(writer: Writer, value: unknown): void
  read(reader: Reader, place: Place): unknown
}

export function compact<S extends Schema>(schema: S): SpanningCodec<Infer<S>> {
  assertItemsTakeBytes(schema)
  const form = formOf(schema)
  return {
    encode(value) {
      assertInside(schema, value)
      const writer = new Writer()
      form.write(writer, value)
      return writer.finish()
    },
    decode(bytes, onSpan) {
      const place = new Place(onSpan)
      const reader = new Reader(bytes.slice())
      return decoded(place, bytes, () => {
        const value = form.read(reader, place)
        if (reader.at === reader.end) return value as Infer<S> // the form reads what the schema describes
        throw new Malformed(reader.at, 'no more bytes', `${reader.remaining}`)
      })
    },
  }
}

function formOf(schema: Schema): Form {
  switch (schema.kind) {
    case 'list':
      return new ListForm(schema)
    case 'map':
      return new MapForm(schema)
    case 'struct':
      return new StructForm(schema)
    case 'union':
      return new UnionForm(schema)
    case 'f64':
      return { write: (writer, value) => writeLeaf(writer, schema, value), read: readF64 }
    default:
      return { write: (writer, value) => writeLeaf(writer, schema, value), read: (reader) => readLeaf(reader, schema) }
  }
}

/** Reads a number of parts, and refuses it unless each of them can have as many bytes as it needs. */
function readCount(reader: Reader, bytesMin: number): number {
  const start = reader.at
  const count = reader.varint()
  if (count * bytesMin > reader.remaining) throw new Malformed(start, 'a number of parts that can follow', `${count}`)
  return count
}

class ListForm implements Form {
  readonly #item: Form
  readonly #itemBytesMin: number

  constructor({ item }: List) {
    this.#item = formOf(item)
    this.#itemBytesMin = lengthMin(item)
  }

  write(writer: Writer, value: unknown): void {
    writer.varint(asList(value).length)
    asList(value).forEach((item) => {
      this.#item.write(writer, item)
    })
  }

  read(reader: Reader, place: Place): unknown {
    return Array.from({ length: readCount(reader, this.#itemBytesMin) }, (_, index) => {
      place.enter(`[${index}]`, reader.at)
      const item = this.#item.read(reader, place)
      place.leave(reader.at)
      return item
    })
  }
}

class MapForm implements Form {
  readonly #key: Form
  readonly #value: Form
  readonly #entryBytesMin: number

  constructor({ key, value }: MapOf) {
    this.#key = formOf(key)
    this.#value = formOf(value)
    this.#entryBytesMin = lengthMin(key) + lengthMin(value)
  }

  write(writer: Writer, value: unknown): void {
    const entries = asMap(value)
    const keys = Array.from(entries.keys()).sort(compareKeys)
    writer.varint(keys.length)
    for (const key of keys) {
      this.#key.write(writer, key)
      this.#value.write(writer, entries.get(key))
    }
  }

  read(reader: Reader, place: Place): unknown {
    const entries: [unknown, unknown][] = []
    for (let left = readCount(reader, this.#entryBytesMin); left > 0; left--) {
      const start = reader.at
      const key = this.#key.read(reader, place)
      const last = entries.at(-1)
      if (last !== undefined && compareKeys(key, last[0]) <= 0) {
        throw new Malformed(start, 'keys in their order', `${keyStep(key)} behind ${keyStep(last[0])}`)
      }
      place.enter(keyStep(key), start)
      entries.push([key, this.#value.read(reader, place)])
      place.leave(reader.at)
    }
    return new Map(entries)
  }
}

class StructForm implements Form {
  readonly #fields: readonly { readonly name: string; readonly optional: boolean; readonly form: Form }[]

  constructor({ fields }: Struct) {
    this.#fields = fields.map(({ name, optional, schema }) => ({ name, optional, form: formOf(schema) }))
  }

  write(writer: Writer, value: unknown): void {
    const object = asObject(value)
    for (const { name, optional, form } of this.#fields) {
      const isAbsent = object[name] === undefined
      if (optional) writer.u8(Number(!isAbsent))
      if (!isAbsent) form.write(writer, object[name])
    }
  }

  read(reader: Reader, place: Place): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (const { name, optional, form } of this.#fields) {
      place.enter(`.${name}`, reader.at)
      if (!optional || readLeaf(reader, { kind: 'bool' }) === true) value[name] = form.read(reader, place)
      place.leave(reader.at)
    }
    return value
  }
}

class UnionForm implements Form {
  readonly #discriminator: string
  readonly #cases: readonly { readonly name: string; readonly form: StructForm }[]

  constructor({ discriminator, cases }: Union) {
    this.#discriminator = discriminator
    this.#cases = cases.map(({ name, schema }) => ({ name, form: new StructForm(schema) }))
  }

  write(writer: Writer, value: unknown): void {
    for (const [place, { name, form }] of this.#cases.entries()) {
      if (name !== asObject(value)[this.#discriminator]) continue
      writer.varint(place)
      form.write(writer, value)
    }
  }

  read(reader: Reader, place: Place): unknown {
    const start = reader.at
    place.enter(`.${this.#discriminator}`, start)
    const index = reader.varint()
    const chosen = this.#cases[index]
    if (chosen === undefined) throw new Malformed(start, 'the place of a case', `${index}`)
    place.leave(reader.at)
    return { ...chosen.form.read(reader, place), [this.#discriminator]: chosen.name }
  }
}

export function readF64(reader: Reader): number {
  const start = reader.at
  const value = reader.f64()
  if (!Number.isNaN(value)) return value
  const writer = new Writer()
  writer.f64(Number.NaN)
  const same = writer.finish().every((byte, index) => byte === reader.bytes[start + index])
  if (same) return value
  throw new Malformed(start, 'the one NaN', 'another')
}
