import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import {
  bool,
  bytes,
  f64,
  type Infer,
  i64,
  list,
  literal,
  map,
  optional,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { fateOf, fatesIn } from './fate.ts'

const Entry = struct({ key: string, value: bytes })
const Log = struct({ term: u32, entries: list(Entry) })
const Command = union('do', { get: struct({ key: string }), stop: struct({}) })
const Note = struct({ id: u32, text: optional(string) })

const refusedRows = fatesIn(compact)

describe('a number of items or entries that the rest of the input can’t hold is refused at its offset', () => {
  refusedRows('compare the number with what is left before you do anything with it', [
    ['4 items of a byte or more, in 3 bytes', list(u32), '04 01 02 03', 'refused at 0'],
    ['four billion items in an input of 5 bytes', list(u32), 'ff ff ff ff 0f', 'refused at 0'],
    ['2^53 - 1 items', list(string), 'ff ff ff ff ff ff ff 0f 00', 'refused at 0'],
    ['2 items of eight bytes, in 15', list(f64), `02 ${'00 '.repeat(15)}`, 'refused at 0'],
    ['2 structs of two bytes or more, in 3', list(Entry), '02 00 00 00', 'refused at 0'],
    ['a count in a part, with the path', Log, '05 03 00 00', 'refused at 1, in entries'],
    ['a count in an item of a list', list(list(bool)), '02 00 7f', 'refused at 2, in [1]'],
    ['2 entries of two bytes or more, in 3', map(string, u32), '02 00 01 00', 'refused at 0'],
    ['four billion entries', map(u32, struct({})), 'ff ff ff ff 0f 00', 'refused at 0'],
    ['a count that is itself cut off', list(u32), '80', 'refused at 0'],
    ['a count that is padded with zeros', list(u32), '80 00', 'refused at 0'],
  ])

  test('and one that it can hold is not', () => {
    expect(fateOf(compact(list(u32)), '03 01 02 03'), 'three items in three bytes').toBe('accepted [1,2,3]')
    const two = compact(list(f64)).decode(Uint8Array.of(2, ...new Uint8Array(16)))
    expect(two, 'two items of eight bytes, in 16').toEqual({ ok: true, value: [0, 0] })
    const entries = compact(map(u32, struct({}))).decode(Uint8Array.of(2, 1, 2))
    expect(entries, 'a key takes a byte, and an empty struct none').toMatchObject({ ok: true })
  })

  test('for an item takes what its parts take, whatever other items of its kind do', () => {
    const rule = 'ask lengthMin for this very schema: two structs are of one kind, and need not be of one length'
    expect(fateOf(compact(list(Entry)), '01 00 00'), rule).toMatch(/^accepted/)
    const narrow = compact(list(struct({ a: u32, b: struct({}) })))
    expect(fateOf(narrow, '01 05'), `${rule}; an empty struct takes no byte`).toBe('accepted [{"a":5,"b":{}}]')
  })
})

describe('a length that lies is refused at its offset', () => {
  refusedRows('a reader compares each length with what is left', [
    ['of a text', struct({ a: string }), '05 61 62', 'refused at 0, in a'],
    ['of a text in an item, with the path', Log, '05 02 01 61 00 02 62', 'refused at 5, in entries[1].key'],
    ['of bytes', Entry, '01 61 ff ff ff ff 0f 00', 'refused at 2, in value'],
    ['of a key, with the path of its map', struct({ a: map(string, u32) }), '01 05 61', 'refused at 1, in a'],
    ['of a text in a map, with the key', map(u32, string), '02 05 00 06 03', 'refused at 4, in [6]'],
  ])
})

describe('a map has one form', () => {
  refusedRows('two forms of one map would be two messages with one meaning', [
    ['a key that comes twice is refused', map(string, u32), '02 01 61 01 01 61 02', 'refused at 4'],
    [
      'a key that comes before the one in front of it is refused',
      map(string, u32),
      '02 01 62 01 01 61 02',
      'refused at 4',
    ],
    ['so is a number', map(u32, u32), '02 0a 00 09 00', 'refused at 3'],
    ['so is a number below 0 after one above', map(i64, u32), '02 02 00 01 00', 'refused at 3'],
    ['so is false after true', map(bool, u32), '02 01 05 00 06', 'refused at 3'],
    ['so is false twice', map(bool, u32), '02 00 05 00 06', 'refused at 3'],
    ['so is 0 twice', map(u64, u32), '02 00 05 00 06', 'refused at 3'],
    ['so is a u53', map(u53, bool), '02 0a 00 09 00', 'refused at 3'],
    ['so is U+FFFD after U+1F600', map(string, u32), '02 04 f0 9f 98 80 01 03 ef bf bd 02', 'refused at 7'],
    ['so is one of a later pair', map(u32, u32), '03 01 00 03 00 02 00', 'refused at 5'],
    ['before the value behind it is read', map(string, u32), '02 01 62 01 01 61 80', 'refused at 4'],
    [
      'in a part, with the path of the map',
      struct({ a: u32, b: map(u32, u32) }),
      '07 02 01 00 01 00',
      'refused at 4, in b',
    ],
  ])
})

describe('a byte that says what it can’t say is refused at its offset', () => {
  refusedRows('whatever is not in the table at the top of the file is an error', [
    ['a bool of 2', struct({ a: bool }), '02', 'refused at 0, in a'],
    ['a bool in an item', list(bool), '03 01 00 02', 'refused at 3, in [2]'],
    [
      'a bool in a map, with its key',
      map(u64, bool),
      '01 ff ff ff ff ff ff ff ff ff 01 02',
      'refused at 11, in [18446744073709551615]',
    ],
    ['a presence of 2', Note, '05 02', 'refused at 1, in text'],
    ['a presence of 255', Note, '05 ff 00', 'refused at 1, in text'],
    ['a literal’s place beyond its values', list(literal('get', 'put')), '02 01 02', 'refused at 2, in [1]'],
    ['a case that a union has not', struct({ a: Command }), '02', 'refused at 0, in a.do'],
    ['a case far beyond', list(Command), '02 01 ff ff ff ff 0f', 'refused at 2, in [1].do'],
    ['a u32 of 2^32', Note, '80 80 80 80 10 00', 'refused at 0, in id'],
    ['a u53 of 2^53', list(u53), '01 80 80 80 80 80 80 80 10', 'refused at 1, in [0]'],
    ['a padded varint', Note, '85 00 00', 'refused at 0, in id'],
    ['text that is no UTF-8', Entry, '03 61 ff 62 00', 'refused at 2, in key'],
    ['a NaN of other bits', struct({ a: f64 }), '01 00 00 00 00 00 f8 7f', 'refused at 0, in a'],
    ['a NaN with a sign', list(f64), '01 00 00 00 00 00 00 f8 ff', 'refused at 1, in [0]'],
  ])
})

describe('an input that ends too early or too late is refused', () => {
  const Everything = struct({
    flag: bool,
    ratio: f64,
    id: u64,
    note: optional(string),
    log: Log,
    scores: map(string, i64),
    last: Command,
  })
  const value: Infer<typeof Everything> = {
    flag: true,
    ratio: 0.5,
    id: 2n ** 40n,
    note: 'é',
    log: { term: 300, entries: [{ key: 'a', value: Uint8Array.of(1, 2) }] },
    scores: new Map([['a', -1n]]),
    last: { do: 'get', key: 'b' },
  }

  test('cut off after any of its bytes, it is an error and never a value', () => {
    const codec = compact(Everything)
    const message = codec.encode(value)
    for (let length = 0; length < message.length; length++) {
      const fate = fateOf(codec, message.subarray(0, length))
      expect(fate, `only ${length} of ${message.length} bytes are there`).toMatch(/^refused at \d+/)
    }
  })

  test('the path names the first part that is not there', () => {
    const codec = compact(Note)
    expect(fateOf(codec, ''), 'not even the first field').toBe('refused at 0, in id')
    expect(fateOf(codec, '05'), 'nothing says whether there is a text').toBe('refused at 1, in text')
    expect(fateOf(compact(Log), '05 01 00'), 'an item of one byte, where two are the least').toBe(
      'refused at 1, in entries',
    )
    expect(fateOf(compact(Entry), '01 61'), 'a key, and no value').toBe('refused at 2, in value')
  })

  refusedRows('bytes behind the value were meant to say something: find out what', [
    ['one byte too many behind a list', list(bool), '01 01 00', 'refused at 2'],
    ['a second message behind the first', Note, '05 00 06 00', 'refused at 2'],
    ['a byte behind a struct without fields', struct({}), '00', 'refused at 0'],
  ])
})
