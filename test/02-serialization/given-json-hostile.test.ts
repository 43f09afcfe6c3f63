import { describe, expect, test } from 'vitest'
import { json } from '#serialization/json'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { fateOf } from './fate.ts'

const Point = struct({ x: u32, y: u32 })
const Note = struct({ id: u32, text: optional(string) })
const Command = union('do', { get: struct({ key: string }), stop: struct({}) })

const Deep = union('kind', { put: struct({ y: struct({ z: bool }) }) })

type Row = readonly [what: string, schema: Schema, input: string | Uint8Array, fate: string]

const toBytes = (text: string) => new TextEncoder().encode(text)

function refusedRows(rule: string, rows: readonly Row[]): void {
  test.each(rows)('%s', (_what, schema, input, fate) => {
    const fateSeen = fateOf(json(schema), typeof input === 'string' ? toBytes(input) : input)
    expect(fateSeen, rule).toBe(fate)
  })
}

/** Text with some bytes of no text in it. */
function around(before: string, middle: readonly number[], after: string): Uint8Array {
  return Uint8Array.from([...toBytes(before), ...middle, ...toBytes(after)])
}

describe('text that is no JSON is refused where it stops being any', () => {
  refusedRows('RFC 8259 has the grammar', [
    ['nothing at all', Point, '', 'refused at 0'],
    ['a byte order mark', Point, '\u{feff}{"x":1,"y":2}', 'refused at 0'],
    ['a comma behind the last member', Point, '{"x":1,"y":2,}', 'refused at 13'],
    ['a comma behind the last item', list(u32), '[1,2,]', 'refused at 5, in [2]'],
    ['a name without quotes', Point, '{x:1}', 'refused at 1'],
    ['a name in other quotes', Point, "{'x':1}", 'refused at 1'],
    ['something behind the value', Point, '{"x":1,"y":2}}', 'refused at 13'],
    ['a second value', bool, 'true false', 'refused at 5'],
    ['a number that begins with 0', u32, '01', 'refused at 0'],
    ['a number that begins with +', f64, '+1', 'refused at 0'],
    ['a number that begins with a point', f64, '.5', 'refused at 0'],
    ['a number that ends with a point', f64, '1.', 'refused at 0'],
    ['a broken member of a case', Deep, '{"kind":"put","y":{"z":tru}}', 'refused at 23, in y.z'],
    ['a hexadecimal number', u32, '0x10', 'refused at 1'],
    ['NaN without quotes', f64, 'NaN', 'refused at 0'],
    ['a line end in a text', string, '"a\nb"', 'refused at 2'],
    ['an escape that there isn’t', string, '"a\\x41"', 'refused at 3'],
    ['an escape that is cut off', string, '"a\\u00"', 'refused at 3'],
    ['half of a surrogate pair as an escape', string, '"a\\ud800"', 'refused at 0'],
    ['halves of a pair in the wrong order', Note, '{"id":1,"text":"\\ude00\\ud83d"}', 'refused at 15, in text'],
    ['bytes that are no UTF-8', string, around('"ab', [0xff], '"'), 'refused at 3'],
    ['half of a surrogate pair as bytes', string, around('"ab', [0xed, 0xa0, 0x80], '"'), 'refused at 3'],
    ['a byte that is no UTF-8, between tokens', Point, around('{"x":1', [0xa0], ',"y":2}'), 'refused at 6'],
    ['the byte 0', Point, around('{"x":1', [0], ',"y":2}'), 'refused at 6'],
  ])
})

describe('a number that would come out as another is refused', () => {
  refusedRows('JSON.parse rounds, and says nothing', [
    ['2^53 as a u53', u53, '9007199254740992', 'refused at 0'],
    [
      '2^53 + 1, which rounds to 2^53',
      struct({ x: u32, y: u53 }),
      '{"x":1,"y":9007199254740993}',
      'refused at 11, in y',
    ],
    ['2^53 - 1 and a fraction, which is rounded off', u53, '9007199254740991.2', 'refused at 0'],
    ['2^32 as a u32', u32, '4294967296', 'refused at 0'],
    ['-1 as a u32', u32, '-1', 'refused at 0'],
    ['-0 as a u32', u32, '-0', 'refused at 0'],
    ['a fraction as a u32', u32, '1.5', 'refused at 0'],
    ['an exponent in a u32', u32, '1e3', 'refused at 0'],
    ['1e400, which becomes Infinity', f64, '1e400', 'refused at 0'],
    ['a number of a thousand digits', f64, '1'.repeat(1_000), 'refused at 0'],
    ['a u64 that is a number', u64, '5', 'refused at 0'],
    ['2^64 as a u64', u64, '"18446744073709551616"', 'refused at 0'],
    ['-1 as a u64', u64, '"-1"', 'refused at 0'],
    ['a u64 that begins with 0', u64, '"007"', 'refused at 0'],
    ['an i64 that is -0', i64, '"-0"', 'refused at 0'],
    ['2^63 as an i64', struct({ a: i64 }), '{ "a": "9223372036854775808"}', 'refused at 7, in a'],
  ])
})

