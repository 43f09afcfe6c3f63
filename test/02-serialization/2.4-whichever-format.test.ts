import { describe, expect, test } from 'vitest'
import type { SpanningCodec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { explain } from '#serialization/decoded'
import { protobuf } from '#serialization/protobuf'
import { bool, type Infer, list, map, optional, type Schema, string, struct, u32 } from '#serialization/schema'
import { expectRead } from './fate.ts'

type Format = <S extends Schema>(schema: S) => SpanningCodec<Infer<S>>

const formats: readonly (readonly [name: string, format: Format])[] = [
  ['compact', compact],
  ['Protobuf', protobuf],
]

/** So many that whoever copies or searches all that is there, for each that comes, isn't done before the check is ended. */
const ITEM_COUNT = 30_000
const ENTRY_COUNT = 25_000

describe.each(formats)('in the %s format', (_name, format) => {
  test('a field may be a getter of the value’s class', () => {
    class Person {
      get name(): string {
        return 'Ada'
      }
    }
    const codec = format(struct({ name: optional(string) }))
    const rule = 'the schema describes an object by what it has, inherited or not: ask for the property itself'
    expectRead(codec.decode(codec.encode(new Person())), { name: 'Ada' }, rule)
  })

  test('many items and entries cost as much as their bytes, and no more', () => {
    const codec = format(struct({ texts: list(string), flags: map(u32, bool) }))
    const texts = new Array<string>(ITEM_COUNT).fill('')
    const flags = new Map(Array.from({ length: ENTRY_COUNT }, (_, key) => [key, true] as const))
    const decoded = codec.decode(codec.encode({ texts, flags }))
    if (!decoded.ok) return expect.fail(`what was written must be read, and was refused: ${explain(decoded.error)}`)
    const { value } = decoded
    const counts = [value.texts.length, value.flags.size]
    expect(counts, 'each of them must come back').toEqual([ITEM_COUNT, ENTRY_COUNT])
  })
})
