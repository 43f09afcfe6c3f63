import { describe, expect, test } from 'vitest'
import { asMessage } from '#serialization/protobuf-form'
import { list, map, optional, type Schema, string, struct, u32, union } from '#serialization/schema'

const Point = struct({ x: u32, y: optional(u32) })

describe('a schema that has a Protobuf form', () => {
  test.each<readonly [string, Schema]>([
    ['a struct', struct({ a: list(Point), b: map(string, Point) })],
    ['a union', union('do', { put: Point, stop: struct({}) })],
    ['a list in a struct in a list', struct({ a: list(struct({ b: list(u32) })) })],
    ['a union in a list', struct({ a: list(union('do', { stop: struct({}) })) })],
  ])('%s', (_name, schema) => {
    expect(asMessage(schema), 'it is returned as it is').toBe(schema)
  })
})

describe('a schema that has none is refused, with the path', () => {
  test.each<readonly [string, Schema, string]>([
    ['a number', u32, 'not a u32'],
    ['a list', list(Point), 'not a list'],
    ['a list of lists', struct({ a: list(list(u32)) }), 'a: '],
    ['a list of maps', struct({ a: struct({ b: list(map(u32, u32)) }) }), 'a.b: '],
    ['a map of lists', struct({ a: u32, b: map(string, list(u32)) }), 'b: '],
    ['a list that may be absent', struct({ a: optional(list(u32)) }), 'a: '],
    ['a map that may be absent', struct({ a: struct({ b: optional(map(u32, u32)) }) }), 'a.b: '],
    ['one in a case', union('do', { put: struct({ a: list(list(u32)) }) }), 'put.a: '],
    ['one in an item', struct({ a: list(struct({ b: list(list(u32)) })) }), 'a[].b: '],
  ])('%s', (_name, schema, text) => {
    expect(() => asMessage(schema), 'there would be nothing on the wire that tells').toThrow(TypeError)
    expect(() => asMessage(schema), 'the error must say where').toThrow(text)
  })
})
