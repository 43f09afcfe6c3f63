/** Values that look unusual, lists that are long, and what may be done with a value that was read. */
import { describe, expect, test } from 'vitest'
import { compileEncoder } from '#serialization/compile'
import {
  bool,
  bytes,
  list,
  literal,
  map,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  union,
} from '#serialization/schema'
import { expectedOf, expectWrittenAlone, inShort, messageOf, readingCode, writingCode } from './compiled.ts'

class Point {
  get x(): number {
    return 300
  }
  get y(): number {
    return 2
  }
}

class Names extends Array<string> {}

class Ages extends Map<string, number> {}

/** Whoever goes through it meets adults only. */
class Grown extends Map<string, number> {
  override *[Symbol.iterator](): MapIterator<[string, number]> {
    for (const entry of super.entries()) if (entry[1] >= 18) yield entry
  }
}

const Position = struct({ x: u32, y: optional(u32) })

const rows: readonly (readonly [string, Schema, unknown])[] = [
  ['a Buffer: it is a Uint8Array', bytes, Buffer.from([1, 2])],
  ['an instance of a class, whose fields are getters', Position, new Point()],
  ['an object that has its fields from another one', Position, Object.create({ x: 300, y: 2 })],
  ['a frozen object', Position, Object.freeze({ x: 300, y: 2 })],
  ['an array for a struct: it is an object', struct({ length: u32 }), [1, 2]],
  ['an array for a union', union('kind', { stop: struct({}) }), Object.assign([], { kind: 'stop' })],
  ['a Map for a struct', struct({ size: u32 }), new Map([[1, 2]])],
  ['an array of a class of its own', list(string), Names.of('a', 'b')],
  ['a Map of a class of its own', map(string, u32), new Ages([['a', 1]])],
  [
    'a Map that shows fewer entries than it has',
    map(string, u32),
    new Grown([
      ['a', 1],
      ['b', 20],
    ]),
  ],
  ['-0 for the literal 0', literal(1, 0), -0],
  ['-0 for a whole number', list(u32), [-0]],
  ['-0 for a greater one', list(u53), [-0]],
]

describe('what compact accepts, the code writes by itself', () => {
  test.each(rows)('%s', (_name, schema, value) => {
    const code = writingCode(schema)
    const encoded = code.encode(value)
    expect(encoded.outcome, `the bytes of ${inShort(value)}, in hex; ${code.shown}`).toEqual(expectedOf(schema, value))
    expectWrittenAlone(encoded, code.shown)
  })
})

const COUNT = 1_000_000

describe('a list of a million items', () => {
  const message = Buffer.concat([Uint8Array.of(0xc0, 0x84, 0x3d), Buffer.alloc(COUNT, 1)])

  test('is written, at a cost for each item that does not grow with their number', () => {
    const encoded = compileEncoder(list(bool))(new Array(COUNT).fill(true))
    const rule = `the length, and a byte for each item; ${writingCode(list(bool)).shown}`
    expect(message.equals(encoded), rule).toBe(true)
  })

  test('is read, at such a cost too, and by no call that has all of them as its arguments', () => {
    const code = readingCode(list(bool))
    const { outcome } = code.decode(message)
    const items = outcome.ok && Array.isArray(outcome.value) ? outcome.value : []
    expect(items.length, `the message says how many there are; ${code.shown}`).toBe(COUNT)
    const isRead = items.every((item) => item === true)
    expect(isRead, `each item is true; ${code.shown}`).toBe(true)
  })
})

/** Writes something into every part of a value. Returns the path of one that can't be written to, if there is any. */
function overwrite(part: unknown, path: string): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined
  if (part instanceof Uint8Array) part.fill(0xee)
  if (part instanceof Uint8Array) return undefined
  const inner = part instanceof Map ? [...part] : Object.entries(part)
  for (const [name, item] of inner) {
    const fault = overwrite(item, `${path}.${name}`)
    if (fault !== undefined) return fault
    if (part instanceof Map) part.set(name, 'changed')
    else if (!Reflect.set(part, name, 'changed')) return `${path}.${name}`
  }
  if (part instanceof Map) part.set('more', 'changed')
  const isOpen = Reflect.set(part, Array.isArray(part) ? part.length : 'more', 'changed')
  return isOpen ? undefined : path
}

test('a value that was read may be written to, and the next one is as new as it was', () => {
  const Choice = union('kind', { stop: struct({}) })
  const schema = struct({
    none: list(u32),
    empty: struct({}),
    some: list(struct({ a: u32 })),
    choice: Choice,
    maps: list(map(string, list(bool))),
    body: bytes,
    last: optional(struct({})),
  })
  const some = [{ a: 1 }, { a: 1 }]
  const maps = [new Map(), new Map([['a', []]])]
  const value = { none: [], empty: {}, some, choice: { kind: 'stop' }, maps, body: Uint8Array.of(1, 2), last: {} }
  const message = messageOf(schema, value)
  const code = readingCode(schema)
  const first = code.decode(message).outcome
  expect(first, `the value as it was written; ${code.shown}`).toStrictEqual({ ok: true, value })
  if (!first.ok) return
  const closed = overwrite(first.value, 'value')
  expect(closed, `a part of the value can't be written to; ${code.shown}`).toBe(undefined)
  const rule =
    'the value that was read before was written to, and shares a part with this one: make a new part each time'
  expect(code.decode(message).outcome, `${rule}; ${code.shown}`).toStrictEqual({ ok: true, value })
})
