import { describe, expect, test } from 'vitest'
import { compileEncoder } from '#serialization/compile'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  optional,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { expectedOf, expectWrittenAlone, inShort, writingCode } from './compiled.ts'
import { kindRows } from './every-kind.ts'
import { inHex } from './hex.ts'

describe('the code that writes', () => {
  test.each(kindRows)('%s: the bytes are those of compact', (name, { schema, inside }) => {
    const code = writingCode(schema)
    for (const value of inside) {
      const expected = expectedOf(schema, value)
      const shown = inShort(value)
      const encoded = code.encode(value)
      expect(encoded.outcome, `the bytes of ${shown}, ${name}, in hex; ${code.shown}`).toEqual(expected)
      expectWrittenAlone(encoded, code.shown)
      const rule = `${shown} was changed while it was written, and is no longer ${name} with these bytes`
      expect(expectedOf(schema, value), `${rule}; ${code.shown}`).toEqual(expected)
    }
  })

  test.each(kindRows)('%s: refuses what compact refuses, with its path and its words', (name, { schema, outside }) => {
    const code = writingCode(schema)
    for (const value of outside) {
      const expected = expectedOf(schema, value)
      const rule = `${inShort(value)} is not ${name}, and must be refused as it is: the code returns false, and compact says why`
      const { outcome } = code.encode(value)
      expect(outcome, `${rule}; ${code.shown}`).toEqual(expected)
    }
  })
})

describe('a message', () => {
  const Pair = struct({ key: string, count: u32 })

  test('has nothing in it of a value before it that was refused', () => {
    const encode = compileEncoder(Pair)
    const first = encode({ key: 'a', count: 1 })
    expect(() => encode({ key: 'half', count: -1 }), 'a count below 0 is outside the schema').toThrow('count')
    const rule = 'the key of the refused value was written before its count was looked at: abandon it'
    expect(inHex(encode({ key: 'a', count: 1 })), rule).toBe(inHex(first))
  })

  test('has nothing in it of a value before it whose getter threw', () => {
    const encode = compileEncoder(Pair)
    const first = encode({ key: 'a', count: 1 })
    const broken = {
      key: 'half',
      get count(): number {
        throw new Error('no connection')
      },
    }
    expect(() => encode(broken), 'the error of the getter reaches the caller').toThrow('no connection')
    expect(inHex(encode({ key: 'a', count: 1 })), 'what was written before the error is abandoned').toBe(inHex(first))
  })

  test('has nothing in it of another one that a getter of its value encodes with the same codec', () => {
    const encode = compileEncoder(Pair)
    const alone = [1, 2].map((count) => inHex(compileEncoder(Pair)({ key: 'a', count })))
    let inner: Uint8Array = new Uint8Array(0)
    const value = {
      key: 'a',
      get count(): number {
        inner = encode({ key: 'a', count: 2 })
        return 1
      },
    }
    const outer = encode(value)
    const rule = 'a writer that has half of a message must not be given to the next one: take it out while it is in use'
    expect([inHex(outer), inHex(inner)], rule).toEqual(alone)
    expect(inHex(encode({ key: 'a', count: 2 })), 'and the next message is as it should be').toBe(alone[1])
  })

  test('stays as it is when others are made after it', () => {
    const encode = compileEncoder(list(f64))
    const messages = [1, 2, 3].map((value) => encode([value]))
    const again = [1, 2, 3].map((value) => inHex(compileEncoder(list(f64))([value])))
    expect(messages.map(inHex), 'each message keeps its own bytes').toEqual(again)
  })
})

/** A copy of the value, whose objects and arrays note which of their properties and items are read. */
function noting(value: unknown, reads: string[], path = ''): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Map) return value
  const copy: object = Array.isArray(value) ? [] : {}
  for (const [name, part] of Object.entries(value)) Reflect.set(copy, name, noting(part, reads, `${path}${name}.`))
  return new Proxy(copy, {
    get(target, name) {
      const isPart = !Array.isArray(target) || /^\d+$/.test(String(name)) // and not the length of an array, or a method
      if (isPart) reads.push(`${path}${String(name)}`)
      return Reflect.get(target, name)
    },
  })
}

describe('a value whose getters return something else each time', () => {
  const Get = struct({ key: string, count: optional(u32) })
  const schema = struct({
    id: u32,
    ttlMs: optional(u32),
    inner: struct({ sync: optional(bool) }),
    size: u53,
    version: u64,
    offset: i64,
    ratio: f64,
    body: bytes,
    how: literal('get', 'put'),
    names: list(string),
    ages: map(string, u32),
    pick: union('kind', { stop: struct({}), put: struct({ key: string }), get: Get }),
  })
  const scalars = { id: 1, ttlMs: 5, size: 7, version: 1n, offset: -1n, ratio: 0.5, body: Uint8Array.of(1), how: 'put' }
  const lists = { names: [], ages: new Map([['a', 1]]) }
  const value = { ...scalars, ...lists, inner: { sync: true }, pick: { kind: 'get', key: 'a', count: 3 } }
  const each = [...Object.keys(value), 'inner.sync', 'pick.kind', 'pick.key', 'pick.count']

  test('is asked for each field and each discriminator once', () => {
    const reads: string[] = []
    const code = writingCode(schema)
    code.encode(noting(value, reads))
    const rule = 'read a property into a variable, then look at the variable and write it'
    expect(reads.toSorted(), `${rule}; ${code.shown}`).toEqual(each.toSorted())
  })

  test('is asked for each item of a list once', () => {
    const reads: string[] = []
    const code = writingCode(list(struct({ key: string })))
    code.encode(noting([{ key: 'a' }, { key: 'b' }], reads))
    const rule = 'read an item into a variable, as you do with a field'
    expect(reads, `${rule}; ${code.shown}`).toEqual(['0', '0.key', '1', '1.key'])
  })

  test('is written as it was looked at', () => {
    let calls = 0
    const fickle = {
      get count() {
        calls += 1
        return calls === 1 ? 5 : undefined
      },
    }
    const code = writingCode(struct({ count: optional(u32) }))
    const rule = 'the getter returned 5, and undefined after that: these bytes are no message, unless both say the same'
    expect(code.encode(fickle).outcome, `${rule}; ${code.shown}`).toBe('01 05')
  })
})

test('a value is refused at its first fault, and no field behind that is read', () => {
  const behind = {
    get b(): number {
      throw new Error('no connection')
    },
  }
  const schema = struct({ a: u32, b: u32 })
  const code = writingCode(schema)
  const value = Object.defineProperties({ a: -1 }, Object.getOwnPropertyDescriptors(behind))
  const rule = 'compact finds a fault in a, and never comes to b, whose getter throws: read a field where it is written'
  expect(code.encode(value).outcome, `${rule}; ${code.shown}`).toEqual(expectedOf(schema, value))
})

describe('a map with keys of another type', () => {
  test.each([
    ['a symbol', Symbol('key')],
    ['an object without a prototype', Object.create(null)],
    ['undefined', undefined],
    ['an array', ['a']],
  ])('%s: is refused as compact refuses it, although keys have to be sorted', (_name, key) => {
    const schema = map(string, u32)
    const code = writingCode(schema)
    for (const entries of [
      [
        ['a', 1],
        [key, 2],
      ],
      [
        [key, 1],
        ['a', 2],
        ['b', 3],
      ],
    ] as const) {
      const value = new Map<unknown, unknown>(entries)
      expect(code.encode(value).outcome, `the path names the key, and nothing else is thrown; ${code.shown}`).toEqual(
        expectedOf(schema, value),
      )
    }
  })
})
