import { describe, expect, test } from 'vitest'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  type MapKey,
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
import { expectation, inWords, keyStep, oneOf } from '#serialization/words'
import { expectFault, expectInside } from './faults.ts'

const wholes: readonly (readonly [string, () => Schema, readonly unknown[]])[] = [
  ['a list', () => list(u32), [undefined, null, {}, { length: 0 }, 'ab', new Set([1]), new Uint8Array(2)]],
  ['a list: an object of the class', () => list(u32), [Object.create(Array.prototype)]],
  ['a map', () => map(string, u32), [undefined, null, {}, { a: 1 }, [], [['a', 1]], new Set(['a']), new WeakMap()]],
  ['a map: an object called one', () => map(string, u32), [{ [Symbol.toStringTag]: 'Map' }]],
  ['a struct', () => struct({ a: u32 }), [undefined, null, 1, 'text', true, Symbol('a'), () => 1]],
  ['a union', () => union('kind', { one: struct({}) }), [undefined, null, 1, 'one', () => 1]],
]

test.each(wholes)('another thing in the place of %s is the fault itself', (_kind, make, values) => {
  for (const value of values) {
    const wanted = { path: '', expected: expectation(make()), found: inWords(value) }
    expectFault(make(), value, wanted, `${wanted.found} is not ${wanted.expected}`)
  }
})

describe('a list', () => {
  test('may be empty, and have any items that are as its schema says', () => {
    expectInside(list(u32), [], 'no items')
    expectInside(list(u32), [1, 2, 3], 'three items')
    expectInside(list(list(bool)), [[], [true], []], 'lists in a list')
  })

  test('may be of a class of its own', () => {
    class Row extends Array<number> {}
    expectInside(list(u32), Row.from([1, 2]), 'a subclass of Array is an array')
    expectFault(list(u32), Row.from([1, -2]), { path: '[1]' }, 'its items are checked like others')
  })

  test('may have been made elsewhere, with an Array of its own', () => {
    const elsewhere: object = Object.create(null)
    for (const name of Reflect.ownKeys(Array.prototype))
      Reflect.set(elsewhere, name, Reflect.get(Array.prototype, name))
    const items = Object.setPrototypeOf([1, 2], elsewhere) // as from another frame of a page, or from node:vm
    expectInside(list(u32), items, 'Array.isArray knows it, and instanceof does not')
  })

  test('has its fault at the first item that is wrong', () => {
    const wanted = { path: '[2]', expected: expectation(u32), found: '-3' }
    expectFault(list(u32), [1, 2, -3, -4], wanted, 'the third of four items is the first that is wrong')
    const rule = 'the second of two items is NaN, which indexOf never finds'
    expectFault(list(u32), [1, Number.NaN], { path: '[1]', found: 'NaN' }, rule)
    expectFault(list(list(bool)), [[], [0], [0]], { path: '[1][0]' }, 'the second item has a place of its own')
  })

  const items: readonly (readonly [Schema['kind'], () => Schema, unknown])[] = [
    ['u32', () => u32, 1],
    ['u53', () => u53, 1],
    ['u64', () => u64, 1n],
    ['i64', () => i64, 1n],
    ['f64', () => f64, 1],
    ['bool', () => bool, true],
    ['string', () => string, 'a'],
    ['bytes', () => bytes, new Uint8Array(1)],
    ['literal', () => literal('get', 'put'), 'get'],
    ['list', () => list(u32), []],
    ['map', () => map(string, u32), new Map()],
    ['struct', () => struct({ a: optional(u32) }), {}],
    ['union', () => union('kind', { get: struct({}) }), { kind: 'get' }],
  ]
  test.each(items)('has a fault where nothing is, in the place of an item: %s', (_kind, make, sound) => {
    const sparse = [sound, sound, sound]
    delete sparse[1]
    const expected = expectation(make())
    const rule = `a hole is not ${expected}: look at each index, since forEach, some and every pass over holes`
    expectFault(list(make()), sparse, { path: '[1]', expected, found: 'undefined' }, rule)
  })
})

