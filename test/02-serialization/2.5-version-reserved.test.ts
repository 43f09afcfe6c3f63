import { describe, expect, test } from 'vitest'
import { compareVersions } from '#serialization/evolution'
import { list, map, numbered, optional, type Schema, string, struct, u32, union } from '#serialization/schema'
import { expectClaims } from './claims.ts'

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
]

describe('a field that is new', () => {
  test('one with the number of a field that is gone', () => {
    const older = struct({ key: string }, { reserved: [2] })
    const rule = 'the older version had reserved the number: bytes from before it may have another field there'
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
})

const Key = struct({ key: string })
const Guarded = struct({ key: string }, { reserved: [4] })

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
]

describe('a reservation', () => {
  const rule =
    'a later version may take the number, and whoever compares it with this one then sees nothing of the reservation'

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
    const paths = compareVersions(older, newer).map(({ path }) => path)
    expect(paths, 'a review reads the fields first').toEqual(['fresh', 'gone', ''])
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
