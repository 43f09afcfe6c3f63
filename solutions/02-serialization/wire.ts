/**
 * The skeleton of a Protobuf message ("Encoding", Protocol Buffers documentation): before
 * each value a tag, with the number of the field and how to find the value's end.
 *
 *     tag = 8 * number + wire type
 *
 * So a reader that has never heard of a field can still step over it.
 */
import { Malformed } from '#serialization/decoded'
import { FIELD_NUMBER_MAX } from '#serialization/names'
import type { Reader } from '#serialization/reader'
import type { Schema } from '#serialization/schema'
import type { Writer } from '#serialization/writer'

/** The value ends with its first byte below 128. */
export const VARINT = 0
/** The value has eight bytes. */
export const EIGHT_BYTES = 1
/** The value has as many bytes as the varint before it says. */
export const LENGTH_PREFIXED = 2
/** The value has four bytes. No schema of this book has such a field; others may. */
export const FOUR_BYTES = 5

/** How the end of a value is found. Types 3 and 4, groups, which proto3 can't write, are refused. */
export type WireType = typeof VARINT | typeof EIGHT_BYTES | typeof LENGTH_PREFIXED | typeof FOUR_BYTES

/** What stands before each value. */
export interface Tag {
  readonly number: number
  readonly wireType: WireType
}

/** Writes a tag. */
export function writeTag(writer: Writer, number: number, wireType: WireType): void {
  writer.varint(8 * number + wireType)
}

/** Reads a tag. Throws `Malformed`, with its offset, for one that there isn't. */
export function readTag(reader: Reader): Tag {
  const start = reader.at
  const tag = reader.varint()
  const number = Math.floor(tag / 8)
  const wireType = tag % 8
  if (number < 1 || number > FIELD_NUMBER_MAX) {
    throw new Malformed(start, `a field number from 1 to ${FIELD_NUMBER_MAX}`, String(number))
  }
  if (isWireType(wireType)) return { number, wireType }
  throw new Malformed(start, 'the wire type 0, 1, 2 or 5', String(wireType))
}

function isWireType(wireType: number): wireType is WireType {
  return wireType === VARINT || wireType === EIGHT_BYTES || wireType === LENGTH_PREFIXED || wireType === FOUR_BYTES
}

/** The wire type of one value of the schema. */
export function wireTypeOf(schema: Schema): WireType {
  switch (schema.kind) {
    case 'f64':
      return EIGHT_BYTES
    case 'string':
    case 'bytes':
    case 'struct':
    case 'union':
    case 'list':
    case 'map':
      return LENGTH_PREFIXED
    default:
      return VARINT
  }
}

/** A wire type in words, for an error. */
export function wireTypeInWords(wireType: WireType): string {
  const words = {
    [VARINT]: 'a varint',
    [EIGHT_BYTES]: 'eight bytes',
    [LENGTH_PREFIXED]: 'a length and bytes',
    [FOUR_BYTES]: 'four bytes',
  }
  return words[wireType]
}