describe('a map', () => {
  test('is a Map, with keys and values that are as its schemas say', () => {
    expectInside(map(string, u32), new Map(), 'no entries')
    const entries = new Map([
      ['__proto__', 1],
      ['constructor', 2],
      ['', 3],
    ])
    expectInside(map(string, u32), entries, 'keys that every object has are keys like others')
    expectInside(map(i64, string), new Map([[-1n, 'below zero']]), 'keys that are no text')
  })

  test('may be of a class of its own', () => {
    class Registry extends Map<string, number> {}
    expectInside(map(string, u32), new Registry([['a', 1]]), 'a subclass of Map is a Map: ask for instanceof')
    expectFault(map(string, u32), new Registry([['a', -1]]), { path: '["a"]' }, 'its entries are checked like others')
  })

  const atValues: readonly (readonly [string, Schema, ReadonlyMap<unknown, unknown>])[] = [
    ['["a"]', map(string, u32), new Map([['a', -1]])],
    ['["a\\"]b"]', map(string, u32), new Map([['a"]b', -1]])],
    ['[7]', map(u32, u32), new Map([[7, -1]])],
    ['[-7]', map(i64, u32), new Map([[-7n, -1]])],
    ['[true]', map(bool, u32), new Map([[true, -1]])],
  ]
  test.each(atValues)('has the fault of a value at its key: %s', (path, schema, value) => {
    const rule = `the value is wrong, and keyStep makes ${path} of its key`
    expectFault(schema, value, { path, expected: expectation(u32), found: '-1' }, rule)
  })

  const atKeys: readonly (readonly [MapKey['kind'], MapKey, readonly unknown[]])[] = [
    ['bool', bool, ['x', 0, null]],
    ['u32', u32, [-1, 2 ** 32, '1', 1n]],
    ['u53', u53, [-1, 2 ** 53, '1', 1n]],
    ['u64', u64, [-1n, 2n ** 64n, 1]],
    ['i64', i64, [2n ** 63n, 1]],
    ['string', string, [1, '\ud83d', undefined]],
  ]
  test.each(atKeys)('has the fault of a key at the key: of the kind %s', (_kind, key, wrong) => {
    for (const found of wrong) {
      const wanted = { path: keyStep(found), expected: expectation(key), found: inWords(found) }
      const rule = `${wanted.found} is wrong as a key, where ${wanted.expected} is asked for`
      expectFault(map(key, u32), new Map([[found, 1]]), wanted, rule)
    }
  })

  test('has a fault with a short path, however long its key is', () => {
    const key = 'x'.repeat(1_000_000)
    const rule = 'the path goes into a log, and keyStep cuts off a key that is long'
    for (const [schema, value] of [
      [map(string, u32), new Map([[key, -1]])],
      [map(u32, u32), new Map([[key, 1]])],
    ] as const) {
      const isCut = faultOf(schema, value)?.path === keyStep(key) // compared here, so that no megabyte is printed
      if (!isCut) expect.fail(`${rule}: the path must be the text that keyStep makes`)
    }
  })
})

describe('a struct', () => {
  test('needs every field that is not optional', () => {
    const point = struct({ x: f64, y: f64, tags: list(string) })
    expectInside(point, { x: 0, y: 0, tags: [] }, 'zero and an empty list are there')
    for (const [value, path, part] of [
      [{}, 'x', f64],
      [{ x: 1, tags: [] }, 'y', f64],
      [{ x: 1, y: undefined, tags: [] }, 'y', f64],
      [{ x: 1, y: 1 }, 'tags', list(string)],
    ] as const) {
      expectFault(point, value, { path, expected: expectation(part), found: 'undefined' }, `${path} is missing`)
    }
    const wanted = { path: 'y', found: 'null' }
    expectFault(point, { x: 1, y: null, tags: [] }, wanted, 'null is not absent: it is the wrong thing')
  })

  test('may leave out a field that is optional, or have undefined there', () => {
    const entry = struct({ key: string, ttlMs: optional(u32) })
    expectInside(entry, { key: 'a' }, 'ttlMs is absent')
    expectInside(entry, { key: 'a', ttlMs: undefined }, 'ttlMs is undefined, which counts as absent')
    expectInside(entry, { key: 'a', ttlMs: 0 }, 'ttlMs is 0, which is not absent')
    expectFault(entry, { key: 'a', ttlMs: null }, { path: 'ttlMs' }, 'null is not absent')
    const wanted = { path: 'ttlMs', expected: expectation(u32), found: '-1' }
    expectFault(entry, { key: 'a', ttlMs: -1 }, wanted, 'if it is there, it is checked')
    const more = struct({ ttlMs: optional(u32), ownerId: optional(u32), key: string })
    expectFault(more, { key: 7 }, { path: 'key', found: '7' }, 'the fields after one that is absent are checked too')
    expectFault(more, {}, { path: 'key', found: 'undefined' }, 'and key must still be there')
  })

  test('has properties that nobody looks at: those that the schema does not name', () => {
    const value = {
      key: 'a',
      note: Symbol('anything'),
      get costly() {
        return expect.fail('the schema has no field `costly`, so nobody may read it')
      },
    }
    expectInside(struct({ key: string }), value, 'more properties than fields')
  })

  test('is an object of any class, or of none', () => {
    class Point {
      readonly #x = 1
      get x() {
        return this.#x
      }
    }
    expectInside(struct({ x: u32 }), new Point(), 'its field is a getter of its class')
    expectInside(struct({ x: u32 }), Object.assign(Object.create(null), { x: 1 }), 'an object without a prototype')
    expectInside(struct({}), {}, 'no fields')
  })

  test('is an object also if that is an array or a Map: its fields decide', () => {
    expectInside(struct({ length: u32 }), [7, 8], 'an array has a length')
    expectInside(struct({ size: u32 }), new Map([[1, 2]]), 'a Map has a size')
    expectInside(struct({ byteLength: u32 }), new DataView(new ArrayBuffer(4)), 'a view has a byteLength')
    expectInside(struct({}), Promise.resolve(), 'a promise is an object, and no field is asked for')
    expectInside(struct({ at: optional(u32) }), new Date(0), 'a Date is an object, and need not have an at')
    expectFault(struct({ size: u32 }), [7, 8], { path: 'size', found: 'undefined' }, 'an array has no size')
  })
})

