/** Bytes that look like a value in the compact format, and lie now and then: about a length, an order, a byte that is 0 or 1. */
import type { Random } from '#message-passing/random'
import { compareKeys } from '#serialization/keys'
import { type Leaf, writeLeaf } from '#serialization/scalars'
import type { Schema, Struct } from '#serialization/schema'
import { Writer } from '#serialization/writer'
import { drawBytes, pick } from '../draw.ts'
import { drawCount, drawValue } from './values.ts'

/** How often a part lies. */
const LIE = 0.02

const NANS: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
  [0, 0, 0, 0, 0, 0, 0xf8, 0xff],
  [1, 0, 0, 0, 0, 0, 0xf0, 0x7f],
  [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
]

const LYING_COUNTS = [1, 3, 100, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER] as const

export class CompactBytes {
  readonly #random: Random
  readonly #writer = new Writer()

  constructor(random: Random) {
    this.#random = random
  }

  draw(schema: Schema): Uint8Array {
    this.#write(schema)
    if (this.#random.chance(LIE)) this.#writer.raw(drawBytes(this.#random, 1))
    return this.#writer.finish()
  }

  #write(schema: Schema): void {
    const random = this.#random
    switch (schema.kind) {
      case 'list': {
        const count = drawCount(random)
        this.#count(count)
        for (let index = 0; index < count; index++) this.#write(schema.item)
        return
      }
      case 'map':
        return this.#map(schema.key, schema.value)
      case 'struct':
        return this.#fields(schema)
      case 'union': {
        const place = random.integer(0, schema.cases.length)
        this.#writer.varint(random.chance(LIE) ? schema.cases.length : place)
        return this.#fields(schema.cases[place]?.schema ?? pick(random, schema.cases).schema)
      }
      default:
        return this.#leaf(schema, drawValue(random, schema))
    }
  }

  #fields({ fields }: Struct): void {
    for (const { optional, schema } of fields) {
      const present = !optional || this.#random.chance(0.5)
      if (optional) this.#writer.u8(this.#random.chance(LIE) ? this.#random.integer(0, 256) : present ? 1 : 0)
      if (present) this.#write(schema)
    }
  }

  #map(key: Leaf, value: Schema): void {
    const random = this.#random
    const keys: unknown[] = []
    for (let count = drawCount(random); count > 0; count--) keys.push(drawValue(random, key))
    if (!random.chance(LIE)) keys.sort(compareKeys)
    const kept = keys.filter((each, index) => index === 0 || each !== keys[index - 1] || random.chance(LIE))
    this.#count(kept.length)
    for (const each of kept) {
      this.#leaf(key, each)
      this.#write(value)
    }
  }

  #leaf(schema: Leaf, value: unknown): void {
    const random = this.#random
    if (!random.chance(LIE)) return writeLeaf(this.#writer, schema, value)
    switch (schema.kind) {
      case 'bool':
        return this.#writer.u8(random.integer(2, 256))
      case 'f64':
        return this.#writer.raw(Uint8Array.from(pick(random, NANS)))
      case 'string': // bytes, most of which are no UTF-8
        return this.#writer.prefixed(drawBytes(random, random.integer(0, 6)))
      case 'bytes':
        return this.#count(0)
      case 'literal':
        return this.#writer.varint(schema.values.length)
      default:
        return this.#writer.raw(drawBytes(random, random.integer(1, 10)))
    }
  }

  #count(count: number): void {
    this.#writer.varint(this.#random.chance(LIE) ? pick(this.#random, LYING_COUNTS) : count)
  }
}
