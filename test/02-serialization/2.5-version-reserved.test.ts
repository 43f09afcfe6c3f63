import { describe, expect, test } from 'vitest'
import { compareVersions } from '#serialization/evolution'
import { list, map, numbered, optional, type Schema, string, struct, u32, union } from '#serialization/schema'
import { expectClaims, inOrder, pathsOf } from './claims.ts'

const Shape = union('kind', { circle: struct({ radius: u32 }) })

type Row = readonly [name: string, older: Schema, newer: Schema, expected: readonly string[]]

const perhapsReserved: readonly Row[] = [
  [
    'it is one of two',
    struct({ key: string }, { reserved: [9, 2] }),
    struct({ key: string, owner: string }, { reserved: [9] }),
    ['owner: keeps, misreads'],
  ],
  [
    'another one is',
    struct({ key: string }, { reserved: [9] }),
    struct({ key: string, owner: string }, { reserved: [9] }),
    ['owner: keeps, default'],
  ],
  [
    'it is, and the field may be absent',
    struct({ key: string }, { reserved: [2] }),
    struct({ key: string, owner: optional(string) }),
    ['owner: keeps, misreads'],
  ],
  [
    'it is, and the field has no default',
    struct({ key: string }, { reserved: [2] }),
    struct({ key: string, owner: Shape }),
    ['owner: keeps, misreads'],
  ],
  [
    'it is, and the field is a list',
    struct({ key: string }, { reserved: [2] }),
    struct({ key: string, owners: list(u32) }),
    ['owners: keeps, misreads'],
  ],
  [
    'it is the first of two',
    struct({ key: string }, { reserved: [2, 9] }),
    struct({ key: string, owner: string }, { reserved: [9] }),
    ['owner: keeps, misreads'],
  ],
  [
    'it lies between two that are',
    struct({ key: string }, { reserved: [2, 9] }),
    struct({ key: string, owner: numbered(5, string) }, { reserved: [2, 9] }),
    ['owner: keeps, default'],
  ],
  [
    'it lies between those of two fields, and none is',
    struct({ key: string, ttlMs: numbered(3, u32) }),
    struct({ key: string, owner: string, ttlMs: u32 }),
    ['owner: keeps, default'],
  ],
  [
    'it is, and the newer version has reserved another instead',
    struct({ key: string }, { reserved: [2] }),
    struct({ key: string, owner: string }, { reserved: [9] }),
    ['owner: keeps, misreads'],
  ],
  [
    'it is, and the name had another number',
    struct({ key: string }, { reserved: [4] }),
    struct({ key: numbered(4, string) }, { reserved: [1] }),
    ['key: keeps, misreads', 'key: default, keeps'],
  ],
  [
    'it is, in a struct within',
    struct({ at: struct({ key: string }, { reserved: [2] }) }),
    struct({ at: struct({ key: string, owner: string }) }),
    ['at.owner: keeps, misreads'],
  ],
]

type Gone = readonly [name: string, isFree: boolean, older: Schema, newer: Schema]

const gone: readonly Gone[] = [
  ['it may be absent', true, struct({ key: string, ttlMs: optional(u32) }), struct({ key: string })],
  ['it is a list', true, struct({ key: string, all: list(u32) }), struct({ key: string })],
  ['it has no default', true, struct({ key: string, shape: Shape }), struct({ key: string })],
  ['its name has another number', true, struct({ key: string }), struct({ key: numbered(2, string) })],
  [
    'its number lies between two that are reserved',
    true,
    struct({ key: string, ttlMs: numbered(5, u32) }),
    struct({ key: string }, { reserved: [2, 9] }),
  ],
  ['it is gone from a struct within', true, struct({ at: struct({ x: u32 }) }), struct({ at: struct({}) })],
  [
    'it is gone from a struct within, and reserved there',
    false,
    struct({ at: struct({ x: u32 }) }),
    struct({ at: struct({}, { reserved: [1] }) }),
  ],
]

describe('a field that is new', () => {
  test('one with the number of a field that is gone', () => {
    const older = struct({ key: string }, { reserved: [2] })
    const rule =
      'the older version had reserved the number: bytes from before it may have another field there. That says it all: pass the newer fields to compareReserved, and no more is said of the number'
    expectClaims(older, struct({ key: string, owner: string }), ['owner: keeps, misreads'], rule)
  })

  test.each(perhapsReserved)('whether its number was reserved: %s', (_, older, newer, expected) => {
    const rule = 'what counts is whether the older version had reserved this number, and nothing else'
    expectClaims(older, newer, expected, rule)
  })
})

