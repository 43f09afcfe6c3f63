/** Which bytes a decoder took for which part, in lines to compare. */
import { expect } from 'vitest'
import type { SpanningCodec } from '#serialization/codec'
import type { Decoded } from '#serialization/decoded'
import { fromHex } from './hex.ts'

/**
 * Expects that `onSpan` is told of these parts, in lines such as `0 to 2: id`. The
 * message names the first line that differs. Returns what the decoder made of the bytes.
 */
export function expectSpans(
  codec: SpanningCodec<unknown>,
  input: string,
  lines: readonly string[],
  rule: string,
): Decoded<unknown> {
  const told: string[] = []
  const decoded = codec.decode(fromHex(input), ({ path, from, to }) => {
    told.push(`${from} to ${to}: ${path}`)
  })
  const length = Math.max(lines.length, told.length)
  const at = Array.from({ length }, (_, index) => index).find((index) => told[index] !== lines[index]) ?? 0
  const differs = `part ${at + 1} should be ${lineAt(lines, at)}, and was ${lineAt(told, at)}`
  expect(told, `${rule}; ${differs}`).toEqual(lines)
  return decoded
}

function lineAt(lines: readonly string[], index: number): string {
  const line = lines[index]
  return line === undefined ? 'none' : `“${line}”`
}
