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

  test.each([Number.NaN, Infinity, 1.5, 2 ** 53, -(2 ** 53), -0])('refuses the number %s', (value) => {
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
    expect(listed(made.reserved), 'reserved, in the order given: two versions are compared by it').toBe('9, 4, 10')
    expect(listed(struct({}).reserved), 'reserved: none if none are given').toBe('nothing')
    expect(listed(struct({}).fields), 'a struct may have no fields').toBe('nothing')
  })

  test('leaves to the caller what the caller has given', () => {
    const shape = Object.freeze({ key: string, ttlMs: numbered(7, optional(u32)) })
    expect(() => struct(shape), 'the shape is frozen here, and nothing may be written into it').not.toThrow()
    const [gone, open] = [[9, 4], { key: string }]
    const made = struct(open, { reserved: gone })
    expect(Object.isFrozen(open), 'the shape is frozen now: that is for the caller to do').toBe(false)
    expect(Object.isFrozen(gone), 'reserved: the array is frozen now, and the caller may push to it').toBe(false)
    gone.push(1)
    const rule = 'reserved: a copy, since nobody has checked what the caller pushes later'
    expect(listed(made.reserved), rule).toBe('9, 4')
  })

  test('is made of its shape and its reserved numbers alone, whatever was made of the same shape before', () => {
    const shape = { key: string, owner: string }
    expect(numbersIn(shape), 'nothing is reserved yet').toBe('key 1, owner 2')
    const rule = 'reserved: owner has 2 by its place, and may not, though the same shape was fine without reservations'
    expectRefused(() => struct(shape, { reserved: [2] }), rule, ['owner', 2])
    expect(numbersIn(shape), 'and nothing is reserved for the next struct').toBe('key 1, owner 2')
  })

  test('takes the number and the optional off a field that has both', () => {
    const { fields } = struct({ a: numbered(9, optional(bool)), b: numbered(4, u32) })
    const inOrder = listed(fields.map(({ name, number }) => `${name} ${number}`))
    expect(inOrder, 'the fields stay in their order, whatever their numbers').toBe('a 9, b 4')
    const kinds = listed(fields.map(({ schema, optional }) => `${schema.kind}${optional ? ' or absent' : ''}`))
    expect(kinds, 'each has the schema that was wrapped').toBe('bool or absent, u32')
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

  test.each([0, -1, 1.5, Number.NaN, 2 ** 29, 19_000, 19_500, 19_999])('cannot be %d', (number) => {
    const make = () => struct({ before: u32, late: numbered(number, u32) })
    expectRefused(make, `Protobuf allows no field ${number}, and numberFault says why`, [number, 'late'])
  })

  test('cannot be counted into those that Protobuf keeps for itself', () => {
    const make = () => struct({ a: numbered(18_999, u32), next: u32 })
    const rule = 'the field after 18,999 would be 19,000: look at every number, given or counted'
    expectRefused(make, rule, ['next', 19_000])
  })

  test('cannot be counted past the greatest', () => {
    const make = () => struct({ a: numbered(2 ** 29 - 1, u32), next: u32 })
    expectRefused(make, 'the field after the last number has none: look at every number', ['next', 2 ** 29])
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
  test.each(reserved)('is never a reserved one, which was that of a field that is gone: %s', (_how, shape) => {
    const make = () => struct(shape, { reserved: [4, 9] })
    const rule = '4 is reserved: old bytes have another field there, so it is refused, and not stepped over'
    expectRefused(make, rule, ['late', 4])
  })

  test.each([0, -4, 1.5, Number.NaN, 2 ** 29, 19_000, 19_999])(
    'is reserved in vain if no field could have it: %d',
    (number) => {
      const make = () => struct({ key: u32 }, { reserved: [4, number] })
      expectRefused(make, `reserved: ${number} is a slip, and guards nothing, as numberFault tells`, [number])
      const rule = `reserved: ${number} is refused too where there is no field that it could meet`
      expectRefused(() => struct({}, { reserved: [number] }), rule, [number])
    },
  )

  test('may be reserved twice', () => {
    const made = struct({ key: u32 }, { reserved: [4, 4] })
    expect(listed(made.reserved), 'reserved: two fields may have had the number').toBe('4, 4')
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
      else expectRefused(make, 'a field would have the number of another, or one that is reserved')
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
    expectRefused(() => struct({ __proto__: u32 }), rule, ['__proto__'])
  })

  test.each(['a', '$', '_private', 'class', 'await', 'A9', 'kind'])('may be %s', (name) => {
    expect(numbersIn({ [name]: u32 })).toBe(`${name} 1`)
  })
})
