import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u64,
  union,
} from '#serialization/schema'
import { law } from '../law.ts'
import { anyStruct, anyValueOf } from './any-schema.ts'
import { fromHex, inHex } from './hex.ts'
import { schemaInWords } from './schema-in-words.ts'

const lastYear = protobuf(struct({ id: u32, title: string }))

/** What a program makes of a message in which it changes one thing and writes it back. */
function passedOn<T extends object>(codec: Codec<T>, encoded: Uint8Array, change: Partial<T>): Uint8Array {
  const read = codec.decode(encoded)
  if (!read.ok) return expect.fail(`an older program must be able to read this: ${JSON.stringify(read.error)}`)
  return codec.encode({ ...read.value, ...change })
}

function decodedBy<T>(codec: Codec<T>, encoded: Uint8Array): T {
  const read = codec.decode(encoded)
  return read.ok ? read.value : expect.fail(`it came back as bytes that are refused: ${JSON.stringify(read.error)}`)
}

describe('a field that an older program has never heard of comes back when that changes another', () => {
  const Point = struct({ x: u32, y: f64 })
  test.each<[name: string, schema: Schema, value: unknown]>([
    ['a bool', bool, true],
    ['a number', u32, 300],
    ['a number of 64 bits', u64, 2n ** 64n - 1n],
    ['a number below 0', i64, -1n],
    ['a number with a fraction', f64, 0.5],
    ['text', string, 'Grüße'],
    ['bytes', bytes, Uint8Array.of(0, 255)],
    ['a literal', literal('low', 'high'), 'high'],
    ['a list that is packed', list(u32), [1, 300, 0]],
    ['a list of texts, each in a field', list(string), ['a', '', 'b']],
    [
      'a map',
      map(string, u32),
      new Map([
        ['a', 1],
        ['b', 0],
      ]),
    ],
    ['a struct', Point, { x: 1, y: 2 }],
    ['a union', union('kind', { dot: struct({}), at: Point }), { kind: 'at', x: 1, y: 2 }],
  ])('%s', (_, schema, value) => {
    const thisYear = protobuf(struct({ id: u32, title: string, added: schema })) as Codec<object> // its type isn't known here
    const back = passedOn(lastYear, thisYear.encode({ id: 1, title: 'draft', added: value }), { title: 'final' })
    const rule = 'the old program changed the title, and nothing else'
    expect(decodedBy(thisYear, back), rule).toEqual({ id: 1, title: 'final', added: value })
  })

  test('a value with four bytes, which no schema of this book writes', () => {
    const encoded = fromHex('08 01 25 01 02 03 04')
    const back = passedOn(lastYear, encoded, { id: 2 })
    expect(inHex(back), 'a float of another program is none of ours, and must be passed on').toBe(
      '08 02 25 01 02 03 04',
    )
  })

  test('also from a struct in a list, in a map and in a case of a union', () => {
    const versions = [struct({ name: string }), struct({ name: string, age: u32 })].map((Person) =>
      protobuf(struct({ all: list(Person), byId: map(u32, Person), owner: union('kind', { person: Person }) })),
    )
    const [old, current] = versions
    if (old === undefined || current === undefined) throw new Error('there are two versions')
    const grace = { name: 'Grace', age: 85 }
    const value = { all: [grace], byId: new Map([[7, grace]]), owner: { kind: 'person' as const, ...grace } }
    const rule = 'every struct keeps its own unknown fields, however deep it lies'
    expect(decodedBy(current, passedOn(old, current.encode(value), {})), rule).toEqual(value)
  })

  test('beside the case of a union', () => {
    const codec = protobuf(union('kind', { dot: struct({ x: u32 }) }))
    const back = passedOn(codec, fromHex('28070a0208012803'), { x: 2 })
    expect(inHex(back), 'fields 5 stand beside the case, and stay there').toBe('0a 02 08 02 28 07 28 03')
  })

  test('through two older programs, one after the other', () => {
    const Oldest = struct({ id: u32 })
    const Newest = struct({ id: u32, title: string, owner: optional(string), labels: list(string) })
    const value = { id: 1, title: 'draft', owner: 'Ada', labels: ['a', 'b'] }
    const once = passedOn(lastYear, protobuf(Newest).encode(value), { title: 'final' })
    const twice = passedOn(protobuf(Oldest), once, { id: 2 })
    const thrice = passedOn(lastYear, twice, { title: 'printed' })
    const rule = 'each program changed what it knows, and lost nothing that it does not know'
    expect(decodedBy(protobuf(Newest), thrice), rule).toEqual({ ...value, id: 2, title: 'printed' })
  })

  test('in the order in which several came', () => {
    const back = passedOn(lastYear, fromHex('28010801220161120178'), {})
    expect(inHex(back), 'known fields first, by number, and then the unknown ones as they came').toBe(
      '08 01 12 01 78 28 01 22 01 61',
    )
  })

  test('whatever is new: an older program that changes nothing loses nothing', () =>
    law(newAndOld, 60, async ({ current, known, value }, story) => {
      const old = struct(
        Object.fromEntries(
          known.map(({ name, number, optional: isOptional, schema }) => {
            return [name, numbered(number, isOptional ? optional(schema) : schema)]
          }),
        ),
      )
      story.tell(`the newer version is ${schemaInWords(current)}`)
      story.tell(`the older version is ${schemaInWords(old)}`)
      story.tell(`a newer program writes ${fc.stringify(value)}`)
      const codec = protobuf(current) as Codec<object> // its type isn't known here
      const back = passedOn(protobuf(old) as Codec<object>, codec.encode(value), {}) // neither is this
      expect(decodedBy(codec, back), 'the older program has lost something').toEqual(value)
    }))
})

/** A struct with a value, and which of its fields an older version has. */
const newAndOld = anyStruct({ protobuf: true }).chain((current) =>
  fc.record({
    current: fc.constant(current),
    known: fc.subarray([...current.fields]),
    value: anyValueOf(current).map((value) => Object(value) as object), // a value of a struct is an object
  }),
)
