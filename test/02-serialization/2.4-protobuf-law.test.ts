import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { protobuf } from '#serialization/protobuf'
import { faultOf } from '#serialization/validate'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { damaged, damages } from './damage.ts'
import { expectRead, fateOf } from './fate.ts'
import { inHex } from './hex.ts'
import { writtenIn } from './written.ts'

const cases = schemaWithValue({ protobuf: true })

describe('whatever the schema is, in the Protobuf format', () => {
  test('a value that was written is read again, part for part', () =>
    law(cases, 60, async ({ schema, value }, story) => {
      const message = writtenIn(protobuf, { schema, value }, story)
      expectRead(protobuf(schema).decode(message), value, 'it must come back as it was')
    }))

  test('bytes that are accepted are a value of the schema, which survives being written and read', () =>
    law(fc.tuple(cases, damages), 80, async ([{ schema, value }, damage], story) => {
      const input = damaged(writtenIn(protobuf, { schema, value }, story), damage)
      story.tell(`damaged, they are ${inHex(input) || 'no bytes'}`)
      const codec: Codec<unknown> = protobuf(schema)
      const fate = fateOf(codec, input)
      const decoded = codec.decode(input)
      if (!decoded.ok) return
      story.tell(`which are ${fate}`)
      expect(faultOf(schema, decoded.value), 'what a decoder returns must be what the schema describes').toBeUndefined()
      const again = codec.encode(decoded.value)
      story.tell(`and are written as ${inHex(again) || 'no bytes'}`)
      const rule = 'nothing may be lost on the way, and unknown fields least of all'
      expectRead(codec.decode(again), decoded.value, rule)
    }))
})
