/**
 * Bytes that look like a Protobuf message: its fields in any order, lists packed
 * and unpacked and in pieces, unknown fields between them; and now and then a
 * field twice, a wrong wire type, or a length that lies.
 */
import type { Random } from '#message-passing/random'
import { FIELD_NUMBER_MAX } from '#serialization/names'
import type { Message } from '#serialization/protobuf-form'
import { type Leaf, writeLeaf } from '#serialization/scalars'
import type { Field, List, MapOf, Schema } from '#serialization/schema'
import { wireTypeOf } from '#serialization/wire'
import { Writer } from '#serialization/writer'
import { drawBytes, pick, shuffled } from '../draw.ts'
import { drawCount, drawValue } from './values.ts'

/** How often a part lies. */
const LIE = 0.015

const LENGTH_PREFIXED = 2
const NUMBERS = [0, 1, 2, 3, 15, 16, 19_000, FIELD_NUMBER_MAX, FIELD_NUMBER_MAX + 1, 2 ** 32] as const

export class ProtobufBytes {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  draw(message: Message): Uint8Array {
    return this.#message(message)
  }

  /** Fields of any number and wire type, within one another. Has nothing to do with a schema. */
  drawSoup(depth = 0): Uint8Array {
    const writer = new Writer()
    for (let count = this.#random.integer(0, 6); count > 0; count--) this.#stray(writer, depth)
    return writer.finish()
  }

  #message(message: Message): Uint8Array {
    const random = this.#random
    const writer = new Writer()
    if (message.kind === 'struct') {
      for (const field of shuffled(random, message.fields)) {
        if (random.chance(0.1)) this.#unknown(writer, message.fields)
        if (random.chance(0.8)) this.#field(writer, field.number, field.schema)
        if (random.chance(LIE)) this.#field(writer, field.number, field.schema)
      }
    } else {
      const chosen = pick(random, message.cases)
      if (!random.chance(LIE)) this.#field(writer, chosen.number, chosen.schema)
      if (random.chance(LIE)) this.#field(writer, pick(random, message.cases).number, chosen.schema)
    }
    if (random.chance(0.1)) this.#unknown(writer, message.kind === 'struct' ? message.fields : message.cases)
    return writer.finish()
  }

  #field(writer: Writer, number: number, schema: Schema): void {
    const random = this.#random
    if (random.chance(LIE)) return this.#stray(writer, 2, number)
    switch (schema.kind) {
      case 'list':
        return this.#list(writer, number, schema)
      case 'map':
        return this.#map(writer, number, schema)
      case 'struct':
      case 'union':
        return this.#prefixed(writer, number, this.#message(schema))
      default:
        writer.varint(8 * number + wireTypeOf(schema))
        return writeLeaf(writer, schema, drawValue(random, schema))
    }
  }

  /** In one or several pieces, some of them packed if they can be. */
  #list(writer: Writer, number: number, { item }: List): void {
    for (let count = drawCount(this.#random); count > 0; count--) {
      const isPacked = wireTypeOf(item) !== LENGTH_PREFIXED && this.#random.chance(0.6)
      if (isPacked)
        this.#packed(writer, number, item as Leaf) // what has a length neither is nor contains one
      else this.#field(writer, number, item)
    }
  }

  #packed(writer: Writer, number: number, item: Leaf): void {
    const part = new Writer()
    for (let count = drawCount(this.#random); count > 0; count--) writeLeaf(part, item, drawValue(this.#random, item))
    this.#prefixed(writer, number, part.finish())
  }

  #map(writer: Writer, number: number, { key, value }: MapOf): void {
    const fields: readonly Field[] = [
      { name: 'key', number: 1, optional: false, schema: key },
      { name: 'value', number: 2, optional: false, schema: value },
    ]
    for (let count = drawCount(this.#random); count > 0; count--) {
      this.#prefixed(writer, number, this.#message({ kind: 'struct', shape: {}, fields, reserved: [] }))
    }
  }

  #prefixed(writer: Writer, number: number, part: Uint8Array): void {
    writer.varint(8 * number + LENGTH_PREFIXED)
    const lie = this.#random.chance(LIE / 2) ? pick(this.#random, [1, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1]) : 0
    writer.varint(Math.min(part.length + lie, Number.MAX_SAFE_INTEGER))
    writer.raw(part)
  }

  /** A field with a number that none of these has. */
  #unknown(writer: Writer, known: readonly { readonly number: number }[]): void {
    const number = this.#random.integer(1, 40)
    if (known.every((each) => each.number !== number)) this.#stray(writer, 2, number)
  }

  /** A field whose value fits its wire type, if there is such a type. */
  #stray(writer: Writer, depth: number, number = pick(this.#random, NUMBERS)): void {
    const random = this.#random
    const wireType = random.chance(0.1) ? random.integer(0, 8) : pick(random, [0, 1, 2, 5])
    writer.varint(8 * number + wireType)
    if (wireType === 0) writer.varint64(BigInt(random.integer(0, 2 ** 40)))
    else if (wireType === 1) writer.raw(drawBytes(random, 8))
    else if (wireType === 5) writer.raw(drawBytes(random, 4))
    else if (depth < 2) writer.prefixed(this.drawSoup(depth + 1))
    else writer.prefixed(drawBytes(random, random.integer(0, 5)))
  }
}
