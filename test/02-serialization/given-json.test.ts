import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { json } from '#serialization/json'
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
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { damaged, damages } from './damage.ts'
import { fateOf } from './fate.ts'
import { schemaInWords } from './schema-in-words.ts'

const Point = struct({ x: u32, y: u32 })
const Command = union('do', { get: struct({ key: string }), stop: struct({}) })
const Note = struct({ id: u32, text: optional(string) })

const toBytes = (text: string) => new TextEncoder().encode(text)
const toText = (message: Uint8Array) => new TextDecoder().decode(message)

/** A value, its JSON, and what the codec makes of the one and of the other. */
function row<S extends Schema>(name: string, schema: S, value: Infer<S>, text: string) {
  const codec = json(schema)
  return [name, text, value, () => toText(codec.encode(value)), () => codec.decode(toBytes(text))] as const
}

describe('a value and its JSON', () => {
  test.each([
    row('a bool', bool, true, 'true'),
    row('a u32', u32, 150, '150'),
    row('the greatest u53', u53, 2 ** 53 - 1, '9007199254740991'),
    row('the greatest u64, as text', u64, 2n ** 64n - 1n, '"18446744073709551615"'),
    row('the least i64, as text', i64, -(2n ** 63n), '"-9223372036854775808"'),
    row('an f64', f64, 0.1, '0.1'),
    row('a great f64', f64, 1e21, '1e+21'),
    row('the f64 -0', f64, -0, '-0'),
    row('the f64 NaN, as text', f64, Number.NaN, '"NaN"'),
    row('the f64 -Infinity, as text', f64, -Infinity, '"-Infinity"'),
    row('text', string, 'é😀', '"é😀"'),
    row('text with escapes', string, '"\\\n\u0001', '"\\"\\\\\\n\\u0001"'),
    row('text that begins with U+FEFF', string, '\u{feff}a', '"\u{feff}a"'),
    row('bytes, in Base64', bytes, Uint8Array.of(1, 2, 255, 0), '"AQL/AA=="'),
    row('a literal that is text', literal('get', 'put'), 'put', '"put"'),
    row('a literal that is a number', literal(1, -5), -5, '-5'),
    row('a literal that is text, and reads like a word', literal('true', 'null'), 'null', '"null"'),
    row('a list', list(u32), [3, 270], '[3,270]'),
    row('a list without items', list(string), [], '[]'),
    row('a struct', Point, { x: 1, y: 2 }, '{"x":1,"y":2}'),
    row('a field that may be absent, and is', Note, { id: 1 }, '{"id":1}'),
    row('a field that may be absent, and isn’t', Note, { id: 1, text: '' }, '{"id":1,"text":""}'),
    row('a union', Command, { do: 'get', key: 'a' }, '{"do":"get","key":"a"}'),
    row('a map', map(string, u32), new Map([['b', 1]]), '{"b":1}'),
    row('a map whose key is __proto__', map(string, u32), new Map([['__proto__', 1]]), '{"__proto__":1}'),
    row('a map whose keys are bigints', map(i64, Point), new Map([[-1n, { x: 1, y: 2 }]]), '{"-1":{"x":1,"y":2}}'),
    row('a map whose keys are bools', map(bool, u32), new Map([[true, 1]]), '{"true":1}'),
  ])('%s', (_name, text, value, encoded, decoded) => {
    expect(encoded(), 'the table at the top of json.ts says how it is written').toBe(text)
    expect(decoded(), 'the same text must be read as the same value').toEqual({ ok: true, value })
  })
})

describe('JSON from others is read', () => {
  test.each([
    ['with white space', Point, ' {\t"x" : 1 ,\r\n"y":2 } ', { x: 1, y: 2 }],
    ['with members in any order', Point, '{"y":2,"x":1}', { x: 1, y: 2 }],
    ['with the discriminator last', Command, '{"key":"a","do":"get"}', { do: 'get', key: 'a' }],
    ['with members that nobody asked for', Note, '{"a":[1,{"b":null}],"id":1,"c":"]}"}', { id: 1 }],
    ['with a member __proto__ that nobody asked for', Note, '{"__proto__":{"text":"x"},"id":1}', { id: 1 }],
    [
      'with 64 values within one another that nobody asked for',
      Note,
      `{"a":${'['.repeat(64)}${']'.repeat(64)},"id":1}`,
      { id: 1 },
    ],
    ['with escapes', string, '"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t"', 'é😀/\b\f\n\r\t'],
    ['with an exponent', f64, '-1.5E+2', -150],
  ])('%s', (_what, schema, text, value) => {
    expect(json(schema).decode(toBytes(text)), `the text is ${text}`).toEqual({ ok: true, value })
  })

  test('and an object keeps the prototype that all objects have', () => {
    const decoded = json(Note).decode(toBytes('{"__proto__":{"text":"x"},"id":1}'))
    expect(decoded.ok && 'text' in decoded.value, 'a member of another’s making became a prototype').toBe(false)
  })
})

describe('a codec of the JSON format', () => {
  test('refuses to write what the schema does not describe, with the path', () => {
    const line: Codec<unknown> = json(struct({ from: Point }))
    const outside = expect.objectContaining({ path: 'from.y' })
    expect(() => line.encode({ from: { x: 1, y: 0.5 } }), 'a u32 has no fraction').toThrow(outside)
  })

  test('reads a value that stays the same when the input is written to again', () => {
    const received = toBytes('{"id":1,"text":"a text of more than forty-eight characters, and é"}')
    const decoded = json(Note).decode(received)
    received.fill(0x20)
    const value = { id: 1, text: 'a text of more than forty-eight characters, and é' }
    expect(decoded, 'the next packet was received into the same buffer').toEqual({ ok: true, value })
  })

  test('says which bytes it took for what', () => {
    const spans: string[] = []
    const text = '{"id": 5, "parts":["AQ=="]}'
    json(struct({ id: u32, parts: list(bytes) })).decode(toBytes(text), ({ path, from, to }) => {
      spans.push(`${path}: ${text.slice(from, to)}`)
    })
    expect(spans, 'a member begins with its name').toEqual([
      'id: "id": 5',
      'parts[0]: "AQ=="',
      'parts: "parts":["AQ=="]',
    ])
  })
})

describe('whatever the schema is, in the JSON format', () => {
  test('a value that was written is read again, part for part, and JSON.parse takes it too', () =>
    law(schemaWithValue(), 80, async ({ schema, value }, story) => {
      const codec: Codec<unknown> = json(schema)
      const text = codec.encode(value)
      story.tell(`the schema is ${schemaInWords(schema)}, and the text ${toText(text)}`)
      JSON.parse(toText(text))
      expect(codec.decode(text), 'it must come back as it was').toEqual({ ok: true, value })
    }))

  test('what is accepted is JSON to JSON.parse as well, and survives being written and read', () =>
    law(fc.tuple(schemaWithValue(), damages), 120, async ([{ schema, value }, damage], story) => {
      const codec: Codec<unknown> = json(schema)
      const input = damaged(codec.encode(value), damage)
      story.tell(`the schema is ${schemaInWords(schema)}, and the text ${toText(input)}`)
      const fate = fateOf(codec, input)
      const decoded = codec.decode(input)
      if (!decoded.ok) return
      story.tell(`which is ${fate}`)
      JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input))
      expect(codec.decode(codec.encode(decoded.value)), 'the value must be one of the schema').toEqual(decoded)
    }))
})
