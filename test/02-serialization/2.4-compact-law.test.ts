import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { damaged, damages } from './damage.ts'
import { expectRead, fateOf } from './fate.ts'
import { inHex } from './hex.ts'
import { withMapsReversed } from './maps-reversed.ts'
import { writtenIn } from './written.ts'

const cases = schemaWithValue({ compact: true })

describe('whatever the schema is, in the compact format', () => {
  test('a value that was written is read again, part for part', () =>
    law(cases, 60, async ({ schema, value }, story) => {
      const message = writtenIn(compact, { schema, value }, story)
      expectRead(compact(schema).decode(message), value, 'it must come back as it was')
    }))

  test('a value has the same bytes in whatever order its maps were filled', () =>
    law(cases, 60, async ({ schema, value }, story) => {
      const message = inHex(writtenIn(compact, { schema, value }, story))
      const again = inHex(writtenIn(compact, { schema, value: withMapsReversed(value) }, story))
      expect(again, 'equal values must have equal bytes: they are compared, hashed and signed').toBe(message)
    }))

  test('bytes that are accepted are the very ones that their value is written as', () =>
    law(fc.tuple(cases, damages), 80, async ([{ schema, value }, damage], story) => {
      const input = damaged(writtenIn(compact, { schema, value }, story), damage)
      story.tell(`damaged, they are ${inHex(input) || 'no bytes'}`)
      const codec: Codec<unknown> = compact(schema)
      const fate = fateOf(codec, input)
      const decoded = codec.decode(input)
      if (!decoded.ok) return
      story.tell(`which are ${fate}`)
      expect(inHex(codec.encode(decoded.value)), 'a second form of one value must be refused').toBe(inHex(input))
    }))
})
