/** The bytes of a value, for laws about formats. */
import fc from 'fast-check'
import type { Codec } from '#serialization/codec'
import type { Schema } from '#serialization/schema'
import type { Story } from '../law.ts'
import type { SchemaWithValue } from './any-schema.ts'
import { inHex } from './hex.ts'
import { schemaInWords } from './schema-in-words.ts'

/** What the format makes of the value. The story tells the schema, the value and the bytes. */
export function writtenIn(
  format: (schema: Schema) => Codec<unknown>,
  { schema, value }: SchemaWithValue,
  story: Story,
): Uint8Array {
  story.tell(`the schema is ${schemaInWords(schema)}`)
  const message = format(schema).encode(value)
  story.tell(`${fc.stringify(value)} is written as ${inHex(message) || 'no bytes'}`)
  return message
}
