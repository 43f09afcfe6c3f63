import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  type Infer,
  i64,
  list,
  literal,
  map,
  numbered,
  optional,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { type Example, examplesOf, type Row } from './example.ts'
import { expectRead } from './fate.ts'
import { inHex } from './hex.ts'
import { expectSpans } from './spans.ts'

const example = examplesOf(protobuf)

const Inner = struct({ a: u32 })
const Command = union('do', {
  put: numbered(7, struct({ key: string, value: bytes })),
  get: numbered(2, struct({ key: string })),
  stop: numbered(16, struct({})),
})

/** The first four are the examples of the specification's page on the encoding. */
const fields: readonly Row[] = [
  example('a u32', Inner, { a: 150 }, '08 96 01'),
  example('a text', struct({ b: numbered(2, string) }), { b: 'testing' }, '12 07 74 65 73 74 69 6e 67'),
  example('a struct in a struct', struct({ c: numbered(3, Inner) }), { c: { a: 150 } }, '1a 03 08 96 01'),
  example(
    'a list of numbers, packed',
    struct({ f: numbered(6, list(u32)) }),
    { f: [3, 270, 86_942] },
    '32 06 03 8e 02 9e a7 05',
  ),
  example('a bool', struct({ a: bool }), { a: true }, '08 01'),
  example('the greatest u53', struct({ a: u53 }), { a: 2 ** 53 - 1 }, '08 ff ff ff ff ff ff ff 0f'),
  example('the greatest u64', struct({ a: u64 }), { a: 2n ** 64n - 1n }, '08 ff ff ff ff ff ff ff ff ff 01'),
  example('the i64 -1, in zigzag', struct({ a: i64 }), { a: -1n }, '08 01'),
  example('an f64', struct({ a: f64 }), { a: 1 }, '09 00 00 00 00 00 00 f0 3f'),
  example('bytes', struct({ a: bytes }), { a: Uint8Array.of(1, 255) }, '0a 02 01 ff'),
  example('a literal: its place', struct({ a: literal('get', 'put') }), { a: 'put' }, '08 01'),
  example('the last field number of one byte', struct({ a: numbered(15, u32) }), { a: 1 }, '78 01'),
  example('the first field number of two', struct({ a: numbered(16, u32) }), { a: 1 }, '80 01 01'),
  example(
    'fields in the order of their numbers',
    struct({ a: numbered(2, u32), b: numbered(1, u32) }),
    { a: 5, b: 6 },
    '08 06 10 05',
  ),
  example('2 before 10', struct({ a: numbered(2, u32), b: numbered(10, u32) }), { a: 1, b: 1 }, '10 01 50 01'),
]

/** Each with its rule, for some are about what is left out, and others about what must not be. */
const defaults: readonly (readonly [rule: string, row: Row])[] = [
  [
    'a field that is not optional, with its default, needs no bytes',
    example(
      'those of scalars, literals, lists and maps are left out',
      struct({
        a: u32,
        b: string,
        c: bytes,
        d: bool,
        e: i64,
        f: f64,
        g: literal('x', 'y'),
        h: list(u32),
        i: map(u32, u32),
      }),
      { a: 0, b: '', c: new Uint8Array(0), d: false, e: 0n, f: 0, g: 'x', h: [], i: new Map() },
      '',
    ),
  ],
  [
    'without bytes, 0 could not be told from absent',
    example('a field that may be absent is written if it is there', struct({ a: optional(u32) }), { a: 0 }, '08 00'),
  ],
  [
    'what is absent needs no bytes',
    example('a field that may be absent, and is', struct({ a: optional(u32), b: u32 }), { b: 7 }, '10 07'),
  ],
  [
    'undefined is absent, whether or not there is a property of that name',
    example('a field that is undefined', struct({ a: optional(u32), b: u32 }), { a: undefined, b: 7 }, '10 07'),
  ],
  [
    '-0 has other bits than 0: left out, it would be read as 0',
    example('-0 is not the default', struct({ a: f64 }), { a: -0 }, '09 00 00 00 00 00 00 00 80'),
  ],
  [
    'a struct is there, even if each of its fields has its default: a tag, and a length of 0',
    example('a struct is written without its fields', struct({ a: Inner }), { a: { a: 0 } }, '0a 00'),
  ],
  [
    'a struct is never the default, also if it has no fields',
    example('a struct that has no fields is written', struct({ a: struct({}) }), { a: {} }, '0a 00'),
  ],
  [
    'an item that is left out is missing in the list',
    example(
      'items of a list are written',
      struct({ a: list(u32), b: list(string), c: list(Inner) }),
      { a: [0, 0], b: [''], c: [{ a: 0 }] },
      '0a 02 00 00 12 00 1a 00',
    ),
  ],
  [
    'both parts of an entry are written, whatever they are',
    example(
      'keys and values of a map are written',
      struct({ a: map(string, u32) }),
      { a: new Map([['', 0]]) },
      '0a 04 0a 00 10 00',
    ),
  ],
]

