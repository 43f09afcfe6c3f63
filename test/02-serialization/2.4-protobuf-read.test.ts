import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { explain } from '#serialization/decoded'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  string,
  struct,
  u32,
  union,
} from '#serialization/schema'
import { UNKNOWN_FIELDS } from '#serialization/unknown-fields'
import { Writer } from '#serialization/writer'
import { expectRead } from './fate.ts'
import { fromHex, inHex } from './hex.ts'

const Point = struct({ x: u32, y: u32 })
const Sizes = struct({ sizes: list(u32) })
const Scores = struct({ scores: map(string, u32) })

type Row = readonly [what: string, schema: Schema, input: string, value: unknown]

function acceptedRows(rule: string, rows: readonly Row[]): void {
  test.each(rows)('%s', (_what, schema, input, value) => {
    expectRead(protobuf(schema).decode(fromHex(input)), value, `${rule}; the input is ${input || 'empty'}`)
  })
}

describe('a Protobuf reader takes fields as they come', () => {
  acceptedRows('another writer may have other habits than ours', [
    ['in any order', Point, '10 02 08 01', { x: 1, y: 2 }],
    ['with a default that need not have been written', Point, '08 00 10 02', { x: 0, y: 2 }],
    ['numbers one by one that could be packed', Sizes, '08 01 08 02 08 ac 02', { sizes: [1, 2, 300] }],
    ['packed numbers in two parts', Sizes, '0a 01 01 0a 02 02 03', { sizes: [1, 2, 3] }],
    ['packed numbers and others', Sizes, '08 01 0a 02 02 03 08 04', { sizes: [1, 2, 3, 4] }],
    ['a packed part without items', Sizes, '0a 00', { sizes: [] }],
    ['doubles one by one', struct({ a: list(f64) }), '09 00 00 00 00 00 00 f0 3f', { a: [1] }],
    ['literals one by one', struct({ a: list(literal('x', 'y')) }), '08 01 08 00', { a: ['y', 'x'] }],
    [
      'items of a list with another field between them',
      struct({ names: list(string), id: u32 }),
      '0a 01 61 10 05 0a 01 62',
      { names: ['a', 'b'], id: 5 },
    ],
    ['a NaN of any bits', struct({ a: f64 }), '09 01 00 00 00 00 00 f8 ff', { a: Number.NaN }],
    [
      'entries of a map in any order',
      Scores,
      '0a 05 0a 01 62 10 02 0a 05 0a 01 61 10 01',
      {
        scores: new Map([
          ['b', 2],
          ['a', 1],
        ]),
      },
    ],
    ['an entry whose value comes before its key', Scores, '0a 05 10 01 0a 01 61', { scores: new Map([['a', 1]]) }],
    ['an entry without a key', Scores, '0a 02 10 05', { scores: new Map([['', 5]]) }],
    ['an entry without a value', Scores, '0a 03 0a 01 61', { scores: new Map([['a', 0]]) }],
  ])
})

test('half a million packed items are read like three', { timeout: 20_000 }, () => {
  const count = 520_000 // more than an engine takes as the arguments of one call
  const writer = new Writer()
  writer.raw(Uint8Array.of(0x0a))
  writer.prefixed(new Uint8Array(count).fill(1))
  const decoded = protobuf(struct({ a: list(bool) })).decode(writer.finish())
  if (!decoded.ok) return expect.fail(`they were refused: ${explain(decoded.error)}`)
  expect(decoded.value.a.length, 'add one item at a time: push(...items) throws if they are many').toBe(count)
})

describe('a Protobuf field that does not come', () => {
  const Everything = struct({
    a: u32,
    b: string,
    c: i64,
    d: literal('x', 'y'),
    e: bytes,
    f: list(u32),
    g: map(u32, u32),
    h: struct({ x: u32, y: optional(u32) }),
  })
  const allDefaults = { a: 0, b: '', c: 0n, d: 'x', e: new Uint8Array(0), f: [], g: new Map(), h: { x: 0 } }
  acceptedRows('whatever is missing is the default', [
    ['is read as the default', Everything, '', allDefaults],
    ['is absent if it may be absent', struct({ a: optional(u32), b: u32 }), '10 07', { b: 7 }],
    ['has its default in a struct that comes without fields', struct({ p: Point }), '0a 00', { p: { x: 0, y: 0 } }],
  ])

  test('and may be absent is no property at all', () => {
    const decoded = protobuf(struct({ a: optional(u32), b: u32 })).decode(fromHex('10 07'))
    expect(decoded.ok && Object.keys(decoded.value), 'leave it out, and don’t set it to undefined').toEqual(['b'])
  })

  test('has a default of its own in each message', () => {
    const codec = protobuf(Sizes)
    const [first, second] = [codec.decode(fromHex('')), codec.decode(fromHex(''))]
    if (!first.ok || !second.ok) return expect.fail('no fields at all make a good message')
    expect(first.value.sizes, 'somebody may write to it').not.toBe(second.value.sizes)
  })
})

