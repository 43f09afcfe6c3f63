import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { bool, bytes, f64, i64, literal, type Schema, string, u32, u53, u64 } from '#serialization/schema'
import { examplesOf, type Row } from './example.ts'
import { fateOf } from './fate.ts'

const example = examplesOf(compact)

const leaves: readonly Row[] = [
  example('a bool', bool, true, '01'),
  example('a u32 of one byte', u32, 0, '00'),
  example('a u32 of two bytes', u32, 150, '96 01'),
  example('the greatest u32', u32, 2 ** 32 - 1, 'ff ff ff ff 0f'),
  example('the greatest u53', u53, 2 ** 53 - 1, 'ff ff ff ff ff ff ff 0f'),
  example('the greatest u64', u64, 2n ** 64n - 1n, 'ff ff ff ff ff ff ff ff ff 01'),
  example('the i64 -1', i64, -1n, '01'),
  example('the f64 -0', f64, -0, '00 00 00 00 00 00 00 80'),
  example('the f64 NaN', f64, Number.NaN, '00 00 00 00 00 00 f8 7f'),
  example('text, whose length counts bytes', string, 'é😀', '06 c3 a9 f0 9f 98 80'),
  example('text that begins with U+FEFF', string, '\u{feff}a', '04 ef bb bf 61'),
  example('bytes', bytes, Uint8Array.of(1, 2, 255), '03 01 02 ff'),
  example('a literal: its place', literal('get', 'put', 'delete'), 'delete', '02'),
]

describe('a value without parts, in the form that the compact format and Protobuf share', () => {
  test.each(leaves)('%s', (_name, { value, bytes: form, encoded, decoded }) => {
    expect(encoded(), 'the table at the top of compact.ts says how it is written').toBe(form)
    expect(decoded(), 'the same bytes must be read as the same value').toEqual({ ok: true, value })
  })
})

describe('a value without parts is refused', () => {
  test.each<readonly [string, Schema, string, string]>([
    ['a bool of 2', bool, '02', 'refused at 0'],
    ['a bool that is not there', bool, '', 'refused at 0'],
    ['a u32 of 2^32', u32, '80 80 80 80 10', 'refused at 0'],
    ['a u53 of 2^53', u53, '80 80 80 80 80 80 80 10', 'refused at 0'],
    ['a u64 of 2^64', u64, '80 80 80 80 80 80 80 80 80 02', 'refused at 0'],
    ['an i64 that is padded with zeros', i64, '81 00', 'refused at 0'],
    ['an f64 of seven bytes', f64, '00 00 00 00 00 00 f0', 'refused at 0'],
    ['a NaN of other bits', f64, '01 00 00 00 00 00 f8 7f', 'refused at 0'],
    ['a literal’s place beyond its values', literal('get', 'put'), '02', 'refused at 0'],
    ['a text that is longer than what is left', string, '05 61 62', 'refused at 0'],
    ['bytes that are more than what is left', bytes, '03 61 62', 'refused at 0'],
    ['anything with one byte too many behind it', bool, '01 00', 'refused at 1'],
  ])('%s', (_what, schema, input, fate) => {
    expect(fateOf(compact(schema), input), `the input is ${input || 'empty'}`).toBe(fate)
  })
})
