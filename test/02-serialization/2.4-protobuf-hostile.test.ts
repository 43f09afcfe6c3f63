import { describe, expect, test } from 'vitest'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
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

const Point = struct({ x: u32, y: u32 })
const Text = struct({ text: string })
const Line = struct({ from: Point, label: optional(string) })
const Sizes = struct({ sizes: list(u32) })
const Names = struct({ names: list(string) })
const Scores = struct({ scores: map(string, u32) })
const Command = union('do', { get: struct({ key: string }), stop: struct({}) })
const Last = struct({ last: Command })

const refusedRows = fatesIn(protobuf)

describe('a tag that there isn’t is refused at its offset', () => {
  refusedRows('readTag knows which tags there are', [
    ['the field number 0', Point, '00 01', 'refused at 0'],
    ['the field number 0 of a text', Point, '08 01 02 00', 'refused at 2'],
    ['the start of a group, of a field it knows', Point, '0b 0c', 'refused at 0'],
    ['the start of a group, of a field it doesn’t', Point, '9b 06 9c 06', 'refused at 0'],
    ['the wire type 6', Point, '0e', 'refused at 0'],
    ['the wire type 7', Point, '0f', 'refused at 0'],
    ['a field number of 2^29', Point, '80 80 80 80 10 01', 'refused at 0'],
    ['a tag that is cut off', Point, '08 01 90', 'refused at 2'],
    ['a tag that is padded with zeros', Point, '88 00 01', 'refused at 0'],
  ])
})

describe('a second value for a field that may come once is refused at its tag', () => {
  refusedRows('which of the two counts is a question that two readers may answer differently', [
    ['another number', Point, '08 01 08 02', 'refused at 2, in x'],
    ['the same number', Point, '08 01 10 01 08 01', 'refused at 4, in x'],
    ['a default after another value', Point, '08 01 08 00', 'refused at 2, in x'],
    ['another value after a default', Point, '08 00 08 01', 'refused at 2, in x'],
    ['before that value is read', Point, '08 01 08 80', 'refused at 2, in x'],
    ['a text', Text, '0a 00 0a 01 61', 'refused at 2, in text'],
    ['a struct', Line, '0a 02 08 01 0a 02 10 02', 'refused at 4, in from'],
    ['a field that may be absent', Line, '12 01 61 12 01 61', 'refused at 3, in label'],
    ['a field of a struct in a struct', Line, '0a 04 08 01 08 02', 'refused at 4, in from.x'],
    ['the same case of a union', Command, '12 00 12 00', 'refused at 2'],
    ['another case of a union', Command, '0a 00 12 00', 'refused at 2'],
  ])

  test('and so is a second entry for a key', () => {
    const twice = '0a 05 0a 01 61 10 01 0a 05 0a 01 61 10 02'
    expect(fateOf(protobuf(Scores), twice), 'at the tag of the entry').toBe('refused at 7, in scores')
  })
})

describe('a wire type that is not the schema’s is refused at its tag', () => {
  refusedRows('another version of the schema has another kind of field there', [
    ['a text for a number', Point, '0a 01 61', 'refused at 0, in x'],
    ['a text for a number, before its length is read', Point, '0a 05 61', 'refused at 0, in x'],
    ['four bytes for a number', Point, '08 01 15 01 00 00 00', 'refused at 2, in y'],
    ['a number for a text', Text, '08 05', 'refused at 0, in text'],
    ['a varint for an f64', struct({ a: f64 }), '08 05', 'refused at 0, in a'],
    ['four bytes for an f64', struct({ a: f64 }), '0d 00 00 00 00', 'refused at 0, in a'],
    ['a number for a struct', Line, '08 05', 'refused at 0, in from'],
    ['four bytes for an item of a list of numbers', Sizes, '0d 01 00 00 00', 'refused at 0, in sizes'],
    ['a number for an item of a list of texts', Names, '0a 01 61 08 05', 'refused at 3, in names'],
    ['a number for an entry of a map', Scores, '08 05', 'refused at 0, in scores'],
    ['a number for a case of a union', Last, '0a 02 08 05', 'refused at 2, in last'],
  ])
})

