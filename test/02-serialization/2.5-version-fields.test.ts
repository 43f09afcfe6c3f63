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
import { expectClaims, inOrder, pathsOf } from './claims.ts'

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

const removed: readonly Row[] = [
  ['one that old readers must have', struct({ key: string, ttlMs: u32 }), before, ['ttlMs: default, keeps']],
  ['one that might be absent', struct({ key: string, ttlMs: optional(u32) }), before, ['ttlMs: default, keeps']],
  ['a union, which has no default', struct({ key: string, shape: Shape }), before, ['shape: refuses, keeps']],
  ['a union that might be absent', struct({ key: string, shape: optional(Shape) }), before, ['shape: default, keeps']],
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
    'another kind and absence, of a struct: it was always written',
    struct({ at: Point }),
    struct({ at: optional(u32) }),
    ['at: default, none', 'at: refuses, refuses'],
    'old writers always wrote a struct, whatever new readers make of it: ask the schema of the writer',
  ],
  [
    'another kind, which is a struct, and no absence any more: new writers always write it',
    struct({ at: optional(u32) }),
    struct({ at: Point }),
    ['at: none, default', 'at: refuses, refuses'],
    'new writers always write a struct, whatever old readers make of it: ask the schema of the writer',
  ],
  [
    'absence, of what was a list: two changes',
    struct({ ttlMs: list(u32) }),
    struct({ ttlMs: optional(u32) }),
    ['ttlMs: default, default', 'ttlMs: default, refuses'],
    'compare the schemas as well when a field becomes optional, and say that it may be absent',
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
})

describe('a field that is gone', () => {
  test.each(removed)('%s', (_, older, newer, expected) => {
    const rule = 'it is new the other way round, for the old readers of new bytes: who may do without it sees nothing'
    expectClaims(older, newer, expected, rule)
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
    const older = struct({ gone: numbered(9, u32), here: numbered(3, u32), alsoGone: numbered(1, u32) })
    const newer = struct({ first: numbered(4, u32), here: numbered(3, string), last: numbered(2, u32) })
    const rule = 'a review reads it beside the newer schema: not in the order of the numbers'
    expect(pathsOf(older, newer), rule).toBe(inOrder('first', 'here', 'last', 'gone', 'alsoGone'))
    const inside = pathsOf(struct({ at: older }), struct({ at: newer }))
    expect(inside, `${rule}, in a struct within either`).toBe(
      inOrder('at.first', 'at.here', 'at.last', 'at.gone', 'at.alsoGone'),
    )
  })

  test('tells the same change of two fields twice, also if their schema is one object', () => {
    const wider = struct({ x: u32, y: u32 })
    const rule = 'a schema may be used in many places, and each of them has its readers'
    expectClaims(
      struct({ a: Point, b: Point }),
      struct({ a: wider, b: wider }),
      ['a.y: keeps, default', 'b.y: keeps, default'],
      rule,
    )
    expectClaims(struct({ a: u32, b: u32 }), struct({ a: u53, b: u53 }), ['a: refuses, none', 'b: refuses, none'], rule)
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
