import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import {
  bool,
  bytes,
  f64,
  type Infer,
  i64,
  list,
  map,
  numbered,
  optional,
  string,
  struct,
  u32,
  u64,
  union,
} from '#serialization/schema'
import { examplesOf, type Row } from './example.ts'
import { expectRead } from './fate.ts'
import { inHex } from './hex.ts'
import { expectSpans } from './spans.ts'

const example = examplesOf(compact)

const Point = struct({ x: u32, y: u32 })
const Command = union('do', {
  put: numbered(7, struct({ key: string, value: bytes })),
  get: numbered(2, struct({ key: string })),
  stop: numbered(4, struct({})),
})

const values: readonly Row[] = [
  example('a list', list(u32), [3, 270, 86_942], '03 03 8e 02 9e a7 05'),
  example('a list without items', list(string), [], '00'),
  example('a list of lists', list(list(bool)), [[true], [], [false, true]], '03 01 01 00 02 00 01'),
  example('a struct: its fields, in the order of the schema', Point, { x: 5, y: 150 }, '05 96 01'),
  example('a struct without fields', struct({}), {}, ''),
  example(
    'a struct whatever its numbers are',
    struct({ x: numbered(9, u32), y: numbered(1, u32) }),
    { x: 5, y: 6 },
    '05 06',
  ),
  example('a field that may be absent, and is', struct({ a: optional(u32), b: u32 }), { b: 7 }, '00 07'),
  example('a field that may be absent, and isn’t', struct({ a: optional(u32), b: u32 }), { a: 0, b: 7 }, '01 00 07'),
  example('an empty list that may be absent, and isn’t', struct({ a: optional(list(u32)) }), { a: [] }, '01 00'),
  example(
    'a struct in a struct',
    struct({ from: Point, to: Point }),
    { from: { x: 1, y: 2 }, to: { x: 3, y: 4 } },
    '01 02 03 04',
  ),
  example('the first case of a union', Command, { do: 'put', key: 'a', value: Uint8Array.of(9) }, '00 01 61 01 09'),
  example('the last case of a union, whatever its number is', Command, { do: 'stop' }, '02'),
  example('a list of unions', list(Command), [{ do: 'stop' }, { do: 'get', key: 'a' }], '02 02 01 01 61'),
  example(
    'a map',
    map(string, u32),
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    '02 01 61 01 01 62 02',
  ),
  example('a map without entries', map(bool, f64), new Map(), '00'),
  example('a map of structs', map(u32, Point), new Map([[7, { x: 1, y: 2 }]]), '01 07 01 02'),
]

describe('the compact form of a value', () => {
  test.each(values)('%s', (_name, { value, bytes: form, encoded, decoded }) => {
    expect(encoded(), 'the parts one after the other, as the table at the top of the file says').toBe(form)
    expectRead(decoded(), value, 'the same bytes must be read as the same value')
  })

  test('leaves out a field that was absent, and doesn’t set it to undefined', () => {
    const decoded = compact(struct({ a: optional(u32), b: u32 })).decode(Uint8Array.of(0, 7))
    expect(decoded.ok && Object.keys(decoded.value), 'no property of that name').toEqual(['b'])
  })

  test('takes undefined for absent', () => {
    const codec = compact(struct({ a: optional(u32) }))
    expect(inHex(codec.encode({ a: undefined })), 'one byte that says that it is absent').toBe('00')
  })
})

describe('equal maps have equal bytes', () => {
  const cases: readonly Row[] = [
    example(
      'numbers in their order, and not in that of their digits',
      map(u32, u32),
      new Map([
        [10, 0],
        [9, 0],
      ]),
      '02 09 00 0a 00',
    ),
    example(
      'bigints in their order',
      map(u64, bool),
      new Map([
        [2n ** 60n, true],
        [3n, true],
      ]),
      '02 03 01 80 80 80 80 80 80 80 80 10 01',
    ),
    example(
      'bigints that differ where a number has no digits left',
      map(u64, bool),
      new Map([
        [2n ** 53n + 1n, true],
        [2n ** 53n, false],
      ]),
      '02 80 80 80 80 80 80 80 10 00 81 80 80 80 80 80 80 10 01',
    ),
    example(
      'those below 0 first',
      map(i64, u32),
      new Map([
        [1n, 3],
        [0n, 2],
        [-1n, 1],
      ]),
      '03 01 01 00 02 02 03',
    ),
    example(
      'false before true',
      map(bool, u32),
      new Map([
        [true, 1],
        [false, 2],
      ]),
      '02 00 02 01 01',
    ),
    example(
      'a text before those that it begins',
      map(string, u32),
      new Map([
        ['ab', 1],
        ['a', 2],
      ]),
      '02 01 61 02 02 61 62 01',
    ),
    example(
      'a longer text before a shorter one, if it begins with less',
      map(string, u32),
      new Map([
        ['b', 1],
        ['aa', 2],
      ]),
      '02 02 61 61 02 01 62 01',
    ),
    example(
      'U+FFFD before U+1F600, as in their UTF-8',
      map(string, u32),
      new Map([
        ['\u{1f600}', 1],
        ['\u{fffd}', 2],
      ]),
      '02 03 ef bf bd 02 04 f0 9f 98 80 01',
    ),
  ]
  test.each(cases)('%s', (_name, { bytes: form, value, encoded, decoded }) => {
    expect(encoded(), 'entries in the order of compareKeys, however the map was filled').toBe(form)
    expectRead(decoded(), value, 'the same bytes must be read as the same entries')
  })

  test('and a map that is encoded keeps its own order', () => {
    const scores = new Map([
      ['b', 1],
      ['a', 2],
    ])
    compact(map(string, u32)).encode(scores)
    expect([...scores.keys()], 'sort a copy: the map belongs to the caller').toEqual(['b', 'a'])
  })
})

