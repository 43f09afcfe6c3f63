/** What became of bytes that were decoded, in a line to compare: where they were refused, or what they were taken for. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { type Decoded, explain, Malformed } from '#serialization/decoded'
import type { Schema } from '#serialization/schema'
import { fromHex, inHex } from './hex.ts'
import { isOfTheEngine } from './input.ts'

/**
 * `refused at 3, in entries[1].key`, or `accepted {"term":7}`. Fails when the
 * decoder throws, or when its error doesn't say what it expected and found.
 */
export function fateOf(codec: Codec<unknown>, input: Uint8Array | string): string {
  const bytes = typeof input === 'string' ? fromHex(input) : input
  const decoded = decodedBy(codec, bytes)
  if (decoded.ok) return `accepted ${fc.stringify(decoded.value)}`
  const { path, offset, expected, found } = decoded.error
  expect([expected, found], `the error must say what was expected, and what was found, at ${offset}`).not.toContain('')
  expect(offset, 'an offset is a place in the input, or its end').toBeLessThanOrEqual(bytes.length)
  return path === '' ? `refused at ${offset}` : `refused at ${offset}, in ${path}`
}

/** Expects the fate of `input`. The message is the rule, and where to look if the bytes are refused, but with another place. */
export function expectFate(codec: Codec<unknown>, input: string, fate: string, rule: string): void {
  const actual = fateOf(codec, input)
  expect(actual, `${rule}${wrongPlace(actual, fate)}; the input is ${input || 'empty'}`).toBe(fate)
}

/** A row of a table: what is shown, and the fate of an input in hexadecimal digits. */
type FateRow = readonly [what: string, schema: Schema, input: string, fate: string]

/** Makes a check of each row of a table, for the decoders of one format. `rule` is the message. */
export function fatesIn(format: (schema: Schema) => Codec<unknown>): (rule: string, rows: readonly FateRow[]) => void {
  return (rule, rows) => {
    test.each(rows)('%s', (_what, schema, input, fate) => expectFate(format(schema), input, fate, rule))
  }
}

/** Expects that bytes were read as `value`. The message shows both, where they differ. */
export function expectRead(decoded: Decoded<unknown>, value: unknown, rule: string): void {
  if (!decoded.ok) return expect.fail(`${rule}, and was refused: ${explain(decoded.error)}`)
  const both = `written: ${fc.stringify(value)}, read: ${fc.stringify(decoded.value)}`
  expect(decoded.value, `${rule}; ${both}`).toEqual(value)
}

function wrongPlace(actual: string, fate: string): string {
  if (actual === fate || !actual.startsWith('refused at ')) return ''
  const [offset, path = ''] = actual.split(', in ')
  const [expectedOffset, expectedPath = ''] = fate.split(', in ')
  if (offset !== expectedOffset)
    return '; refused, but at another offset: note where you are before you read, and refuse before you read on'
  if (path !== expectedPath) return '; refused, but with the wrong path: enter a part first, and leave it afterwards'
  return ''
}

function decodedBy(codec: Codec<unknown>, bytes: Uint8Array): Decoded<unknown> {
  try {
    return codec.decode(bytes)
  } catch (error) {
    if (!(error instanceof Malformed) && !isOfTheEngine(error)) throw error
    return expect.fail(
      `decode threw instead of returning an error, at the input ${inHex(bytes.subarray(0, 40))}: ${error}`,
    )
  }
}