describe('a union', () => {
  const command = () => union('kind', { get: struct({ key: string }), put: struct({ key: string, value: bytes }) })

  test('is one of its structs: the one that its discriminator names', () => {
    expectInside(command(), { kind: 'get', key: 'a' }, 'the fields of get')
    expectInside(command(), { kind: 'put', key: 'a', value: new Uint8Array(1) }, 'the fields of put')
    expectInside(
      command(),
      { kind: 'get', key: 'a', value: 'not of get' },
      'the fields of other cases are not looked at',
    )
    const wanted = { path: 'value', expected: expectation(bytes), found: 'undefined' }
    expectFault(command(), { kind: 'put', key: 'a' }, wanted, 'put needs its value')
  })

  test('is an object of any class, with a discriminator from anywhere', () => {
    class Get {
      get kind() {
        return 'get'
      }
      get key() {
        return 'a'
      }
    }
    expectInside(command(), new Get(), 'kind is a getter of its class, and no property of its own')
    expectInside(command(), Object.assign(Object.create({ kind: 'get' }), { key: 'a' }), 'kind is inherited')
    expectInside(command(), Object.assign([1], { kind: 'get', key: 'a' }), 'an array is an object too')
    expectInside(command(), Object.assign(new Map(), { kind: 'get', key: 'a' }), 'and so is a Map')
  })

  const noCases = [undefined, null, '', 'Get', 'delete', 0, 1, 'toString', '__proto__', ['get'], new String('get')]
  const named = noCases.map((kind) => [inWords(kind), kind] as const)
  test.each(named)('has its fault at the discriminator when that names no case: %s', (found, kind) => {
    const wanted = { path: 'kind', expected: 'one of "get", "put"', found }
    expectFault(command(), { kind, key: 'a' }, wanted, `${found} is the name of no case: nothing is converted`)
  })

  test('has its fault at the discriminator when that is missing', () => {
    expectFault(command(), { key: 'a' }, { path: 'kind', found: 'undefined' }, 'kind is missing')
  })

  test.each([1, 2, 13])('names in that fault its cases, as oneOf does: %d', (count) => {
    const names = Array.from({ length: count }, (_, index) => `case${index}`)
    const each = struct({})
    const many = union('kind', Object.fromEntries(names.map((name) => [name, each])))
    const wanted = { path: 'kind', expected: oneOf(names), found: '"none"' }
    expectFault(many, { kind: 'none' }, wanted, `there are ${count} to choose from, and oneOf puts that in words`)
  })
})

describe('a path', () => {
  const half = '\ud83d'
  const command = () => union('kind', { put: struct({ key: string, tags: optional(map(string, list(u32))) }) })
  const rows: readonly (readonly [string, () => Schema, unknown])[] = [
    ['a.b.c', () => struct({ a: struct({ b: struct({ c: string }) }) }), { a: { b: { c: half } } }],
    ['a.b', () => struct({ a: struct({ b: struct({ c: string }) }) }), { a: { b: 7 } }],
    ['[1][2]', () => list(list(bool)), [[], [true, true, 0]]],
    ['[1]', () => list(list(bool)), [[], 'no list']],
    [
      'entries[3].key',
      () => struct({ entries: list(struct({ key: string })) }),
      {
        entries: [{ key: 'a' }, { key: 'b' }, { key: 'c' }, { key: half }],
      },
    ],
    ['[0].key', () => list(struct({ key: string })), [{ key: half }]],
    ['["ada"].age', () => map(string, struct({ age: u32 })), new Map([['ada', { age: -1 }]])],
    ['users["ada"]', () => struct({ users: map(string, u32) }), { users: new Map([['ada', -1]]) }],
    ['[1]["a"][0]', () => map(u32, map(string, list(bool))), new Map([[1, new Map([['a', [1]]])]])],
    ['commands[0].kind', () => struct({ commands: list(command()) }), { commands: [{ kind: 'pot' }] }],
    [
      'commands[0].tags["x"][1]',
      () => struct({ commands: list(command()) }),
      {
        commands: [{ kind: 'put', key: '', tags: new Map([['x', [1, -1]]]) }],
      },
    ],
    ['command.key', () => struct({ command: command() }), { command: { kind: 'put', key: half } }],
    ['command', () => struct({ command: command() }), {}],
  ]
  test.each(rows)('leads to the part: %s', (path, make, value) => {
    const rule = 'each level puts its own step in front: .name for a field, without the dot at the beginning'
    expectFault(make(), value, { path }, rule)
  })
})
