import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { lengthMin } from '#serialization/length-min'
import { f64, list, literal, map, optional, type Schema, string, struct, u64, union } from '#serialization/schema'

const Nothing = struct({})

describe('a value takes no fewer bytes than', () => {
  test.each<readonly [string, Schema, number]>([
    ['1 for a number', u64, 1],
    ['8 for an f64', f64, 8],
    [
      '1 for text, a literal, a list, a map',
      struct({ a: string, b: literal('x'), c: list(f64), d: map(string, f64) }),
      4,
    ],
    [
      '1 for a field that may be absent, and what the field takes for any other',
      struct({ a: optional(f64), b: f64 }),
      9,
    ],
    ['1 for a union', union('do', { put: struct({ ratio: f64 }), stop: Nothing }), 1],
    ['0 for a struct without fields', Nothing, 0],
  ])('%s', (_what, schema, length) => {
    expect(lengthMin(schema), 'the least of all its values, in the compact format').toBe(length)
  })
})

describe('a list whose items may take no bytes is refused, with the path', () => {
  test.each<readonly [string, Schema, string]>([
    ['at the top', list(Nothing), 'the value'],
    ['in a field', struct({ a: struct({ many: list(Nothing) }) }), 'a.many'],
    ['in a field that may be absent', struct({ many: optional(list(Nothing)) }), 'many'],
    ['of structs that have such structs alone', list(list(struct({ nothing: Nothing }))), '[]'],
    ['in a map', map(string, list(Nothing)), '[]'],
    ['in a case', union('do', { put: struct({ many: list(Nothing) }) }), 'put.many'],
  ])('%s', (_what, schema, path) => {
    const rule = 'five bytes could claim four billion of them'
    expect(() => compact(schema), rule).toThrow(TypeError)
    expect(() => compact(schema), 'the error must say where').toThrow(`${path}: `)
  })

  test('a map of such values is not: its keys take bytes', () => {
    expect(compact(map(string, Nothing)).decode(Uint8Array.of(0)), 'an empty map').toEqual({
      ok: true,
      value: new Map(),
    })
  })
})
