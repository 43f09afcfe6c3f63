import { describe, expect, test } from 'vitest'
import { compileEncoder } from '#serialization/compile'
import { bool, f64, list, map, optional, string, struct, u32, union } from '#serialization/schema'
import { expectedOf, expectWrittenAlone, writingCode } from './compiled.ts'
import { kindRows } from './every-kind.ts'
import { inHex } from './hex.ts'

describe('the code that writes', () => {
  test.each(kindRows)('%s: the bytes are those of compact', (name, { schema, inside }) => {
    const code = writingCode(schema)
    for (const value of inside) {
      const encoded = code.encode(value)
      expect(encoded.outcome, `the bytes of ${name}, in hex; ${code.shown}`).toEqual(expectedOf(schema, value))
      expectWrittenAlone(encoded, code.shown)
    }
  })

  test.each(kindRows)('%s: refuses what compact refuses, with its path and its words', (name, { schema, outside }) => {
    const code = writingCode(schema)
    for (const value of outside) {
      const { outcome } = code.encode(value)
      const rule = `a value that is not ${name} must be refused: the code returns false, and compact says why; ${code.shown}`
      expect(outcome, rule).toEqual(expectedOf(schema, value))
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

  test('stays as it is when others are made after it', () => {
    const encode = compileEncoder(list(f64))
    const messages = [1, 2, 3].map((value) => encode([value]))
    const again = [1, 2, 3].map((value) => inHex(compileEncoder(list(f64))([value])))
    expect(messages.map(inHex), 'each message keeps its own bytes').toEqual(again)
  })
})

/** A copy of the value, of whose objects each notes which properties are read of it. */
function noting(value: unknown, reads: string[], path = ''): unknown {
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, noting(part, reads, `${path}${name}.`)]),
  )
  return new Proxy(copy, {
    get(target, name) {
      reads.push(`${path}${String(name)}`)
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
    pick: union('kind', { stop: struct({}), put: struct({ key: string }), get: Get }),
  })
  const value = { id: 1, ttlMs: 5, inner: { sync: true }, pick: { kind: 'get', key: 'a', count: 3 } }
  const each = ['id', 'ttlMs', 'inner', 'inner.sync', 'pick', 'pick.kind', 'pick.key', 'pick.count']

  test('is asked for each field and each discriminator once', () => {
    const reads: string[] = []
    const code = writingCode(schema)
    code.encode(noting(value, reads))
    const rule = 'read a property into a variable, then look at the variable and write it'
    expect(reads.toSorted(), `${rule}; ${code.shown}`).toEqual(each.toSorted())
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