const several: readonly Row[] = [
  example(
    'a list of f64, packed',
    struct({ a: list(f64) }),
    { a: [1, -0] },
    '0a 10 00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 00 80',
  ),
  example('a list of one number, packed', struct({ a: list(u32) }), { a: [3] }, '0a 01 03'),
  example('a list of i64, packed', struct({ a: list(i64) }), { a: [1n, 2n] }, '0a 02 02 04'),
  example('a list of literals, packed', struct({ a: list(literal('x', 'y')) }), { a: ['y', 'x'] }, '0a 02 01 00'),
  example('a list of texts: a field each', struct({ a: list(string) }), { a: ['a', 'é'] }, '0a 01 61 0a 02 c3 a9'),
  example(
    'a list of structs: a field each',
    struct({ a: list(Inner) }),
    { a: [{ a: 1 }, { a: 2 }] },
    '0a 02 08 01 0a 02 08 02',
  ),
  example(
    'a packed list of 128 bytes: its length takes two',
    struct({ a: list(bool) }),
    { a: new Array<boolean>(128).fill(true) },
    `0a 80 01${' 01'.repeat(128)}`,
  ),
  example(
    'a map: a message an entry',
    struct({ a: map(string, u32) }),
    {
      a: new Map([
        ['a', 1],
        ['b', 2],
      ]),
    },
    '0a 05 0a 01 61 10 01 0a 05 0a 01 62 10 02',
  ),
  example(
    'a map as it was filled',
    struct({ a: map(u32, u32) }),
    {
      a: new Map([
        [2, 5],
        [1, 6],
      ]),
    },
    '0a 04 08 02 10 05 0a 04 08 01 10 06',
  ),
  example(
    'a map of structs',
    struct({ a: map(u64, Inner) }),
    { a: new Map([[7n, { a: 5 }]]) },
    '0a 06 08 07 12 02 08 05',
  ),
  example(
    'a map in a struct in a map',
    struct({ a: map(string, struct({ b: map(string, u32) })) }),
    { a: new Map([['x', { b: new Map([['y', 5]]) }]]) },
    '0a 0c 0a 01 78 12 07 0a 05 0a 01 79 10 05',
  ),
  example('a union: the field of its case', Command, { do: 'get', key: 'a' }, '12 03 0a 01 61'),
  example('a case without fields', Command, { do: 'stop' }, '82 01 00'),
  example(
    'a union in a struct',
    struct({ a: u32, b: Command }),
    { a: 5, b: { do: 'get', key: '' } },
    '08 05 12 02 12 00',
  ),
  example(
    'a list of unions',
    struct({ a: list(Command) }),
    { a: [{ do: 'get', key: '' }, { do: 'stop' }] },
    '0a 02 12 00 0a 03 82 01 00',
  ),
]

function checkRows(rule: string, rows: readonly Row[]): void {
  test.each(rows)('%s', (_name, shown) => checkRow(rule, shown))
}

function checkRow(rule: string, { value, bytes: form, encoded, decoded }: Example): void {
  expect(encoded(), rule).toBe(form)
  expectRead(decoded(), value, 'the same bytes must be read as the same value')
}

describe('a Protobuf field is its tag and its value', () => {
  checkRows('the tag is eight times the number and the wire type', fields)
})

describe('defaults in Protobuf', () => {
  const rows = defaults.map(([rule, [name, shown]]) => [name, rule, shown] as const)
  test.each(rows)('%s', (_name, rule, shown) => checkRow(rule, shown))
})

describe('what has several values in Protobuf', () => {
  checkRows('packed if an item has no length, and a field each if it has one', several)
})

describe('a codec of the Protobuf format', () => {
  test('leaves the fields of the schema in their order', () => {
    const schema = struct({ a: numbered(2, u32), b: numbered(1, u32) })
    const value = { a: 5, b: 6 }
    expect(inHex(protobuf(schema).encode(value)), 'in the order of the numbers').toBe('08 06 10 05')
    const rule = 'sort a copy of the fields: the compact form of this schema has them in its own order'
    expect(inHex(compact(schema).encode(value)), rule).toBe('05 06')
  })

  const Note = struct({ id: u32, text: string, parts: list(bytes) })
  const note: Infer<typeof Note> = { id: 5, text: 'hello', parts: [Uint8Array.of(1, 2), Uint8Array.of(3)] }

  test('refuses to write what the schema does not describe, with the path', () => {
    const codec = protobuf(Note)
    expect(() => codec.encode({ ...note, id: -1 }), 'a u32 is from 0 up').toThrow(
      expect.objectContaining({ path: 'id' }),
    )
    expect(inHex(codec.encode({ id: 5, text: '', parts: [] })), 'nothing of the one before').toBe('08 05')
  })

  test('reads a value that stays the same when the input is written to again', () => {
    const codec = protobuf(struct({ note: Note, more: map(u32, bytes) }))
    const value = { note, more: new Map([[1, Uint8Array.of(7, 8)]]) }
    const received = codec.encode(value).slice()
    const decoded = codec.decode(received)
    received.fill(0xee)
    expect(decoded, 'the next packet was received into the same buffer').toEqual({ ok: true, value })
  })

  test('reads a message that is a view of a larger buffer', () => {
    const codec = protobuf(struct({ at: f64, note: Note }))
    const message = codec.encode({ at: 1.5, note })
    const buffer = new Uint8Array(message.length + 10).fill(1)
    buffer.set(message, 3)
    const decoded = codec.decode(buffer.subarray(3, 3 + message.length))
    expect(decoded, 'a view begins at its byteOffset, and ends before its buffer does').toEqual({
      ok: true,
      value: { at: 1.5, note },
    })
  })

  test('says which bytes it took for what, inner parts first', () => {
    const codec = protobuf(struct({ id: u32, point: struct({ x: u32 }), sizes: list(u32), names: list(string) }))
    const lines = [
      '0 to 2: id',
      '4 to 6: point.x',
      '2 to 6: point',
      '8 to 9: sizes[0]',
      '9 to 10: sizes[1]',
      '6 to 10: sizes',
      '11 to 13: names[0]',
      '10 to 13: names',
    ]
    const rule = 'a field begins with its tag; tell `place` before a part is read, and after'
    const decoded = expectSpans(codec, '08 05 12 02 08 07 1a 02 01 02 22 01 61', lines, rule)
    expect(decoded.ok, 'the bytes are those of a value').toBe(true)
  })
})
