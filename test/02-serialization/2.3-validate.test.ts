import { describe, expect, test } from 'vitest'
import { bool, bytes, f64, i64, list, literal, map, type Schema, string, u32, u53, u64 } from '#serialization/schema'
import { faultOf } from '#serialization/validate'
import { expectation, inWords, keyStep } from '#serialization/words'
import { expectFault, expectInside } from './faults.ts'

class Chunk extends Uint8Array {}

/** Fails if the schema does not describe the value, and says what it is taken for. */
function expectTaken(schema: Schema, value: unknown, rule: string): void {
  expectInside(schema, value, `${inWords(value)} must be taken for ${expectation(schema)}: ${rule}`)
}

/** Fails if the schema describes the value, or if the fault is told in other words. */
function expectOutside(schema: Schema, value: unknown, rule: string): void {
  const wanted = { path: '', expected: expectation(schema), found: inWords(value) }
  expectFault(
    schema,
    value,
    wanted,
    `${inWords(value)} must be refused, where ${wanted.expected} is asked for: ${rule}`,
  )
}

const range = 'compare with both ends of the range'
const minusZero = 'it is equal to 0, and is written as 0'
const noNumber = 'a number and a bigint are not the same, and nothing is converted'

describe('a value without parts', () => {
  const inside: readonly (readonly [string, Schema, readonly unknown[], string])[] = [
    ['a bool', bool, [true, false], 'these two'],
    ['a u32', u32, [0, 1, 2 ** 31, 2 ** 32 - 1], range],
    ['a u32 that is -0', u32, [-0], minusZero],
    ['a u53 that is -0', u53, [-0], minusZero],
    ['a u53', u53, [0, 2 ** 32, 2 ** 53 - 1], range],
    ['a u64', u64, [0n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n], range],
    ['an i64', i64, [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)], range],
    ['an f64', f64, [0, -0, -1.5, Number.NaN, Infinity, -Infinity, 5e-324, 2 ** 53], 'any number is'],
    ['a string', string, ['', 'é', '😀', '\u{feff}', '\0', '__proto__', '\udbff\udfff'], 'text that has a UTF-8 form'],
    ['bytes', bytes, [new Uint8Array(0), new Uint8Array(3), new Chunk(2)], 'of a subclass as well, such as Buffer'],
  ]
  test.each(inside)('is inside the schema: %s', (_kind, schema, values, rule) => {
    for (const value of values) expectTaken(schema, value, rule)
  })

  const outside: readonly (readonly [string, Schema, readonly unknown[], string])[] = [
    ['a bool', bool, [0, 1, 'true', null, undefined], 'nothing is converted'],
    ['a u32: a fraction or no number', u32, [1.5, -0.5, Number.NaN], 'it is a whole number'],
    ['a u32: out of range', u32, [-1, 2 ** 32, 2 ** 53, Infinity, -Infinity], range],
    ['a u32: another type', u32, ['1', 1n, true, null, undefined, [1]], noNumber],
    ['a u53: a fraction or no number', u53, [0.5, 2 ** 52 - 0.5, Number.NaN], 'it is a whole number'],
    ['a u53: out of range', u53, [-1, 2 ** 53, 2 ** 60, Infinity], range],
    ['a u53: another type', u53, ['1', 1n, true, null, undefined], noNumber],
    ['a u64: out of range', u64, [-1n, 2n ** 64n, 2n ** 64n + 5n], range],
    ['a u64: a number, however whole', u64, [0, 1, 2 ** 53 - 1, '1', null, undefined], noNumber],
    ['an i64: out of range', i64, [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n], range],
    ['an i64: a number, however whole', i64, [0, -1, '1', null, undefined], noNumber],
    ['an f64', f64, ['1', 1n, null, undefined, new Date(0)], 'nothing is converted'],
    ['a string: another type', string, [0, null, undefined, ['a'], new String('a')], 'nothing is converted'],
    ['bytes', bytes, ['AA==', [1, 2], new ArrayBuffer(2), new Uint16Array(2), null], 'only a Uint8Array is'],
    ['bytes, though each item is one', bytes, [new Int8Array(2), new Uint8ClampedArray(2)], 'only a Uint8Array is'],
  ]
  test.each(outside)('is outside the schema: not %s', (_kind, schema, values, rule) => {
    for (const value of values) expectOutside(schema, value, rule)
  })

  test.each(['\ud83d', 'a\ude00', '\ud83d\ud83d', '\ude00\ud83d', 'ab\udfff'])(
    'is outside the schema: a string with half of a surrogate pair, as in %j',
    (value) => {
      expectOutside(string, value, 'it has no UTF-8 form, and would come back changed (utf8Length tells)')
    },
  )
})

describe('a literal', () => {
  test('is one of its values, of the same type', () => {
    const operation = literal('get', 1, true, '')
    for (const value of ['get', 1, true, '']) expectTaken(operation, value, 'it is in the list')
    for (const value of ['put', 'Get', '1', 'true', 0, 2, false, null, undefined]) {
      expectOutside(operation, value, 'it is not in the list, and nothing is converted')
    }
  })

  test('is 0, and -0 as well', () => {
    expectTaken(literal(0, 1), -0, minusZero)
  })

  test('names in its fault what there is to choose from', () => {
    const choice = { path: '', expected: 'one of "get", "put"', found: '"gte"' }
    expectFault(literal('get', 'put'), 'gte', choice, 'gte is neither get nor put')
    expectFault(literal('v1'), 1, { path: '', expected: '"v1"' }, 'there is one value, and no choice')
  })
})

describe('what was found', () => {
  test('is shown, however long it is, in a few words', () => {
    const long = 'x'.repeat(1_000_000)
    const { found = '' } = faultOf(u32, long) ?? {}
    expect(found, 'the value stands in the fault, by inWords').toMatch(/^"xxx/)
    expect(found.length, 'the fault goes into a log: inWords shortens what is long').toBeLessThan(100)
    expect(faultOf(literal('a'), long)?.found.length, 'also for a literal').toBeLessThan(100)
    const array = { path: '', found: 'an array of 1000' }
    expectFault(string, new Array(1000).fill(0), array, 'of a thing with parts, its kind and size')
  })

  test('is nothing that makes the check itself fail', () => {
    const bare = Object.create(null)
    const symbol = Symbol('a symbol')
    for (const value of [bare, symbol, () => 1, new Map(), new Proxy({}, {})]) {
      expectOutside(u32, value, 'it is no number')
      const wanted = { expected: expectation(u32), found: inWords(value) }
      expectFault(list(u32), [value], { ...wanted, path: '[0]' }, 'a fault at the item')
      expectFault(map(u32, u32), new Map([[value, 1]]), { ...wanted, path: keyStep(value) }, 'a fault at the key')
    }
  })
})