describe('an object that says two things is refused', () => {
  refusedRows('two readers may believe two different ones', [
    ['a member that comes twice', Point, '{"x":1,"x":1,"y":2}', 'refused at 7'],
    ['a member that comes twice, once with an escape', Point, '{"x":1,"\\u0078":1}', 'refused at 7'],
    ['a key of a map', map(string, u32), '{"a":1,"b":2,"a":3}', 'refused at 13'],
    ['a member that nobody asked for', Point, '{"x":1,"z":1,"z":1,"y":2}', 'refused at 13'],
    ['a member within one that nobody asked for', Point, '{"z":{"a":1,"a":1}}', 'refused at 12'],
    ['a discriminator', Command, '{"do":"stop","do":"get"}', 'refused at 13'],
    ['a key that is __proto__', map(string, u32), '{"__proto__":1,"__proto__":2}', 'refused at 15'],
  ])
})

describe('a value that the schema does not describe is refused, with its path', () => {
  refusedRows('the schema says what may stand there', [
    ['null for a field that may be absent', Note, '{"id":1,"text":null}', 'refused at 15, in text'],
    ['null for a bool', bool, 'null', 'refused at 0'],
    ['null for a literal that is the text null', literal('null'), 'null', 'refused at 0'],
    ['true for a literal that is the text true', literal('true'), 'true', 'refused at 0'],
    ['another literal', literal('get', 'put'), '"delete"', 'refused at 0'],
    ['a number that is rounded to the literal', literal(1), '0.99999999999999999999', 'refused at 0'],
    ['a fraction that is rounded to the literal', literal(2 ** 53 - 1), '9007199254740991.4', 'refused at 0'],
    ['text for a number', Point, '{"x":"1"}', 'refused at 5, in x'],
    ['a number for text', Note, '{"id":1,"text":1}', 'refused at 15, in text'],
    ['a list for an object', Point, '[1,2]', 'refused at 0'],
    ['an object for a list', list(u32), '{"0":1}', 'refused at 0'],
    ['an item', list(Point), '[{"x":1,"y":2},{"x":1,"y":true}]', 'refused at 26, in [1].y'],
    ['a missing field, at the end of its object', Point, '{"x":1}', 'refused at 6'],
    ['a missing field of an item', list(Point), '[{"x":1,"y":2},{"y":1}]', 'refused at 21, in [1]'],
    ['a missing discriminator', Command, '{"key":"a"}', 'refused at 0, in do'],
    ['a case that there isn’t', Command, '{"key":"a","do":"pop"}', 'refused at 16, in do'],
    ['a missing field of a case', Command, '{"do":"get"}', 'refused at 11'],
    ['a key that is no bool', map(bool, u32), '{"yes":1}', 'refused at 1'],
    ['a key that is no number', map(u32, u32), '{"1":1,"1.0":2}', 'refused at 7'],
    ['a key that begins with 0', map(u32, u32), '{"01":1}', 'refused at 1'],
    ['the value of a key', map(string, u32), '{"a":1,"b":-1}', 'refused at 11, in ["b"]'],
  ])
})

describe('Base64 has one form', () => {
  refusedRows('a second text of the same bytes is refused', [
    ['without its padding', bytes, '"AQ"', 'refused at 0'],
    ['with too much of it', bytes, '"AQI=="', 'refused at 0'],
    ['of padding alone', bytes, '"===="', 'refused at 0'],
    ['with bits that stand for nothing', bytes, '"AR=="', 'refused at 0'],
    ['in the alphabet of addresses', bytes, '"_-8="', 'refused at 0'],
    ['with a space in it', bytes, '"AQ =="', 'refused at 0'],
    ['with padding in the middle', struct({ a: bytes }), '{"a":"AQ==AQ=="}', 'refused at 5, in a'],
  ])
})

describe('JSON that is nested too deep', () => {
  refusedRows('each level takes stack, and stack is short', [
    ['in what nobody asked for: 65 lists', Note, `{"a":${'['.repeat(65)}`, 'refused at 69'],
    ['in what nobody asked for: 65 objects', Note, `{"a":${'{"a":'.repeat(65)}`, `refused at ${5 + 64 * 5}`],
    ['a million levels in what nobody asked for', Note, `{"a":${'['.repeat(1_000_000)}`, 'refused at 69'],
    ['a million levels of what somebody asked for', list(list(u32)), '['.repeat(1_000_000), 'refused at 2, in [0][0]'],
  ])
})

describe('JSON that ends too early', () => {
  test('is refused, cut off after any of its bytes', () => {
    const text = '{"do": "get", "key": "é\\u00e9😀", "other": [true, -1.5e3, {"a": null}]}'
    const message = toBytes(text)
    for (let length = 0; length < message.length; length++) {
      const fate = fateOf(json(Command), message.subarray(0, length))
      expect(fate, `only ${length} of ${message.length} bytes are there`).toMatch(/^refused at \d+/)
    }
  })

  test('shows no more of the input in its error than somebody wants to read', () => {
    const long = 'x'.repeat(10_000)
    const inputs = [
      `"${long}\\ud800"`,
      `{"${long}":1,"${long}":2}`,
      `"${long}`,
      `{"id":"${long}"}`,
      `{"text":1${long}}`,
    ]
    for (const input of inputs) {
      const decoded = json(input.startsWith('"') ? string : Note).decode(toBytes(input))
      if (decoded.ok) return expect.fail(`${input.slice(0, 20)}… was accepted`)
      const { expected, found } = decoded.error
      expect(expected.length + found.length, `it found ${found.slice(0, 80)}…`).toBeLessThan(200)
    }
  })
})
