import { describe, expect, test } from 'vitest'
import { type Cases, list, numbered, optional, string, struct, type Union, u32, union } from '#serialization/schema'
import { listed } from '../law.ts'
import { expectRefused } from './faults.ts'

const empty = () => struct({})
const keyed = () => struct({ key: string })

/** The union that `make` returns, which must not throw. */
function madeBy(make: () => Union, rule: string): Union {
  try {
    return make()
  } catch (error) {
    return expect.fail(`${rule}, but it was refused: ${error}`)
  }
}

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
    expect(cases[0]?.schema, 'the struct that was given').toEqual(get)
    expect(cases[1]?.schema, 'the struct that `numbered` was given').toEqual(put)
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

  test('keeps the numbers that are reserved, in the order given', () => {
    const made = union('kind', { get: empty() }, { reserved: Object.freeze([9, 4, 10, 4]) })
    expect(listed(made.reserved), 'reserved: two versions are compared by it').toBe('9, 4, 10, 4')
    expect(listed(union('kind', { get: empty() }).reserved), 'reserved: none if none are given').toBe('nothing')
  })

  test('leaves to the caller what the caller has given', () => {
    const shape = Object.freeze({ get: empty(), put: numbered(7, empty()) })
    expect(() => union('kind', shape), 'the shape is frozen here, and nothing may be written into it').not.toThrow()
    const gone = [9, 4]
    const made = union('kind', { get: empty() }, { reserved: gone })
    expect(Object.isFrozen(gone), 'reserved: the array is frozen now, and the caller may push to it').toBe(false)
    gone.push(1)
    const rule = 'reserved: a copy, since nobody has checked what the caller pushes later'
    expect(listed(made.reserved), rule).toBe('9, 4')
  })

  const guarded: readonly (readonly [string, () => Cases])[] = [
    ['given', () => ({ get: empty(), late: numbered(3, empty()) })],
    ['counted', () => ({ get: numbered(2, empty()), late: empty() })],
  ]
  test.each(guarded)('gives no case a reserved number, which was that of one that is gone: %s', (_how, cases) => {
    const make = () => union('kind', cases(), { reserved: [9, 3] })
    const rule = '3 is reserved: old bytes have another case there, so it is refused, and not stepped over'
    expectRefused(make, rule, ['late', 3])
  })

  test('reserves no number that no case could have', () => {
    const inVain = () => union('kind', { get: empty() }, { reserved: [9, 19_000] })
    expectRefused(inVain, 'reserved: 19,000 is a number that no case can have, and guards nothing', [19_000])
  })

  const apart: readonly (readonly [string, () => Union, string, string])[] = [
    [
      'a case may have a number that its own struct reserves',
      () => union('kind', { put: numbered(2, struct({ key: string }, { reserved: [2] })) }),
      'put 2',
      'nothing',
    ],
    [
      'a case may have a number that the struct of another reserves',
      () => union('kind', { get: struct({ key: string }, { reserved: [2] }), put: empty() }),
      'get 1, put 2',
      'nothing',
    ],
    [
      'a field may have a number that the union reserves',
      () => union('kind', { put: numbered(2, struct({ key: string })) }, { reserved: [1] }),
      'put 2',
      '1',
    ],
    [
      'a case and a field of it may have the same number',
      () => union('kind', { put: numbered(5, struct({ key: numbered(5, string) }, { reserved: [1] })) }),
      'put 5',
      'nothing',
    ],
  ]
  test.each(apart)('numbers its cases apart from the fields in them: %s', (how, make, cases, reserved) => {
    const made = madeBy(make, how)
    expect(listed(made.cases.map(({ name, number }) => `${name} ${number}`)), how).toBe(cases)
    const rule = 'reserved: what the union was given, and nothing that one of its structs was given'
    expect(listed(made.reserved), rule).toBe(reserved)
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

  test('may have one struct in two cases', () => {
    const one = keyed()
    const made = madeBy(() => union('kind', { get: one, remove: one }), 'the name of the case tells them apart')
    expect(listed(made.cases.map(({ name }) => name)), 'two cases').toBe('get, remove')
  })

  test('may have the name of its discriminator elsewhere: of a case, and further inside', () => {
    const inside = struct({ key: struct({ kind: string }) })
    const made = madeBy(
      () => union('kind', { kind: keyed(), inside }),
      'only a field of a case itself would be the same property',
    )
    expect(listed(made.cases.map(({ name }) => name)), 'two cases').toBe('kind, inside')
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
