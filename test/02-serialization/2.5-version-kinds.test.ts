import { describe, expect, test } from 'vitest'
import { compareVersions } from '#serialization/evolution'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  numbered,
  type Optional,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { expectClaims } from './claims.ts'

const Point = struct({ x: u32 })
const Label = struct({ text: string })
const Shape = union('kind', { circle: struct({ radius: u32 }), dot: struct({}) })

/** Fails unless this is claimed when a field changes from one schema to the other. The path is left out if it is that of the field. */
function expectOfPart(older: Schema | Optional, newer: Schema, expected: readonly string[], rule: string): void {
  const lines = expected.map((line) => (/^[[{]/.test(line) ? `part${line}` : `part: ${line}`))
  expectClaims(struct({ part: older }), struct({ part: newer }), lines, rule)
}

describe('whole numbers without a sign: the smaller kind can be read as the larger one', () => {
  const kinds = [bool, u32, u53, u64]
  const pairs = kinds.flatMap((smaller, index) => kinds.slice(index + 1).map((larger) => ({ smaller, larger })))
  test.each(pairs)('$smaller.kind and $larger.kind', ({ smaller, larger }) => {
    const rule = `a ${larger.kind} may be too great for readers of a ${smaller.kind}, and every ${smaller.kind} is a ${larger.kind}`
    expectOfPart(smaller, larger, ['refuses, none'], `old readers have the smaller kind: ${rule}`)
    expectOfPart(larger, smaller, ['none, refuses'], `new readers have the smaller kind: ${rule}`)
  })
})

describe('another kind', () => {
  type Row = readonly [name: string, older: Schema, newer: Schema, expected: string]
  const rows: readonly Row[] = [
    ['text as bytes: they are its UTF-8', string, bytes, 'refuses, none'],
    ['bytes as text: some are no UTF-8', bytes, string, 'none, refuses'],
    ['a sign: 1 is written as 2', u64, i64, 'misreads, misreads'],
    ['a literal for a number: places are no values', u32, literal('get', 'put'), 'misreads, misreads'],
    ['a literal for a bool: places are no values', bool, literal('no', 'yes'), 'misreads, misreads'],
    ['a number for text: the wire types differ', string, u32, 'refuses, refuses'],
    ['a fraction: the wire types differ', u32, f64, 'refuses, refuses'],
    ['a struct for a number: the wire types differ', u32, Point, 'refuses, refuses'],
    ['a struct for bytes: both have a length', bytes, Point, 'misreads, misreads'],
    ['a struct for text: both have a length', string, Point, 'misreads, misreads'],
    ['a union for a struct: both are messages', Label, Shape, 'misreads, misreads'],
    ['a map for a struct: both are messages', Point, map(u32, u32), 'misreads, misreads'],
    ['a list for a map: both are messages, several of them', map(u32, u32), list(Point), 'misreads, misreads'],
  ]
  test.each(rows)('%s', (_, older, newer, expected) => {
    const rule = 'a reader notices another wire type, and nothing else; only like kinds can be read as one another'
    expectOfPart(older, newer, [expected], rule)
  })

  test.each<[name: string, schema: Schema]>([
    ['a number', u32],
    ['a list', list(Point)],
    ['a list of lists in a field', struct({ all: list(list(u32)) })],
    ['a list that may be absent', struct({ all: optional(list(u32)) })],
  ])('of what is no message of Protobuf is not compared: %s', (_, schema) => {
    const rule = 'throw a TypeError, as `protobuf` does: nobody can write or read bytes of it in this format'
    expect(() => compareVersions(schema, Point), rule).toThrow(TypeError)
    expect(() => compareVersions(Point, schema), rule).toThrow(TypeError)
  })

  test('at the top: a message is no more than its fields', () => {
    expectClaims(Label, Shape, [': misreads, misreads'], 'nothing on the wire says that it is a union')
  })

  test('of a field that may be absent: what it does is that of the kind', () => {
    const [older, newer] = [struct({ part: optional(u32) }), struct({ part: optional(string) })]
    expectClaims(older, newer, ['part: refuses, refuses'], 'look at the schema of an optional field as well')
  })

  test('and another name: the number was given to something else', () => {
    const [older, newer] = [struct({ ttlMs: u32 }), struct({ owner: string })]
    const rule = 'old readers look for a number where there is text now, and notice'
    expectClaims(older, newer, ['owner: none, none', 'owner: refuses, refuses'], rule)
  })
})

type ListRow = readonly [
  name: string,
  older: Schema | Optional,
  newer: Schema,
  expected: readonly string[],
  rule: string,
]
const valueAndList: readonly ListRow[] = [
  [
    'a list of numbers for a number',
    u32,
    list(u32),
    ['refuses, default'],
    "a list is packed, in a length and bytes, which a reader of one number refuses; a list takes a number that isn't packed",
  ],
  [
    'a number for a list of numbers',
    list(u32),
    u32,
    ['default, refuses'],
    'the other way round: now the old readers have the list',
  ],
  [
    'a list of texts for a text',
    string,
    list(string),
    ['refuses, default'],
    'a reader of one text refuses the second, and a list takes one',
  ],
  [
    'a list of literals for a literal',
    literal('a', 'b'),
    list(literal('a', 'b')),
    ['refuses, default'],
    'the same of literals, which are numbers on the wire',
  ],
  [
    'a list of structs for one that may be absent, in which something has changed as well',
    optional(Point),
    list(struct({})),
    ['default, default', 'refuses, default', '[].x: default, keeps'],
    'the items are of the same kind as the value was: compare them, and what changed in them, too',
  ],
  [
    'a list of numbers for a text: packed, they look like one',
    string,
    list(u32),
    ['misreads, misreads'],
    'a packed list is a length and bytes, and so is a text: neither reader notices',
  ],
  [
    'a list of texts for a number: the wire types differ',
    u32,
    list(string),
    ['refuses, refuses'],
    'texts are never packed: a number has another wire type than each of them, and than the list',
  ],
  [
    'a list of numbers for one with a sign',
    i64,
    list(u32),
    ['refuses, misreads'],
    'new readers take items one by one as well as packed, so a varint is an item for them; old readers get a length, and notice',
  ],
  [
    'a list of smaller numbers for a number',
    u53,
    list(u32),
    ['refuses, refuses'],
    'a list of one refuses what its item refuses: here what is too great for a u32',
  ],
  [
    'a list of greater numbers for a number',
    u32,
    list(u53),
    ['refuses, default'],
    'every u32 is a u53, and so an item of the list',
  ],
  [
    'a list of texts for bytes: some are no UTF-8',
    bytes,
    list(string),
    ['refuses, refuses'],
    'a list of one refuses what its item refuses: here bytes that are no text',
  ],
  [
    'a list of bytes for a text',
    string,
    list(bytes),
    ['refuses, default'],
    'every text is bytes, and so an item of the list',
  ],
  [
    'a list of fractions for a number',
    u32,
    list(f64),
    ['refuses, refuses'],
    'a list of fractions takes eight bytes and packed ones, and a number is a varint',
  ],
  [
    'a list of structs for a text',
    string,
    list(Point),
    ['misreads, misreads'],
    'a text and a struct are each a length and bytes: not alike, and not told apart',
  ],
]

describe('one value and a list', () => {
  test.each(valueAndList)('%s', (_, older, newer, expected, rule) => expectOfPart(older, newer, expected, rule))
})

describe('items of lists', () => {
  type Row = readonly [name: string, older: Schema, newer: Schema, expected: readonly string[]]
  const rows: readonly Row[] = [
    ['that are greater numbers now', u32, u53, ['[]: refuses, none']],
    ['that are bytes now, and were text', string, bytes, ['[]: refuses, none']],
    ['that are text now, and were numbers', u32, string, ['[]: misreads, misreads']],
    ['that are fractions now, and were whole', u32, f64, ['[]: misreads, misreads']],
    ['that are structs now, and were numbers', u32, Point, ['[]: misreads, misreads']],
    ['that have a sign now', u64, i64, ['[]: misreads, misreads']],
    ['that are of the same kind', Point, Point, []],
    ['that have a value at the end now', literal('a'), literal('a', 'b'), ['[]: refuses, none']],
    [
      'that have another case now',
      union('kind', { dot: Point }),
      union('kind', { dot: Point, at: Point }),
      ['[].at: refuses, none'],
    ],
  ]
  test.each(rows)('%s', (_, older, newer, expected) => {
    const rule =
      'items that are alike change as they would alone; of others the wire type gives nothing away, since a packed list is a length and bytes, as a text is'
    expectOfPart(list(older), list(newer), expected, rule)
  })
})

describe('entries of maps', () => {
  test('have a key and a value in fields of their own, where the wire type counts', () => {
    const rule = 'a number for text is refused, in a key as anywhere'
    expectOfPart(map(u32, u32), map(string, u32), ['{key}: refuses, refuses'], rule)
    expectOfPart(map(u32, u32), map(u32, string), ['{}: refuses, refuses'], rule)
    expectOfPart(map(u32, u64), map(u53, u32), ['{key}: refuses, none', '{}: none, refuses'], 'like kinds, in both')
  })
})

describe('cases and values', () => {
  test('a case that is new is refused by those who do not know it, and one that is gone likewise', () => {
    const more = union('kind', { circle: struct({ radius: u32 }), dot: struct({}), line: Point })
    expectClaims(Shape, more, ['line: refuses, none'], 'a value of a case that is not known is no value at all')
    expectClaims(more, Shape, ['line: none, refuses'], 'the other way round')
  })

  test('a case with another name harms nobody, and two cases that changed places harm everybody', () => {
    const renamed = union('kind', { disc: struct({ radius: u32 }), dot: struct({}) })
    expectClaims(Shape, renamed, ['disc: none, none'], 'the name of a case is not on the wire')
    const swapped = union('kind', { dot: struct({}), circle: struct({ radius: u32 }) })
    const misread = ['dot: misreads, misreads', 'circle: misreads, misreads']
    const inside = ['dot.radius: default, keeps', 'circle.radius: keeps, default']
    expectClaims(Shape, swapped, [...misread, ...inside], 'each is taken for the other')
    const numberedCases = union('kind', { dot: numbered(2, struct({})), circle: numbered(1, struct({ radius: u32 })) })
    expectClaims(Shape, numberedCases, [], 'the numbers are the same')
  })

  test('a value of a literal may come and go at the end, and nowhere else', () => {
    const mode = literal('off', 'on')
    expectOfPart(mode, literal('off', 'on', 'auto'), ['refuses, none'], 'old readers know two places')
    expectOfPart(literal('off', 'on', 'auto'), mode, ['none, refuses'], 'the other way round')
    expectOfPart(mode, literal('off', 'auto', 'on'), ['misreads, misreads'], 'place 1 means another value')
    const [change] = compareVersions(struct({ mode }), struct({ mode: literal('off', 'auto', 'on') }))
    expect(change?.what, 'which value was there').toContain('on')
    expect(change?.what, 'which value is there now').toContain('auto')
  })
})