describe('a codec of the compact format', () => {
  const Note = struct({ id: u32, text: string, parts: list(bytes) })
  const note: Infer<typeof Note> = { id: 5, text: 'hello', parts: [Uint8Array.of(1, 2), Uint8Array.of(3)] }

  test('refuses to write what the schema does not describe, with the path', () => {
    const codec = compact(Note)
    const wrong = { ...note, id: -1 }
    expect(() => codec.encode(wrong), 'a u32 is from 0 up').toThrow(expect.objectContaining({ path: 'id' }))
    expect(inHex(codec.encode({ ...note, parts: [] })), 'nothing of the one before').toBe('05 05 68 65 6c 6c 6f 00')
  })

  test('keeps nothing of a value that threw in the middle for the next message', () => {
    const codec = compact(Note)
    for (let looksMax = 0; looksMax < 6; looksMax++) {
      let looks = 0
      const moody: Infer<typeof Note> = {
        ...note,
        get parts() {
          return looks++ < looksMax ? [] : expect.fail('that is enough')
        },
      }
      try {
        codec.encode(moody)
      } catch {} // whether it threw depends on how often an encoder looks
      const next = inHex(codec.encode({ ...note, parts: [] }))
      expect(next, `a getter threw at look ${looksMax + 1}: its message was never finished`).toBe(
        '05 05 68 65 6c 6c 6f 00',
      )
    }
  })

  test('leaves a message that it has given away as it was', () => {
    const codec = compact(Note)
    const first = codec.encode(note)
    const before = inHex(first)
    codec.encode({ ...note, id: 99, text: 'other' })
    expect(inHex(first), 'the next message was written over it').toBe(before)
  })

  test('reads a value that stays the same when the input is written to again', () => {
    const codec = compact(struct({ note: Note, more: map(u32, bytes) }))
    const value = { note, more: new Map([[1, Uint8Array.of(7, 8)]]) }
    const received = codec.encode(value).slice()
    const decoded = codec.decode(received)
    received.fill(0xee)
    expect(decoded, 'the next packet was received into the same buffer').toEqual({ ok: true, value })
  })

  test('makes a new list and a new map for each message', () => {
    const codec = compact(struct({ parts: list(bytes), scores: map(u32, u32) }))
    const [first, second] = [codec.decode(Uint8Array.of(0, 0)), codec.decode(Uint8Array.of(0, 0))]
    if (!first.ok || !second.ok) return expect.fail('two lengths of 0 are an empty list and an empty map')
    expect(first.value.parts, 'somebody may write to it').not.toBe(second.value.parts)
    expect(first.value.scores, 'somebody may write to it').not.toBe(second.value.scores)
  })

  test('reads a message that is a view of a larger buffer', () => {
    const codec = compact(struct({ at: f64, note: Note }))
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
    const codec = compact(struct({ id: u32, scores: map(string, u32), parts: list(bytes) }))
    const lines = [
      '0 to 1: id',
      '2 to 5: scores["a"]',
      '1 to 5: scores',
      '6 to 8: parts[0]',
      '8 to 9: parts[1]',
      '5 to 9: parts',
    ]
    const decoded = expectSpans(
      codec,
      '05 01 01 61 09 02 01 07 00',
      lines,
      'tell `place` before a part is read, and after',
    )
    expect(decoded.ok, 'the bytes are those of a value').toBe(true)
  })

  test('says nothing of an entry that it refuses for its key', () => {
    const rule = 'compare the keys before you enter the place of the entry'
    expectSpans(compact(map(string, u32)), '02 01 62 01 01 61 02', ['1 to 4: ["b"]'], rule)
  })

  test('counts the byte that says whether a field is there to that field', () => {
    const codec = compact(struct({ there: optional(u32), absent: optional(u32), last: bool }))
    const lines = ['0 to 3: there', '3 to 4: absent', '4 to 5: last']
    const rule = 'enter an optional field before that byte, and leave it afterwards, even if nothing follows'
    const decoded = expectSpans(codec, '01 96 01 00 01', lines, rule)
    expect(decoded.ok, 'the bytes are those of a value').toBe(true)
  })
})
