import { describe, expect, test } from 'vitest'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { fateOf } from './fate.ts'

const [VARINT, EIGHT, PREFIXED, FOUR] = [0, 1, 2, 5] as const
type WireType = typeof VARINT | typeof EIGHT | typeof PREFIXED | typeof FOUR

/** A field 1 that has the wire type, and whose end can be found. */
const fields: readonly (readonly [WireType, field: string])[] = [
  [VARINT, '08 01'],
  [EIGHT, '09 00 00 00 00 00 00 f0 3f'],
  [PREFIXED, '0a 01 01'],
  [FOUR, '0d 01 00 00 00'],
]

/** Each kind that stands in a field of its own, with its wire type and a field that is good. */
const kinds: readonly (readonly [kind: string, Schema, WireType, field: string])[] = [
  ['bool', bool, VARINT, '08 01'],
  ['u32', u32, VARINT, '08 01'],
  ['u53', u53, VARINT, '08 01'],
  ['u64', u64, VARINT, '08 01'],
  ['i64', i64, VARINT, '08 02'],
  ['literal', literal('x', 'y'), VARINT, '08 01'],
  ['f64', f64, EIGHT, '09 00 00 00 00 00 00 f0 3f'],
  ['string', string, PREFIXED, '0a 01 61'],
  ['bytes', bytes, PREFIXED, '0a 01 07'],
  ['struct', struct({ x: u32 }), PREFIXED, '0a 02 08 01'],
  ['union', union('do', { go: struct({}), stop: struct({}) }), PREFIXED, '0a 02 0a 00'],
]

describe('whatever kind a Protobuf field is of', () => {
  test.each(kinds)('a second value is refused at its tag: %s', (kind, schema, _wireType, field) => {
    const codec = protobuf(struct({ a: schema }))
    expect(fateOf(codec, field), `one ${kind} is what the schema describes`).toMatch(/^accepted/)
    const second = field.split(' ').length
    const rule = `of two values neither counts, and a ${kind} is no exception`
    expect(fateOf(codec, `${field} ${field}`), rule).toBe(`refused at ${second}, in a`)
  })

  test.each(kinds)('another wire type is refused at its tag: %s', (kind, schema, wireType) => {
    for (const [other, field] of fields) {
      if (other === wireType) continue
      const rule = `wire type ${other} is not that of a ${kind}: look at it before you read the value`
      expect(fateOf(protobuf(struct({ a: schema })), field), rule).toBe('refused at 0, in a')
    }
  })

  test.each(kinds)('another wire type of an item is refused at its tag: %s', (kind, schema, wireType, field) => {
    const codec = protobuf(struct({ a: list(schema) }))
    expect(fateOf(codec, `${field} ${field}`), `two items of kind ${kind}, a field each`).toMatch(/^accepted/)
    for (const [other, badField] of fields) {
      if (other === wireType || other === PREFIXED) continue // that may be several items, packed
      const rule = `wire type ${other} is not that of a ${kind}, in a list as little as by itself`
      expect(fateOf(codec, badField), rule).toBe('refused at 0, in a')
    }
  })
})
