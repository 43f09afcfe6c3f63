import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compact } from '#serialization/compact'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { expectedOf, hex, messageOf, type Read, readingCode, writingCode } from './compiled.ts'
import { spoiled } from './spoiled-part.ts'

const compactOnly = { compact: true }

test('whatever the schema and the value, the code writes the bytes of compact, and asks the schema nothing', () =>
  law(schemaWithValue(compactOnly), 150, async ({ schema, value }, story) => {
    const code = writingCode(schema)
    story.tell(code.shown)
    story.tell(`encode ${fc.stringify(value)}`)
    const { outcome, looks } = code.encode(value)
    expect(outcome, 'the bytes in hex must be those of compact').toEqual(expectedOf(schema, value))
    const rule = 'the code must write the value by itself, but returned false, and compact was asked'
    expect(looks, `${rule}: the schema was asked ${looks} times`).toBe(0)
  }))

test('whatever the schema and the value, the code reads what compact reads, and asks the schema nothing', () =>
  law(schemaWithValue(compactOnly), 150, async ({ schema, value }, story) => {
    const code = readingCode(schema)
    const message = messageOf(schema, value)
    story.tell(code.shown)
    story.tell(`decode ${hex(message)}, the bytes of ${fc.stringify(value)}`)
    const read = code.decode(message)
    expect(read.outcome, 'the value must be the one that compact reads').toStrictEqual(compact(schema).decode(message))
    expectAlone(read)
  }))

/** The code of a broken law stands in its story, and so not in the message. */
function expectAlone({ looks }: Read): void {
  const rule = 'the code must read these bytes by itself, but refused them, and compact was asked'
  expect(looks, `${rule}: the schema was asked ${looks} times`).toBe(0)
}

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
      story.tell(`decode ${hex(wrong)}, which would be ${hex(message)} but for the byte at ${at}`)
      const expected = compact(schema).decode(wrong)
      const read = code.decode(wrong)
      expect(read.outcome, 'the value, or the error').toStrictEqual(expected)
      if (expected.ok) expectAlone(read)
    })
  })
})
