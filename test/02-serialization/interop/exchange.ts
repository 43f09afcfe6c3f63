/** That another implementation of Protocol Buffers and ours understand one another, whatever is said. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { type DecodeError, explain } from '#serialization/decoded'
import { protobuf } from '#serialization/protobuf'
import { asMessage, type Message } from '#serialization/protobuf-form'
import { f64, numbered, struct, u64 } from '#serialization/schema'
import { law, type Story } from '../../law.ts'
import { schemaWithValue } from '../any-schema.ts'
import { damaged, damages } from '../damage.ts'
import { inHex } from '../hex.ts'
import { schemaInWords } from '../schema-in-words.ts'
import { definitionOf, protoFileOf } from './definition.ts'
import type { Other } from './other.ts'
import { strictnessOf } from './strictness.ts'
import { inOrderOfObjects } from './translate.ts'

/** A message and a value of it, whose maps are in the order in which a program writes them that keeps them in objects. */
const cases = schemaWithValue({ protobuf: true }).map(({ schema, value }) => ({
  schema: asMessage(schema),
  value: inOrderOfObjects(value),
}))

export function exchangesWith(name: string, through: (schema: Message) => Other): void {
  describe(`whatever the schema is, with ${name}`, () => {
    test('our bytes are its bytes, and each reads what the other wrote', () =>
      law(cases, 60, async ({ schema, value }, story) => {
        const [ours, theirs] = [protobuf(schema) as Codec<unknown>, through(schema)] // the schema is known at run time only
        tellOf(schema, value, story)
        const message = ours.encode(value)
        const theirMessage = theirs.encode(value)
        story.tell(`we write ${inHex(message)}`)
        story.tell(`${name} writes ${inHex(theirMessage)}`)
        expect(inHex(theirMessage), 'the same value must have the same bytes').toBe(inHex(message))
        expect(ours.decode(theirMessage), 'we must read what it wrote').toEqual({ ok: true, value })
        expect(theirs.decode(message), 'it must read what we wrote').toEqual(value)
      }))

    test('what either does not know survives a pass through the other', () =>
      law(fc.tuple(cases, unknownFields), 60, async ([{ schema, value }, unknown], story) => {
        const [ours, theirs] = [protobuf(schema) as Codec<unknown>, through(schema)] // the schema is known at run time only
        tellOf(schema, value, story)
        const known = ours.encode(value)
        const input = Uint8Array.from([...unknown, ...known])
        const expected = inHex(Uint8Array.from([...known, ...unknown]))
        story.tell(`with unknown fields the message is ${inHex(input)}`)
        const decoded = ours.decode(input)
        if (!decoded.ok) return expect.fail(`we refuse it: ${explain(decoded.error)}`)
        expect(inHex(ours.encode(decoded.value)), 'we must keep what we do not know').toBe(expected)
        expect(inHex(theirs.passOn(input)), `and ${name} must`).toBe(expected)
      }))

    test('what we accept it takes for the same value, and what we refuse alone falls under a strictness with a name', () =>
      law(fc.tuple(cases, damages), 150, async ([{ schema, value }, damage], story) => {
        const [ours, theirs] = [protobuf(schema) as Codec<unknown>, through(schema)] // the schema is known at run time only
        tellOf(schema, value, story)
        const input = damaged(ours.encode(value), damage)
        story.tell(`damaged, the message is ${inHex(input) || 'empty'}`)
        const decoded = ours.decode(input)
        const theirValue = attempt(() => theirs.decode(input))
        story.tell(decoded.ok ? `we read ${fc.stringify(decoded.value)}` : `we refuse it: ${explain(decoded.error)}`)
        story.tell(
          theirValue === refused ? 'it is refused by the other' : `the other reads ${fc.stringify(theirValue)}`,
        )
        if (decoded.ok) expect(theirValue, 'it must be the same value').toEqual(inOrderOfObjects(decoded.value))
        else if (theirValue !== refused) expectStrictness(decoded.error)
      }))
  })
}

/** Fields of every wire type, with numbers that no schema here has. */
const unknownFields: fc.Arbitrary<Uint8Array> = schemaWithValue({ protobuf: true }).map(({ schema, value }) => {
  const Newer = struct({ part: numbered(3_000, schema), count: numbered(3_001, u64), ratio: numbered(3_002, f64) })
  const codec: Codec<unknown> = protobuf(Newer)
  const fourBytes = [0xdd, 0xbb, 0x01, 1, 2, 3, 4] // field 3003
  return Uint8Array.from([...codec.encode({ part: value, count: 300n, ratio: 0.5 }), ...fourBytes])
})

const refused = Symbol('refused')

function attempt(decode: () => unknown): unknown {
  try {
    return decode()
  } catch {
    return refused // by an exception, of whatever kind
  }
}

function expectStrictness(error: DecodeError): void {
  const rule = `none of the strictnesses of protobuf.ts is this one: ${explain(error)}`
  expect(strictnessOf(error), rule).toBeDefined()
}

function tellOf(schema: Message, value: unknown, story: Story): void {
  story.tell(`the schema is ${schemaInWords(schema)}`)
  story.tell(`to others it is ${protoFileOf(definitionOf(schema)).replaceAll('\n', ' ')}`)
  story.tell(`the value is ${fc.stringify(value)}`)
}