describe('fields that a Protobuf reader has never heard of', () => {
  const varint = '98 06 07'
  const eight = '99 06 01 02 03 04 05 06 07 08'
  const prefixed = '9a 06 02 61 62'
  const four = '9d 06 01 02 03 04'

  /** Decodes with the schema, and encodes what came of it, or a copy. */
  function passedOn(schema: Schema, input: string, change = (value: object): object => value): string {
    const codec: Codec<unknown> = protobuf(schema)
    const decoded = codec.decode(fromHex(input))
    if (!decoded.ok) return expect.fail(`${input} was refused at ${decoded.error.offset}: step over an unknown field`)
    return inHex(codec.encode(change(Object(decoded.value))))
  }

  test.each([
    ['a varint', varint],
    ['eight bytes', eight],
    ['a length and bytes', prefixed],
    ['four bytes', four],
  ])('are kept, and written again behind those it knows: %s', (_wireType, unknown) => {
    expect(passedOn(Point, `${unknown} 08 05 10 06`), 'an older program must not lose what a newer one wrote').toBe(
      `08 05 10 06 ${unknown}`,
    )
  })

  test('keep their order, each of them once', () => {
    const rule = 'of a field that comes twice the last one may count: their order says something'
    const input = `${prefixed} 08 05 ${varint} ${prefixed} 10 06 ${four}`
    expect(passedOn(Point, input), rule).toBe(`08 05 10 06 ${prefixed} ${varint} ${prefixed} ${four}`)
  })

  test('one of them is written once, by a program that has learned the field since', () => {
    const Account = struct({ id: u32, balance: u32 })
    const older = protobuf(struct({ id: u32 })).decode(protobuf(Account).encode({ id: 1, balance: 500 }))
    if (!older.ok) throw new TypeError(explain(older.error))
    const now = protobuf(Account).decode(protobuf(Account).encode({ ...older.value, balance: 0 }))
    expect(now, 'the kept field would say that the balance is 500').toMatchObject({ ok: true, value: { balance: 0 } })
  })

  test('survive a copy in which a field was changed', () => {
    const changed = passedOn(Point, `08 05 ${varint} 10 06`, (point) => ({ ...point, x: 9 }))
    expect(changed, 'keep them under UNKNOWN_FIELDS, as an enumerable property').toBe(`08 09 10 06 ${varint}`)
  })

  test('stay in the part of the message that they came in', () => {
    const List = struct({ points: list(Point), id: u32 })
    const rule = 'a part has unknown fields of its own'
    expect(passedOn(List, `0a 05 ${varint} 08 05 0a 00 ${four} 10 06`), rule).toBe(
      `0a 05 08 05 ${varint} 0a 00 10 06 ${four}`,
    )
  })

  test('are kept in a struct that has no fields of its own', () => {
    const rule = 'a newer schema has given it some'
    expect(passedOn(struct({ a: struct({}) }), '0a 02 08 01'), rule).toBe('0a 02 08 01')
  })

  test('are kept within a case of a union, and beside it', () => {
    const Command = union('do', { get: struct({ key: string }), stop: struct({}) })
    expect(passedOn(Command, `${four} 0a 06 ${varint} 0a 01 61 ${eight}`), 'both are somebody’s').toBe(
      `0a 06 0a 01 61 ${varint} ${four} ${eight}`,
    )
  })

  test('stay behind when a value becomes another case, and go along within its own', () => {
    const Task = union('is', {
      open: struct({ title: string }),
      done: struct({ title: string, minutes: optional(u32) }),
    })
    const input = '0a 05 0a 01 61 10 07'
    const sameCase = passedOn(Task, input, (task) => ({ ...task, title: 'b' }))
    expect(sameCase, 'a newer program has set field 2 of an open task').toBe('0a 05 0a 01 62 10 07')
    const rule = 'field 2 of an open task is not the minutes of one that is done'
    expect(
      passedOn(Task, input, (task) => ({ ...task, is: 'done' as const })),
      rule,
    ).toBe('12 03 0a 01 61')
  })

  test('are no property of a message that has none', () => {
    const decoded = protobuf(Point).decode(fromHex('08 05'))
    expect(decoded.ok && UNKNOWN_FIELDS in decoded.value, 'a value is then what it was before').toBe(false)
  })

  test('stay the same when the input is written to again', () => {
    const codec = protobuf(Point)
    const received = fromHex(`08 05 ${prefixed}`)
    const decoded = codec.decode(received)
    received.fill(0xee)
    expect(decoded.ok && inHex(codec.encode(decoded.value)), 'copy them').toBe(`08 05 ${prefixed}`)
  })

  test('include those of a number that another version uses', () => {
    const newer = struct({ x: u32, y: u32, label: numbered(9, string) })
    const written = protobuf(newer).encode({ x: 1, y: 2, label: 'home' })
    const decoded = protobuf(newer).decode(fromHex(passedOn(Point, inHex(written), (point) => ({ ...point, y: 3 }))))
    expect(decoded, 'the newer program finds its field again').toEqual({
      ok: true,
      value: { x: 1, y: 3, label: 'home' },
    })
  })
})
