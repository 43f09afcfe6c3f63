import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultOf, isDefault } from '#serialization/defaults'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { faultOf } from '#serialization/validate'
import { law } from '../law.ts'
import { anySchema, schemaWithValue } from './any-schema.ts'
import { expectRead } from './fate.ts'
import { isWritten } from './same-value.ts'
import { schemaInWords } from './schema-in-words.ts'

const Point = struct({ x: u32, y: u32 })
const Shape = union('kind', { circle: struct({ radius: u32 }), dot: struct({}) })
const OnlyDot = union('kind', { dot: struct({}) })

describe('what is read where nothing was written', () => {
  test.each<[name: string, schema: Schema, value: unknown]>([
    ['a bool: false', bool, false],
    ['a u32: 0', u32, 0],
    ['a u53: 0', u53, 0],
    ['an f64: 0, and not -0', f64, 0],
    ['a u64: 0n, a bigint', u64, 0n],
    ['an i64: 0n, a bigint', i64, 0n],
    ['a string: no text', string, ''],
    ['bytes: none', bytes, new Uint8Array(0)],
    ['a literal: its first value', literal('get', 'put'), 'get'],
    ['a literal whose first value is no 0: that value', literal(7, 0), 7],
    ['a literal whose first value is 0: 0', literal(0, 1), 0],
    ['a literal whose first value is false: false', literal(false, true), false],
    ['a literal whose first value is no text: no text', literal('', 'x'), ''],
    ['a list: nothing in it', list(u32), []],
    ['a map: nothing in it', map(string, u32), new Map()],
    ['a struct: the defaults of its fields', Point, { x: 0, y: 0 }],
    ['a struct in a struct: all the way down', struct({ at: Point }), { at: { x: 0, y: 0 } }],
    [
      'a struct with such literals: it has a default',
      struct({ n: literal(0, 1), t: literal('', 'x') }),
      { n: 0, t: '' },
    ],
    ['a struct without fields: an object', struct({}), {}],
  ])('%s', (_, schema, value) => {
    expect(defaultOf(schema), `what a reader sees of a ${schema.kind} that isn't there`).toEqual(value)
  })

  test('a field that may be absent is absent from the default of its struct', () => {
    const value = defaultOf(struct({ key: string, ttlMs: optional(u32), at: optional(Point) }))
    const rule = 'absent means no property, not one with the default: 0 milliseconds is something else than no limit'
    expect(value, 'the text must be there, and no text').toEqual({ key: '' })
    expect(Object.keys(Object(value)), rule).toEqual(['key'])
  })

  test.each<[name: string, schema: Schema]>([
    ['a union', Shape],
    ['a union of one case', OnlyDot],
    ['a struct that must contain a union', struct({ x: u32, shape: Shape })],
    ['a struct whose struct must contain one', struct({ inner: struct({ shape: Shape }) })],
  ])('%s has no default: no case is better than the others', (_, schema) => {
    expect(defaultOf(schema), 'return undefined, so that the decoder can refuse the message').toBe(undefined)
  })

  test('a union that may be absent, or of which there may be none, is no obstacle', () => {
    const value = defaultOf(struct({ shape: optional(Shape) }))
    expect(value, 'the union can be left out').toEqual({})
    expect(Object.keys(Object(value)), 'what is left out is no property').toEqual([])
    const none = defaultOf(struct({ shapes: list(Shape) }))
    expect(none, 'an empty list of unions has none in it').toEqual({ shapes: [] })
  })

  test.each<[name: string, schema: Schema]>([
    ['list', list(u32)],
    ['map', map(string, u32)],
    ['byte array', bytes],
    ['object', Point],
  ])('is a new %s each time', (_, schema) => {
    const rule = 'two messages that share a default see one another change it: make a new one on each call'
    expect(defaultOf(schema), rule).not.toBe(defaultOf(schema))
  })

  test('is new in its parts as well', () => {
    const schema = struct({ names: list(string) })
    const [one, other] = [defaultOf(schema), defaultOf(schema)].map((value) => Object(value).names)
    expect(one, 'the lists within two defaults must be two lists').not.toBe(other)
    const nested = struct({ at: Point })
    const [here, there] = [defaultOf(nested), defaultOf(nested)].map((value) => Object(value).at)
    expect(here, 'the structs within two defaults must be two objects').not.toBe(there)
  })

  test('whatever the schema: it is a value of the schema', () =>
    law(anySchema(), 60, async (schema, story) => {
      const value = defaultOf(schema)
      story.tell(`the default of ${schemaInWords(schema)} is ${fc.stringify(value)}`)
      if (value === undefined) return
      expect(faultOf(schema, value), 'the default must be a value that the schema describes').toBe(undefined)
    }))
})

describe('what a writer leaves out', () => {
  test.each<[name: string, schema: Schema, value: unknown]>([
    ['false', bool, false],
    ['0', u32, 0],
    ['0 of an f64', f64, 0],
    ['-0 of a whole number, which is 0', u32, -0],
    ['-0 of a u53, which is 0 as well', u53, -0],
    ['0n', i64, 0n],
    ['no text', string, ''],
    ['no bytes', bytes, new Uint8Array(0)],
    ['the first value of a literal', literal('get', 'put'), 'get'],
    ['the only value of a literal', literal('v1'), 'v1'],
    ['an empty list', list(u32), []],
    ['an empty map', map(string, u32), new Map()],
  ])('%s', (_, schema, value) => {
    expect(isDefault(schema, value), 'a reader sees this where nothing was written, so nothing is written').toBe(true)
  })

  test.each<[name: string, schema: Schema, value: unknown]>([
    ['true', bool, true],
    ['1', u32, 1],
    ['-0: its bits are others than those of 0', f64, -0],
    ['NaN', f64, Number.NaN],
    ['1n', u64, 1n],
    ['a space', string, ' '],
    ['one byte, even if it is 0', bytes, new Uint8Array(1)],
    ['any other value of a literal', literal('get', 'put'), 'put'],
    ['the number 0, if a literal begins with another', literal(7, 0), 0],
    ['the text 1, if a literal begins with the number', literal(1, '1'), '1'],
    ['a list of one default: it has a length', list(u32), [0]],
    ['a list of one empty text: it has a length', list(string), ['']],
    ['a list with no bytes in it, once: it has a length', list(bytes), [new Uint8Array(0)]],
    ['a map with one entry of defaults', map(string, u32), new Map([['', 0]])],
    ['a struct, even when all that is in it is left out', Point, { x: 0, y: 0 }],
    ['a struct, even when there is nothing in it', struct({}), {}],
    ['a union, even when there is nothing in its case', Shape, { kind: 'dot' }],
  ])('never %s', (_, schema, value) => {
    expect(isDefault(schema, value), 'this must be written, or a reader would see something else').toBe(false)
  })

  test('whatever the value: if it is left out, the reader sees the same value', () =>
    law(schemaWithValue({ protobuf: true }), 60, async ({ schema, value }, story) => {
      story.tell(`the schema is ${schemaInWords(schema)}`)
      story.tell(`the value is ${fc.stringify(value)}`)
      const codec = protobuf(struct({ part: schema }))
      const read = codec.decode(codec.encode({ part: value as never })) // it is a value of this schema
      expectRead(read, { part: value }, 'what was read must be what was written')
      const part = { optional: false, schema }
      expect(isDefault(schema, value), 'whether it is left out').toBe(!isWritten(part, value))
    }))
})