describe('a field that is gone', () => {
  test('whose number is not reserved: the sentence warns of it', () => {
    const older = struct({ key: string, ttlMs: u32 })
    const [free] = compareVersions(older, struct({ key: string }))
    const [reserved] = compareVersions(older, struct({ key: string }, { reserved: [2] }))
    const rule = 'the next author takes the number if nothing stops them: the words `not reserved` warn of it'
    expect(free?.what, rule).toContain('not reserved')
    expect(reserved?.what, 'the number is reserved: there is nothing to warn of').not.toContain('not reserved')
    for (const change of [free, reserved]) {
      expect(change?.what, 'the number of the field that is gone').toContain('2')
      expect(change?.newReaders.text, 'the number of the field that new readers keep').toContain('2')
    }
  })

  test('whether its number is reserved: it is if the newer version has it among its reserved ones', () => {
    const fields = { key: string, ttlMs: u32 }
    const saysOf = (older: Schema, reserved: readonly number[]) =>
      compareVersions(older, struct({ key: string }, { reserved }))[0]?.what
    expect(saysOf(struct(fields), [9, 2]), 'number 2 is one of two that are reserved').not.toContain('not reserved')
    expect(saysOf(struct(fields), [9]), 'number 9 is reserved, and number 2 is not').toContain('not reserved')
    const rule = 'what the older version had reserved tells nothing about a field that it still had'
    expect(saysOf(struct(fields, { reserved: [9] }), []), rule).toContain('not reserved')
  })

  test.each(gone)('whether the sentence warns of its number: %s', (_, isFree, older, newer) => {
    const told = compareVersions(older, newer).map(({ what }) => what)
    const warnings = told.filter((what) => what.includes('not reserved'))
    const rule = 'the words `not reserved` stand where a number is free that had a field, wherever that was'
    expect(warnings, `${rule}. Of the changes: ${told.join('; ')}`).toHaveLength(isFree ? 1 : 0)
  })
})

const Key = struct({ key: string })
const Guarded = struct({ key: string }, { reserved: [4] })

const fields = { key: string }

const dropped: readonly Row[] = [
  ['a message', Guarded, Key, [': none, none']],
  ['a field', struct({ at: Guarded }), struct({ at: Key }), ['at: none, none']],
  ['the items of a list', struct({ all: list(Guarded) }), struct({ all: list(Key) }), ['all[]: none, none']],
  [
    'the values of a map',
    struct({ all: map(string, Guarded) }),
    struct({ all: map(string, Key) }),
    ['all{}: none, none'],
  ],
  ['a case of a union', union('kind', { put: Guarded }), union('kind', { put: Key }), ['put: none, none']],
  ['a union', union('kind', { put: Key }, { reserved: [4] }), union('kind', { put: Key }), [': none, none']],
  [
    'a union that is a field',
    struct({ at: union('kind', { put: Key }, { reserved: [4] }) }),
    struct({ at: union('kind', { put: Key }) }),
    ['at: none, none'],
  ],
  ['a struct without fields', struct({}, { reserved: [4] }), struct({}), [': none, none']],
  ['a struct of the same fields', struct(fields, { reserved: [4] }), struct(fields), [': none, none']],
]

describe('a reservation', () => {
  const rule =
    'a reservation that was dropped is a change of its own, since a later version may take the number, and nobody is warned: call compareReserved last'

  test.each(dropped)('that the newer version has dropped is told of: in %s', (_, older, newer, expected) => {
    expectClaims(older, newer, expected, rule)
    const [change] = compareVersions(older, newer)
    expect(change?.what, 'the words `not reserved`, and the number').toMatch(/\b4\b.*not reserved|not reserved.*\b4\b/)
  })

  test('that was dropped is told of by itself, and once', () => {
    const older = struct({ key: string }, { reserved: [9, 4, 9, 7] })
    const newer = struct({ key: string }, { reserved: [7] })
    const told = compareVersions(older, newer).map(({ what }) => /\d+/.exec(what)?.[0])
    expect(told.toSorted(), `${rule}: of 4, 7 and 9, only 7 is still there`).toEqual(['4', '9'])
  })

  test('that is new, or in another place, is no change', () => {
    const [older, newer] = [
      [9, 4],
      [4, 5, 9, 4],
    ].map((reserved) => struct({ key: string }, { reserved }))
    expectClaims(older ?? Key, newer ?? Key, [], 'every number that was reserved still is')
  })

  test('whose number was taken is told of as that field, and not a second time', () => {
    const newer = struct({ key: string, owner: numbered(4, string) })
    expectClaims(Guarded, newer, ['owner: keeps, misreads'], 'the field that has the number says it all')
  })

  test('is told of behind all fields', () => {
    const older = struct({ gone: u32, key: numbered(2, string) }, { reserved: [9] })
    const newer = struct({ fresh: numbered(3, u32), key: numbered(2, string) }, { reserved: [1] })
    const rule =
      'a review reads the fields first, and then of each reservation that was dropped: call compareReserved last'
    expect(pathsOf(older, newer), rule).toBe(inOrder('fresh', 'gone', ''))
    const inside = pathsOf(struct({ at: older }), struct({ at: newer, next: u32 }))
    const rules = `${rule}. Each struct has this order, and its reservations are told of where it stands`
    expect(inside, rules).toBe(inOrder('at.fresh', 'at.gone', 'at', 'next'))
  })

  test('of a number of a case guards it like that of a field', () => {
    const cases = { get: Key, put: Key }
    const older = union('kind', cases, { reserved: [7] })
    const free = compareVersions(older, union('kind', cases))
    expect(free.map(({ what }) => what).join(), rule).toMatch(/7.*not reserved/)
    const taken = union('kind', { ...cases, post: numbered(7, Key) })
    expectClaims(
      older,
      taken,
      ['post: refuses, misreads'],
      'bytes from before the older version have another case there',
    )
    const gone = compareVersions(older, union('kind', { get: Key }, { reserved: [7, 2] }))
    expect(gone.map(({ what }) => what).join(), 'number 2 is reserved').not.toContain('not reserved')
    const unguarded = compareVersions(older, union('kind', { get: Key }, { reserved: [7] }))
    expect(unguarded.map(({ what }) => what).join(), 'number 2 is not').toContain('not reserved')
  })
})