describe('a length that lies is refused at its offset', () => {
  refusedRows('a reader compares each length with what is left', [
    ['of a text', Text, '0a 05 61', 'refused at 1, in text'],
    ['of a struct', Line, '0a 05 08 01', 'refused at 1, in from'],
    ['of four billion packed numbers', Sizes, '0a ff ff ff ff 0f', 'refused at 1, in sizes'],
    ['of an entry of a map', Scores, '0a 09 0a 01 61', 'refused at 1, in scores'],
    ['of a case of a union', Last, '0a 05 0a 09 0a 01 61', 'refused at 3, in last'],
    ['of an unknown field', Point, '9a 06 05 61', 'refused at 2'],
    [
      'of a text within a struct, that ends before the text does',
      struct({ a: Text, b: string }),
      '0a 03 0a 05 61 12 02 62 62',
      'refused at 3, in a.text',
    ],
  ])
})

describe('what lies behind a part is out of its reach', () => {
  refusedRows('a part ends where its length says, and not where the message does', [
    ['a number that goes on behind its struct', Line, '0a 02 08 80 12 00', 'refused at 3, in from.x'],
    ['a number that goes on behind its packed list', Sizes, '0a 02 01 80 08 01', 'refused at 3, in sizes[1]'],
    [
      'a double that goes on behind its packed list',
      struct({ a: list(f64) }),
      '0a 04 00 00 00 00 10 00 10 00',
      'refused at 2, in a[0]',
    ],
    ['an unknown field that goes on behind its struct', Line, '0a 03 9d 06 01 12 01 61', 'refused at 4, in from'],
  ])
})

describe('a value that the schema does not describe is refused at its offset', () => {
  refusedRows('other readers cut such values off until they fit', [
    ['a bool of 2', struct({ a: bool }), '08 02', 'refused at 1, in a'],
    ['a u32 of 2^32', Point, '08 80 80 80 80 10', 'refused at 1, in x'],
    ['a u53 of 2^53', struct({ a: u53 }), '08 80 80 80 80 80 80 80 10', 'refused at 1, in a'],
    ['a u64 of 2^64', struct({ a: u64 }), '08 80 80 80 80 80 80 80 80 80 02', 'refused at 1, in a'],
    ['an i64 that is padded with zeros', struct({ a: i64 }), '08 81 00', 'refused at 1, in a'],
    ['a literal’s place beyond its values', struct({ a: literal('x', 'y') }), '08 02', 'refused at 1, in a'],
    ['a text that is no UTF-8', Text, '0a 02 61 ff', 'refused at 3, in text'],
    ['a number among packed ones', Sizes, '0a 06 01 80 80 80 80 10', 'refused at 3, in sizes[1]'],
    ['a text among several', Names, '0a 01 61 0a 01 ff', 'refused at 5, in names[1]'],
    ['a number of a struct in a list', struct({ a: list(Point) }), '0a 00 0a 02 08 80', 'refused at 5, in a[1].x'],
  ])
})

describe('a message without a union that it must have is refused where it ends', () => {
  refusedRows('a union has no default', [
    ['a union without a case', Last, '0a 00', 'refused at 2, in last'],
    ['a union with an unknown case', Last, '0a 02 1a 00', 'refused at 4, in last'],
    ['a struct without its union', struct({ id: u32, last: Command }), '08 05', 'refused at 2, in last'],
    ['a struct without a struct that contains one', struct({ a: struct({ last: Command }) }), '', 'refused at 0, in a'],
    ['an item of a list', struct({ a: list(Command) }), '0a 02 12 00 0a 00', 'refused at 6, in a[1]'],
  ])
})

describe('an input that ends too early is no exception', () => {
  test('cut off after any of its bytes, it is a value or an error', () => {
    const Everything = struct({ a: f64, b: Line, c: list(u32), d: map(u32, bytes), e: Command, f: list(Text) })
    const codec = protobuf(Everything)
    const message = codec.encode({
      a: 0.5,
      b: { from: { x: 300, y: 1 }, label: 'é' },
      c: [1, 70_000],
      d: new Map([[7, Uint8Array.of(1, 2)]]),
      e: { do: 'get', key: 'b' },
      f: [{ text: 'a' }, { text: '' }],
    })
    for (let length = 0; length < message.length; length++) {
      const fate = fateOf(codec, message.subarray(0, length))
      const rule = `only ${length} of ${message.length} bytes are there: whole fields, or an error`
      expect(fate, rule).toMatch(/^(?:refused at \d+|accepted)/)
    }
  })
})
