/** Values whose bytes were worked out by hand. */
import type { Codec } from '#serialization/codec'
import type { Decoded } from '#serialization/decoded'
import type { Infer, Schema } from '#serialization/schema'
import { fromHex, inHex } from './hex.ts'

export interface Example {
  readonly value: unknown
  /** `08 96 01`. */
  readonly bytes: string
  encoded(): string
  decoded(): Decoded<unknown>
}

/** A value, its bytes in hexadecimal, and what a format makes of the one and of the other. */
export type Exemplify = <S extends Schema>(name: string, schema: S, value: Infer<S>, bytes: string) => Row

/** A row of `test.each`, with its name in front. */
export type Row = readonly [name: string, example: Example]

export function examplesOf(format: <S extends Schema>(schema: S) => Codec<Infer<S>>): Exemplify {
  return (name, schema, value, bytes) => [
    name,
    {
      value,
      bytes,
      encoded: () => inHex(format(schema).encode(value)),
      decoded: () => format(schema).decode(fromHex(bytes)),
    },
  ]
}
