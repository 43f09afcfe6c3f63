import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { f64, i64, map, string, struct, u53, union } from '#serialization/schema'
import { law } from '../law.ts'
import { anySchema, anyValueOf } from './any-schema.ts'
import { withMapsReversed } from './maps-reversed.ts'
import { schemaInWords } from './schema-in-words.ts'

const cases = anySchema({ compact: true }).chain((schema) =>
  fc.record({ schema: fc.constant(schema), values: fc.array(anyValueOf(schema), { minLength: 2, maxLength: 6 }) }),
)

const hashOf = (codec: Codec<unknown>, value: unknown) => createHash('sha256').update(codec.encode(value)).digest('hex')

test('two values of a schema have the same hash if they are equal, and only then', () =>
  law(cases, 60, async ({ schema, values: drawn }, story) => {
    story.tell(`the schema is ${schemaInWords(schema)}`)
    const codec: Codec<unknown> = compact(schema)
    const values = [...drawn, ...drawn.map(withMapsReversed)]
    const hashes = values.map((value) => hashOf(codec, value))
    for (const [index, value] of values.entries()) {
      for (const [place, other] of values.entries()) {
        const isEqual = isDeepStrictEqual(value, other)
        const rule = `of ${fc.stringify(value)} and ${fc.stringify(other)}, which are ${isEqual ? 'equal' : 'not equal'}`
        expect(hashes[index] === hashes[place], rule).toBe(isEqual)
      }
    }
    expect(hashes, 'the compiled codec has the same').toEqual(values.map((value) => hashOf(compile(schema), value)))
  }))

test('the hash of a known value is that of bytes that were worked out by hand', () => {
  const Player = struct({
    id: u53,
    ratio: f64,
    name: string,
    scores: map(string, i64),
    last: union('do', { move: struct({ x: u53 }), stop: struct({}) }),
  })
  const scores = new Map([
    ['\u{1f600}', -1n],
    ['\u{fffd}', 2n ** 62n],
  ])
  const value = { id: 2 ** 53 - 1, ratio: -0, name: 'Zürich', scores, last: { do: 'stop' } }
  expect(hashOf(compact(Player), value), 'on every machine, and in every year').toBe(
    'd39bc447a34e8a965ded3edc822acf7d35617b9ef1a71ab4c530a60a5b4bb9a1',
  )
})
