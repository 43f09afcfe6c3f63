import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { expectedOf, expectReadAlone, expectWrittenAlone, messageOf, readingCode, writingCode } from './compiled.ts'
import { inHex } from './hex.ts'
import { spoiled } from './spoiled-part.ts'

const compactOnly = { compact: true }

test('whatever the schema and the value, the code writes the bytes of compact, and asks the schema nothing', () =>
  law(schemaWithValue(compactOnly), 150, async ({ schema, value }, story) => {
    const code = writingCode(schema)
    story.tell(code.shown)
    story.tell(`encode ${fc.stringify(value)}`)
    const encoded = code.encode(value)
    expect(encoded.outcome, 'the bytes in hex must be those of compact').toEqual(expectedOf(schema, value))
    expectWrittenAlone(encoded)
  }))

test('whatever the schema and the value, the code reads what compact reads, and asks the schema nothing', () =>
  law(schemaWithValue(compactOnly), 150, async ({ schema, value }, story) => {
    const code = readingCode(schema)
    const message = messageOf(schema, value)
    story.tell(code.shown)
    story.tell(`decode ${inHex(message)}, the bytes of ${fc.stringify(value)}`)
    const read = code.decode(message)
    expect(read.outcome, 'the value must be the one that compact reads').toStrictEqual(compact(schema).decode(message))
    expectReadAlone(read)
  }))

describe('whatever is wrong', () => {
  const somePlace = fc.nat(1_000)

  test('with a value, the code refuses what compact refuses, and with the same error', () => {
    const cases = fc.tuple(schemaWithValue(compactOnly), somePlace, somePlace)
    return law(cases, 150, async ([{ schema, value }, place, oddity], story) => {
      const code = writingCode(schema)
      const wrong = spoiled(value, place, oddity)
      story.tell(code.shown)
      story.tell(`encode ${fc.stringify(wrong)}`)
      expect(code.encode(wrong).outcome, 'the bytes in hex, or the error').toEqual(expectedOf(schema, wrong))
    })
  })

  test('with the bytes, the code refuses what compact refuses, and with the same error', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff))
    const cases = fc.tuple(schemaWithValue(compactOnly), somePlace, byte, fc.boolean())
    return law(cases, 150, async ([{ schema, value }, place, byte, isInserted], story) => {
      const code = readingCode(schema)
      const message = messageOf(schema, value)
      const at = place % (message.length + 1)
      const wrong = Uint8Array.of(...message.subarray(0, at), byte, ...message.subarray(isInserted ? at : at + 1))
      story.tell(code.shown)
      story.tell(`decode ${inHex(wrong)}, which would be ${inHex(message)} but for the byte at ${at}`)
      const expected = compact(schema).decode(wrong)
      const read = code.decode(wrong)
      expect(read.outcome, 'the value, or the error').toStrictEqual(expected)
      if (expected.ok) expectReadAlone(read)
    })
  })
})
