/** How faults are told: the words for schemas and values, paths, and the two errors. */
import { describe, expect, test } from 'vitest'
import { explain, Malformed } from '#serialization/decoded'
import { nameFault, numberFault, partsOf } from '#serialization/names'
import { Place, type Span } from '#serialization/place'
import { literal } from '#serialization/schema'
import { OutsideSchema } from '#serialization/validate'
import { expectation, inWords, keyStep, oneOf } from '#serialization/words'

describe('a value in words', () => {
  class Account {}
  const rows: readonly (readonly [unknown, string])[] = [
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-0, '-0'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [-5n, '-5n'],
    ['', '""'],
    ['a"b\n', '"a\\"b\\n"'],
    ['\ud83d', '"\\ud83d"'],
    [Symbol('a'), 'a symbol'],
    [() => 1, 'a function'],
    [[1, 2], 'an array of 2'],
    [new Uint16Array(2), 'Uint16Array of 4 bytes'],
    [{ a: 1 }, 'an object of Object'],
    [new Account(), 'an object of Account'],
    [Object.create(null), 'an object of no class'],
    [{ constructor: { name: 'x\n2026-11-21 all is well' } }, 'an object of no class'],
    [{ constructor: { name: Symbol('a') } }, 'an object of no class'],
  ]
  test.each(rows)('is told so that one sees which it is: %s', (value, words) => {
    expect(inWords(value)).toBe(words)
  })

  test('is cut off when it is long, and never in the middle of a character', () => {
    expect(inWords('a'.repeat(1_000_000))).toBe(`"${'a'.repeat(59)}…`)
    expect(inWords(`${'a'.repeat(58)}😀😀`)).toBe(`"${'a'.repeat(58)}…`)
    expect(inWords(`${'a'.repeat(57)}😀😀`)).toBe(`"${'a'.repeat(57)}😀…`)
    expect(inWords('a'.repeat(58))).toBe(`"${'a'.repeat(58)}"`)
    expect(inWords(10n ** 100n)).toBe(`1${'0'.repeat(59)}…`)
  })
})

describe('a step of a path', () => {
  test.each([
    ['a', '["a"]'],
    ['"]', '["\\"]"]'],
    [7, '[7]'],
    [7n, '[7]'],
    [false, '[false]'],
    [undefined, '[undefined]'],
    [Object.create(null), '[an object of no class]'],
  ])('shows the key of a map: %#', (key, step) => {
    expect(keyStep(key)).toBe(step)
  })

  test('is cut off when the key is long', () => {
    expect(keyStep('a'.repeat(1_000_000))).toBe(`["${'a'.repeat(59)}…]`)
  })

  test('is entered and left, and each part is reported with its bytes when it is left', () => {
    const spans: Span[] = []
    const place = new Place((span) => spans.push(span))
    expect(place.path).toBe('')
    place.enter('.entries', 2)
    place.enter('[3]', 5)
    place.enter('.key', 5)
    expect(place.path).toBe('entries[3].key')
    place.leave(9)
    expect(place.path).toBe('entries[3]')
    place.leave(10)
    place.leave(11)
    expect(place.path).toBe('')
    expect(spans).toEqual([
      { path: 'entries[3].key', from: 5, to: 9 },
      { path: 'entries[3]', from: 5, to: 10 },
      { path: 'entries', from: 2, to: 11 },
    ])
  })
})

test('many values are told by the first of them, and long ones by their beginning', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `state ${index}`)
  expect(oneOf(many)).toMatch(/^one of "state 0", .*, "state 11" and 19988 more$/)
  expect(oneOf(['x'.repeat(1_000_000)]).length).toBeLessThan(100)
})

test('what a schema asks for names the values of a literal', () => {
  expect(expectation(literal('a'))).toBe('"a"')
  expect(expectation(literal('a', 1, true))).toBe('one of "a", 1, true')
  expect(oneOf(['only'])).toBe('"only"')
})

describe('an error', () => {
  const fault = { path: 'entries[3].key', expected: 'a boolean', found: '0' }

  test('about a value says where, what was expected and what was found', () => {
    const error = new OutsideSchema(fault)
    expect(error).toMatchObject({ ...fault, name: 'OutsideSchema', code: 'OUTSIDE_SCHEMA' })
    expect(error.message).toBe('entries[3].key: expected a boolean, found 0')
    expect(new OutsideSchema({ ...fault, path: '' }).message).toBe('the value: expected a boolean, found 0')
  })

  test('about bytes says at which offset too', () => {
    expect(explain({ ...fault, offset: 12 })).toBe('offset 12, in entries[3].key: expected a boolean, found 0')
    expect(explain({ ...fault, path: '', offset: 12 })).toBe('offset 12: expected a boolean, found 0')
    expect(new Malformed(12, 'a bool, 0 or 1', '2').message).toBe('offset 12: expected a bool, 0 or 1, found 2')
  })
})

describe('names and numbers of fields', () => {
  test('a name is an ASCII identifier that no object has by itself', () => {
    for (const name of ['a', '$', '_', 'A9', 'class']) expect(nameFault(name), name).toBeUndefined()
    for (const name of ['', '1a', 'a-b', 'a b', 'é', 'a\n']) expect(nameFault(name), name).toMatch('identifier')
    for (const name of ['__proto__', 'valueOf']) expect(nameFault(name), name).toMatch('every object has')
  })

  test('a number is one that Protobuf allows', () => {
    for (const number of [1, 18_999, 20_000, 536_870_911]) expect(numberFault(number), `${number}`).toBeUndefined()
    for (const number of [0, -1, 0.5, Number.NaN, Infinity, 536_870_912, 19_000, 19_999]) {
      expect(numberFault(number), `${number}`).toMatch(String(number))
    }
  })

  test('the parts of a shape are its own properties, and a prototype that was meant for a part is refused', () => {
    const part = { kind: 'u32' }
    expect(partsOf({ b: part, a: part })).toEqual([
      ['b', part],
      ['a', part],
    ])
    expect(partsOf(Object.assign(Object.create(null), { a: part }))).toEqual([['a', part]])
    expect(() => partsOf({ __proto__: part })).toThrow('__proto__')
  })
})
