import { describe, expect, test } from 'vitest'
import { compareVersions } from '#serialization/evolution'
import {
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  union,
} from '#serialization/schema'
import { expectClaims } from './claims.ts'

const Point = struct({ x: u32 })
const Shape = union('kind', { circle: struct({ radius: u32 }) })
const before = struct({ key: string })

type Row = readonly [name: string, older: Schema, newer: Schema, expected: readonly string[]]

const added: readonly Row[] = [
  ['one that new readers must have', before, struct({ key: string, ttlMs: u32 }), ['ttlMs: keeps, default']],
  ['one that may be absent', before, struct({ key: string, ttlMs: optional(u32) }), ['ttlMs: keeps, default']],
  ['a list', before, struct({ key: string, tags: list(string) }), ['tags: keeps, default']],
  ['a struct', before, struct({ key: string, at: Point }), ['at: keeps, default']],
  ['a union, which has no default', before, struct({ key: string, shape: Shape }), ['shape: keeps, refuses']],
  [
    'a struct that must contain a union',
    before,
    struct({ key: string, in: struct({ shape: Shape }) }),
    ['in: keeps, refuses'],
  ],
  ['a union that may be absent', before, struct({ key: string, shape: optional(Shape) }), ['shape: keeps, default']],
]

const perhapsReserved: readonly Row[] = [
  [
    'it is one of two',
    struct({ key: string }, { reserved: [9, 2] }),
    struct({ key: string, owner: string }),
    ['owner: keeps, misreads'],
  ],
  [
    'another one is',
    struct({ key: string }, { reserved: [9] }),
    struct({ key: string, owner: string }),
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

const removed: readonly Row[] = [
  ['one that old readers must have', struct({ key: string, ttlMs: u32 }), before, ['ttlMs: default, keeps']],
  ['one that might be absent', struct({ key: string, ttlMs: optional(u32) }), before, ['ttlMs: default, keeps']],
  ['a union, which has no default', struct({ key: string, shape: Shape }), before, ['shape: refuses, keeps']],
]

const changed: readonly (readonly [...Row, rule: string])[] = [
  [
    'another name: nobody sees it on the wire',
    before,
    struct({ name: string }),
    ['name: none, none'],
    'a number is who a field is, and its name is what we call it',
  ],
  [
    'another number: to each side, one field is new and one is gone',
    struct({ ttlMs: u32 }),
    struct({ ttlMs: numbered(5, u32) }),
    ['ttlMs: keeps, default', 'ttlMs: default, keeps'],
    'look for the older field by its number, and not by its name',
  ],
  [
    "one another's numbers: each is taken for the other",
    struct({ from: u32, to: u32 }),
    struct({ to: u32, from: u32 }),
    ['to: misreads, misreads', 'from: misreads, misreads'],
    'the numbers are in both versions, under the names of one another: pass all fields to compareNames',
  ],
  [
    'the number of a field whose name lives on: that is no new name for it',
    struct({ cents: u32 }),
    struct({ euros: u32, cents: u32 }),
    ['euros: misreads, misreads', 'cents: keeps, default'],
    'number 1 belongs to another field now, since the name of the old one has number 2',
  ],
  [
    'the name of a field that is gone, which had another number',
    struct({ from: u32, to: u32 }),
    struct({ to: u32 }),
    ['to: misreads, misreads', 'to: default, keeps'],
    'number 1 belongs to another field now, and number 2 is gone',
  ],
  [
    'the name that another field had, which has another name now',
    struct({ a: u32, b: u32 }),
    struct({ c: numbered(2, u32), b: numbered(1, u32) }),
    ['c: misreads, misreads', 'b: misreads, misreads'],
    'b was the name of number 2: pass all fields of both versions to compareNames, not those that are left',
  ],
  [
    'no absence any more: 0 and absent are one and the same now',
    struct({ ttlMs: optional(u32) }),
    struct({ ttlMs: u32 }),
    ['ttlMs: default, default'],
    'new writers leave out 0, which old readers see as absent; old writers leave out what is absent, which new readers see as 0',
  ],
  [
    'absence',
    struct({ ttlMs: u32 }),
    struct({ ttlMs: optional(u32) }),
    ['ttlMs: default, default'],
    'old readers see 0 where new writers wrote nothing; new readers see that it is absent where old writers left out 0',
  ],
  [
    'no absence any more, of a struct: it is always written',
    struct({ at: optional(Point) }),
    struct({ at: Point }),
    ['at: none, default'],
    'new writers always write a struct, so old readers find it; old ones may have written none',
  ],
  [
    'absence, of a struct: it was always written',
    struct({ at: Point }),
    struct({ at: optional(Point) }),
    ['at: default, none'],
    'old writers always wrote a struct, so new readers find it; new ones may write none',
  ],
  [
    'no absence any more, of a union: it is always written, and has no default',
    struct({ shape: optional(Shape) }),
    struct({ shape: Shape }),
    ['shape: none, refuses'],
    'ask the schema of the reader for its default: a union has none, so new readers refuse what has no union',
  ],
  [
    'absence, of a struct that has lost its union: ask the older schema for what old readers see',
    struct({ at: struct({ shape: Shape }) }),
    struct({ at: optional(struct({})) }),
    ['at: refuses, none', 'at.shape: refuses, keeps'],
    'new writers may leave it out, and old readers need a union, for which there is no default',
  ],
  [
    'another name and no absence any more: two changes',
    struct({ ttlMs: optional(u32) }),
    struct({ lifeMs: u32 }),
    ['lifeMs: none, none', 'lifeMs: default, default'],
    'a name and an absence are two changes of one field, and each is named',
  ],
  [
    'another kind and no absence any more: two changes',
    struct({ ttlMs: optional(u32) }),
    struct({ ttlMs: string }),
    ['ttlMs: default, default', 'ttlMs: refuses, refuses'],
    'compare the schemas as well when a field stops being optional',
  ],
  [
    'another kind and absence: two changes',
    struct({ ttlMs: u32 }),
    struct({ ttlMs: optional(u53) }),
    ['ttlMs: default, default', 'ttlMs: refuses, none'],
    'compare the schemas as well when a field becomes optional',
  ],
]

const inside: readonly Row[] = [
  ['a struct', struct({ at: Point }), struct({ at: struct({}) }), ['at.x: default, keeps']],
  ['the items of a list', struct({ all: list(Point) }), struct({ all: list(struct({})) }), ['all[].x: default, keeps']],
  [
    'the values of a map',
    struct({ all: map(string, Point) }),
    struct({ all: map(string, struct({})) }),
    ['all{}.x: default, keeps'],
  ],
  ['a case of a union', union('kind', { at: Point }), union('kind', { at: struct({}) }), ['at.x: default, keeps']],
  [
    'a struct in a struct that may be absent',
    struct({ a: optional(struct({ at: Point })) }),
    struct({ a: optional(struct({ at: struct({ x: u32, y: u32 }) })) }),
    ['a.at.y: keeps, default'],
  ],
]

describe('a field that is new', () => {
  test.each(added)('%s', (_, older, newer, expected) => {
    const rule = 'old readers keep what they do not know, new readers see a default, if there is one'
    expectClaims(older, newer, expected, rule)
  })

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
  test.each(removed)('%s', (_, older, newer, expected) => {
    expectClaims(older, newer, expected, 'it is new the other way round: for the old readers of new bytes')
  })

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

describe('a field in both versions has', () => {
  test.each(changed)('%s', (_, older, newer, expected, rule) => expectClaims(older, newer, expected, rule))

  test('nothing that changed: nothing is said about it', () => {
    const schema = struct({ key: string, ttlMs: optional(u32), mode: literal('a', 'b'), at: Point, all: list(Shape) })
    expectClaims(schema, schema, [], 'a change was named where there is none')
  })

  test('another place, and the same number: nothing is said about it', () => {
    const older = struct({ a: numbered(1, u32), b: numbered(2, string) })
    const newer = struct({ b: numbered(2, string), a: numbered(1, u32) })
    expectClaims(older, newer, [], "the order in the source is nobody's business")
  })
})

describe('a change in', () => {
  test.each(inside)('%s is found, and its path leads there', (_, older, newer, expected) => {
    expectClaims(older, newer, expected, 'look into every part that both versions have')
  })
})

describe('the list of changes', () => {
  test('has the newer fields in their order, and then the older ones that are gone', () => {
    const older = struct({ gone: u32, here: numbered(3, u32), alsoGone: numbered(9, u32) })
    const newer = struct({ first: numbered(4, u32), here: numbered(3, string), last: numbered(2, u32) })
    const paths = compareVersions(older, newer).map(({ path }) => path)
    expect(paths, 'a review reads it beside the newer schema').toEqual(['first', 'here', 'last', 'gone', 'alsoGone'])
  })

  test('is made without a change to either version', () => {
    const older = frozen(
      struct({ b: numbered(2, list(Point)), a: numbered(1, literal('x', 'y')) }, { reserved: [9, 4] }),
    )
    const newer = frozen(struct({ c: numbered(4, Shape), b: numbered(2, list(u32)) }, { reserved: [7, 1] }))
    const rule = 'both schemas are in use by others: sort and change copies of their fields, if you have to'
    expect(() => compareVersions(older, newer), rule).not.toThrow()
  })
})

/** The same object, of which no part can be changed any more. */
function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part)
  return Object.freeze(value)
}
