/** Inputs whose cost in memory is measured, each with the decoder that it is given to. */
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import type { Schema } from '#serialization/schema'
import { Writer } from '#serialization/writer'

export interface Example {
  readonly name: string
  readonly decoder: string
  readonly bytes: Uint8Array
  /** Decodes the bytes. What it returns is kept alive while memory is measured. */
  decode(bytes: Uint8Array): unknown
}

export function of(name: string, decoder: string, codec: Codec<unknown>, input: Uint8Array): Example {
  return { name, decoder, bytes: input, decode: (given) => codec.decode(given) }
}

export function two<S extends Schema>(name: string, schema: S, input: Uint8Array): readonly Example[] {
  return [of(name, 'compact', compact(schema), input), of(name, 'compile', compile(schema), input)]
}

export function three<S extends Schema>(name: string, schema: S, input: Uint8Array): readonly Example[] {
  return [...two(name, schema, input), of(name, 'compile, views', compile(schema, { views: true }), input)]
}

export function endingIn(byte: number, input: Uint8Array): Uint8Array {
  input[input.length - 1] = byte
  return input
}

export function varint(value: number): Uint8Array {
  const writer = new Writer()
  writer.varint(value)
  return writer.finish()
}

export function text(ascii: string): Uint8Array {
  return new TextEncoder().encode(ascii)
}
