import { describe, test } from 'vitest'
import { bool, list, map, numbered, optional, type Schema, string, struct, u32, union } from '#serialization/schema'
import { expectFault } from './faults.ts'

describe('the first fault of several', () => {
  const two = () => struct({ a: u32, b: u32 })
  const command = () => union('kind', { put: struct({ a: u32, b: u32 }) })
  const inStructs: readonly (readonly [string, () => Schema, unknown, string])[] = [
    ['a before b, whatever the order of the object', two, { b: -1, a: -1 }, 'a'],
    ['a that is wrong, before b that is missing', two, { a: -1 }, 'a'],
    ['a that is missing, before b that is wrong', two, { b: -1 }, 'a'],
    ['a that is wrong, before b that is missing, in a case', command, { kind: 'put', a: -1 }, 'a'],
    ['a that is missing, before b that is wrong, in a case', command, { kind: 'put', b: -1 }, 'a'],
    ['a before b, whatever the order of the object, in a case', command, { b: -1, a: -1, kind: 'put' }, 'a'],
    ['a discriminator that names no case, before the fields', command, { a: -1, b: -1, kind: 'pot' }, 'kind'],
    [
      'an optional field, before one that must be there',
      () => struct({ a: optional(u32), b: u32 }),
      { a: -1, b: -1 },
      'a',
    ],
    ['an optional field, before one that is missing', () => struct({ a: optional(u32), b: u32 }), { a: -1 }, 'a'],
    [
      'the field with number 2, before that with 1',
      () => struct({ b: numbered(2, u32), a: numbered(1, u32) }),
      { b: -1, a: -1 },
      'b',
    ],
    [
      'a part of a list, before a scalar behind the list',
      () => struct({ a: list(u32), b: u32 }),
      { a: [-1], b: -1 },
      'a[0]',
    ],
    ['a scalar, before a part of a list behind it', () => struct({ a: u32, b: list(u32) }), { a: -1, b: [-1] }, 'a'],
    [
      'a part of a struct, before a list that is none',
      () => struct({ a: two(), b: list(u32) }),
      { a: { a: 1, b: -1 }, b: 7 },
      'a.b',
    ],
  ]
  test.each(inStructs)('follows the order of the schema, field by field: %s', (how, make, value, path) => {
    expectFault(make(), value, { path }, `both are wrong, and the order of the schema tells which is first: ${how}`)
  })

  const inLists: readonly (readonly [string, () => Schema, readonly unknown[], string])[] = [
    ['the earlier of two', () => list(u32), [1, -1, -2], '[1]'],
    ['a wrong item, before one that is undefined', () => list(u32), [-1, undefined], '[0]'],
    ['an item that is undefined, before a wrong one', () => list(u32), [undefined, -1], '[0]'],
    ['a part of an item, before an item that is no list', () => list(list(u32)), [[-1], 7], '[0][0]'],
    ['an item that is no list, before a part of another', () => list(list(u32)), [7, [-1]], '[0]'],
    ['a part of an item, before an item that is no object', () => list(two()), [{ a: 1, b: -1 }, null], '[0].b'],
  ]
  test.each(inLists)('is the first in the list, item by item: %s', (how, make, value, path) => {
    expectFault(make(), value, { path }, `both are wrong: go item by item, and through each before the next: ${how}`)
  })

  const inMaps: readonly (readonly [string, Schema, ReadonlyMap<unknown, unknown>, string, string])[] = [
    [
      'the earlier of two values, and not the lesser key',
      map(string, u32),
      new Map([
        ['z', 1],
        ['y', -2],
        ['a', -1],
      ]),
      '["y"]',
      '-2',
    ],
    ['a key, before its own value', map(u32, u32), new Map<unknown, unknown>([[-1, 'wrong too']]), '[-1]', '-1'],
    ['a key, before a part of its own value', map(u32, list(u32)), new Map([[-1, [-2]]]), '[-1]', '-1'],
    [
      'a value, before the key of the next entry',
      map(u32, u32),
      new Map<unknown, unknown>([
        [1, 'value'],
        ['key', 2],
      ]),
      '[1]',
      '"value"',
    ],
    [
      'a part of a value, before a value that is no list',
      map(u32, list(bool)),
      new Map<number, unknown>([
        [1, [0]],
        [2, 7],
      ]),
      '[1][0]',
      '0',
    ],
  ]
  test.each(inMaps)('is the first in the Map, entry by entry: %s', (how, schema, value, path, found) => {
    expectFault(schema, value, { path, found }, `both are wrong: go entry by entry, and key before value: ${how}`)
  })
})
