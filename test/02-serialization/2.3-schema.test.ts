import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bool, list, literal, numbered, optional, type Shape, string, struct, u32 } from '#serialization/schema'
import { law, listed } from '../law.ts'
import { expectRefused } from './faults.ts'

/** The fields of a struct with their numbers: `key 1, value 2`. */
function numbersIn(shape: Shape, reserved: readonly number[] = []): string {
  return listed(struct(shape, { reserved }).fields.map(({ name, number }) => `${name} ${number}`))
}

describe('a literal', () => {
  test('keeps its values in the order in which they are given', () => {
    expect(literal('get', 'put', 'delete'), 'a binary format writes the place of a value').toEqual({
      kind: 'literal',
      values: ['get', 'put', 'delete'],
    })
  })

  test('may have values that only look alike', () => {
    expect(literal(1, '1', true, 'true', '').values, 'a number, a text and a boolean are never the same').toEqual([
      1,
      '1',
      true,
      'true',
      '',
    ])
  })

  test('needs a value', () => {
    expectRefused(() => literal(), 'nothing could be said with it')
  })

  test.each([
    ['get', ['get', 'put', 'get']],
    ['again', ['get', 'put', 'again', 'again']],
    [1, [1, 2, 1]],
    [true, [true, true]],
  ])('refuses a value that occurs twice: %s', (twice, values) => {
    expectRefused(() => literal(...values), 'one of the two places would never be written', [twice])
  })

  test.each([Number.NaN, Infinity, 1.5, 2 ** 53, -0])('refuses the number %s', (value) => {
    const shown = Object.is(value, -0) ? '-0' : String(value)
    const rule = `${shown} is -0 or no safe integer, and may not be the same when it has been read`
    expectRefused(() => literal(7, value), rule, [value])
  })

  test.each(['\ud83d', 'a\ude00b'])('refuses half of a surrogate pair, which has no UTF-8 form: %j', (value) => {
    expectRefused(() => literal('whole', value), `${JSON.stringify(value)} can be written but not read`, [value])
  })

  test('takes any other text, and the greatest and least safe integers', () => {
    const values = ['😀', '__proto__', '"\\', Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0]
    expect(literal(...values).values, 'a pair of surrogates is one character').toEqual(values)
  })
})

describe('a struct', () => {
  test('has its fields in their order, each with its schema and whether it may be absent', () => {
    const item = list(u32)
    const { kind, fields } = struct({ value: string, items: optional(item), others: item })
    expect(kind).toBe('struct')
    expect(fields, 'encoders look at `fields`, and neither at `optional` nor at `numbered`').toEqual([
      { name: 'value', number: 1, optional: false, schema: string },
      { name: 'items', number: 2, optional: true, schema: item },
      { name: 'others', number: 3, optional: false, schema: item },
    ])
  })

  test('keeps its shape, and the numbers that are reserved', () => {
    const shape = { key: string, ttlMs: numbered(7, optional(u32)) }
    const made = struct(shape, { reserved: Object.freeze([9, 4, 10]) })
    expect(made.shape, '`Infer` reads the type from it').toEqual(shape)
    expect(made.reserved, 'whoever compares two versions wants to know, in the order given').toEqual([9, 4, 10])
    expect(struct({}).reserved, 'none if none are given').toEqual([])
    expect(struct({}).fields, 'a struct may have no fields').toEqual([])
  })

  test('takes the number and the optional off a field that has both', () => {
    const { fields } = struct({ a: numbered(9, optional(bool)), b: numbered(4, u32) })
    const rule = 'the fields stay in their order, whatever their numbers, and each has the schema that was wrapped'
    expect(fields, rule).toEqual([
      { name: 'a', number: 9, optional: true, schema: bool },
      { name: 'b', number: 4, optional: false, schema: u32 },
    ])
  })
})

