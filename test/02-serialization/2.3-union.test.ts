import { describe, expect, test } from 'vitest'
import { list, numbered, optional, string, struct, u32, union } from '#serialization/schema'
import { expectRefused } from './faults.ts'

const empty = () => struct({})

describe('a union', () => {
  test('has its cases in their order, each with its struct and its number', () => {
    const get = struct({ key: string })
    const put = struct({ key: string, value: string })
    const { kind, discriminator, cases } = union('kind', { get, put: numbered(7, put), clear: struct({}) })
    expect([kind, discriminator]).toEqual(['union', 'kind'])
    expect(
      cases.map(({ name, number, schema }) => [name, number, schema.fields.length]),
      'cases are numbered like fields: by place, or as given, and on from there',
    ).toEqual([
      ['get', 1, 1],
      ['put', 7, 2],
      ['clear', 8, 0],
    ])
    expect(cases[0]?.schema, 'the same object that was given, and no copy').toBe(get)
    expect(cases[1]?.schema, 'the same object that `numbered` was given, and no copy').toBe(put)
  })

  test('has its cases in their order, also when their numbers are in another', () => {
    const { cases } = union('kind', { put: numbered(7, empty()), get: numbered(2, empty()), clear: empty() })
    expect(
      cases.map(({ name, number }) => `${name} ${number}`),
      'formats that know no numbers write the place of a case: leave them where they are',
    ).toEqual(['put 7', 'get 2', 'clear 3'])
  })

  test('keeps its shape', () => {
    const shape = { get: struct({ key: string }), put: numbered(7, struct({ key: string })) }
    expect(union('kind', shape).shape, '`Infer` reads the type from it').toEqual(shape)
  })

  test('keeps the numbers that are reserved, as they were given', () => {
    const reserved = Object.freeze([9, 4, 10, 4])
    const made = union('kind', { get: empty() }, { reserved })
    expect(made.reserved, 'whoever compares two versions wants to know').toEqual([9, 4, 10, 4])
    expect(union('kind', { get: empty() }).reserved, 'none if none are given').toEqual([])
  })

  test('gives no case the number of one that is gone', () => {
    const one = empty()
    const rule = 'old bytes have another case at 3, so it is refused, and not stepped over'
    const given = () => union('kind', { get: one, late: numbered(3, one) }, { reserved: [9, 3] })
    expectRefused(given, rule, ['late', 3])
    const counted = () => union('kind', { get: numbered(2, one), late: one }, { reserved: [9, 3] })
    expectRefused(counted, rule, ['late', 3])
    const inVain = () => union('kind', { get: one }, { reserved: [9, 19_000] })
    expectRefused(inVain, '19,000 is a number that no case can have: it guards nothing', [19_000])
  })

  test('needs a case', () => {
    expectRefused(() => union('kind', {}), 'it would have no values')
  })

  test.each(['', '1', 'a-b', '__proto__', 'constructor'])('refuses the discriminator %j', (discriminator) => {
    const one = empty()
    const rule = 'it is the name of a property, like that of a field'
    expectRefused(() => union(discriminator, { one }), rule, [discriminator])
  })

  test('refuses a case with a field of the discriminator: what would the property be?', () => {
    const sound = struct({ key: string })
    const doubtful = struct({ key: string, type: u32 })
    const rule = 'type would have to be the name of the case and a u32, both at once'
    expectRefused(() => union('type', { sound, doubtful }), rule, ['doubtful'])
    expectRefused(() => union('type', { doubtful, sound }), `${rule}, in the first of two cases`, ['doubtful'])
    const given = numbered(7, doubtful)
    expectRefused(() => union('type', { given }), `${rule}, in a case that has a number`, ['given'])
    const absent = struct({ type: optional(u32) })
    expectRefused(() => union('type', { absent }), `${rule}, though this u32 may be absent`, ['absent'])
    expect(union('kind', { sound, doubtful }).cases.length, 'with another discriminator it is fine').toBe(2)
  })

  test.each(['', '1', 'a-b', '__proto__', 'toString'])('refuses a case that is called %j', (name) => {
    const one = empty()
    expectRefused(() => union('kind', { [name]: one }), 'the names of cases are like those of fields', [name])
  })

  test('takes each number once', () => {
    const one = empty()
    const make = () => union('kind', { first: numbered(2, one), second: numbered(1, one), again: one })
    expectRefused(make, 'again would be 2, like first', ['again', 2])
  })

  test('may be a part of another schema, like any other', () => {
    const command = union('kind', { get: struct({ key: string }) })
    const batch = struct({ commands: list(command) })
    expect(batch.fields[0]?.schema, 'a list of the union').toEqual({ kind: 'list', item: command })
  })
})