describe('the number of a field', () => {
  test('is its place, from 1 on, when none is given', () => {
    expect(numbersIn({ first: u32, second: u32, third: u32 })).toBe('first 1, second 2, third 3')
  })

  test('is the one after the field before it, also when that was given one', () => {
    const shape = { a: u32, b: numbered(5, u32), c: u32, d: numbered(2, u32), e: u32 }
    expect(numbersIn(shape), 'count on from the field before').toBe('a 1, b 5, c 6, d 2, e 3')
  })

  test.each([1, 18_999, 20_000, 2 ** 29 - 1])('can be %d', (number) => {
    expect(numbersIn({ a: numbered(number, u32) })).toBe(`a ${number}`)
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 29, 19_000, 19_999])('cannot be %d', (number) => {
    const make = () => struct({ before: u32, late: numbered(number, u32) })
    expectRefused(make, `Protobuf allows no field ${number}, and numberFault says why`, [number, 'late'])
  })

  test('cannot be counted into those that Protobuf keeps for itself', () => {
    const make = () => struct({ a: numbered(18_999, u32), next: u32 })
    const rule = 'the field after 18,999 would be 19,000: look at every number, given or counted'
    expectRefused(make, rule, ['next', 19_000])
  })

  const twice: readonly (readonly [string, Shape, string, number])[] = [
    ['given twice', { first: numbered(3, u32), again: numbered(3, u32) }, 'again', 3],
    ['given, and taken by a place before', { first: u32, again: numbered(1, u32) }, 'again', 1],
    ['counted, and given before', { first: numbered(2, u32), second: numbered(1, u32), again: u32 }, 'again', 2],
  ]
  test.each(twice)('is taken once: %s', (_how, shape, name, number) => {
    const rule = `the field ${name} comes second to the number ${number}, and bytes could not tell which is meant`
    expectRefused(() => struct(shape), rule, [name, number])
  })

  const reserved: readonly (readonly [string, Shape])[] = [
    ['given', { first: u32, late: numbered(4, u32) }],
    ['counted', { first: numbered(3, u32), late: u32 }],
  ]
  test.each(reserved)('is never that of a field that is gone: %s', (_how, shape) => {
    const make = () => struct(shape, { reserved: [4, 9] })
    expectRefused(make, 'old bytes have another field at 4, so it is refused, and not stepped over', ['late', 4])
  })

  test.each([0, -4, 1.5, Number.NaN, 2 ** 29, 19_000])(
    'is reserved in vain if no field could have it: %d',
    (number) => {
      const make = () => struct({ key: u32 }, { reserved: [4, number] })
      expectRefused(make, `${number} is a slip, and guards nothing: numberFault tells`, [number])
      const rule = `${number} is refused too where there is no field that it could meet`
      expectRefused(() => struct({}, { reserved: [number] }), rule, [number])
    },
  )

  test('may be reserved twice', () => {
    expect(struct({ key: u32 }, { reserved: [4, 4] }).reserved, 'two fields may have had it').toEqual([4, 4])
  })

  const given = fc.record({ number: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }) })
  const cases = fc.tuple(
    fc.array(given, { maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
  )
  test('whatever numbers are given: they are kept, and no two fields have one, or a struct is refused', () =>
    law(cases, 300, async ([fields, gone], story) => {
      const parts = fields.map(({ number }, index) => [`f${index}`, number === undefined ? u32 : numbered(number, u32)])
      const wanted: number[] = []
      for (const { number } of fields) wanted.push(number ?? (wanted.at(-1) ?? 0) + 1)
      const isSound = new Set(wanted).size === wanted.length && wanted.every((number) => !gone.includes(number))
      story.tell(`fields with the numbers ${listed(fields.map(({ number }) => number ?? 'of their place'))}`)
      story.tell(`${listed(gone)} is reserved`)
      const make = () => struct(Object.fromEntries(parts), { reserved: gone }).fields.map(({ number }) => number)
      if (isSound) expect(make(), 'the numbers that the fields have').toEqual(wanted)
      else expectRefused(make, 'a number would be taken twice, or again')
    }))
})

describe('the name of a field', () => {
  test.each(['', '1', '2nd', 'a-b', 'a b', 'a.b', 'é', 'x"]; boom('])('must be an identifier: not %j', (name) => {
    expectRefused(() => struct({ [name]: u32 }), 'a name is an identifier, and nameFault tells', [name])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('must not be %s', (name) => {
    const rule = `every object has ${name}, so it would never be absent, and nameFault tells`
    expectRefused(() => struct({ [name]: u32 }), rule, [name])
  })

  test('must not be __proto__, also where JavaScript makes a prototype of it', () => {
    const rule = '{ __proto__: u32 } has no property: partsOf notices, and Object.entries does not'
    expectRefused(() => struct({ __proto__: u32 }), rule)
  })

  test.each(['a', '$', '_private', 'class', 'await', 'A9', 'kind'])('may be %s', (name) => {
    expect(numbersIn({ [name]: u32 })).toBe(`${name} 1`)
  })
})
