/** Values without parts, in the form that the compact format and Protobuf share. */
import { asBigint, asBoolean, asBytes, asNumber, asString } from '#serialization/checked'
import { Malformed } from '#serialization/decoded'
import type { Reader } from '#serialization/reader'
import type { Literal, Scalar, Schema } from '#serialization/schema'
import { unzigzag, zigzag } from '#serialization/varint'
import { oneOf } from '#serialization/words'
import type { Writer } from '#serialization/writer'

/** A schema without parts. */
export type Leaf = Scalar | Literal

/** Whether a schema has no parts. */
export function isLeaf(schema: Schema): schema is Leaf {
  return !['list', 'map', 'struct', 'union'].includes(schema.kind)
}

/** Writes a value that the schema describes. */
export function writeLeaf(writer: Writer, schema: Leaf, value: unknown): void {
  switch (schema.kind) {
    case 'bool':
      return writer.u8(asBoolean(value) ? 1 : 0)
    case 'u32':
    case 'u53':
      return writer.varint(asNumber(value))
    case 'u64':
      return writer.varint64(asBigint(value))
    case 'i64':
      return writer.varint64(zigzag(asBigint(value)))
    case 'f64':
      return writer.f64(asNumber(value))
    case 'string':
      return writer.string(asString(value))
    case 'bytes':
      return writer.prefixed(asBytes(value))
    case 'literal':
      return writer.varint((schema.values as readonly unknown[]).indexOf(value)) // `indexOf` wants to be asked about a literal only
  }
}

/** Reads a value, and refuses what the schema doesn't describe. A NaN may have any bits. */
export function readLeaf(reader: Reader, schema: Leaf): unknown {
  switch (schema.kind) {
    case 'bool':
      return readBool(reader)
    case 'u32':
      return readU32(reader)
    case 'u53':
      return reader.varint()
    case 'u64':
      return reader.varint64()
    case 'i64':
      return unzigzag(reader.varint64())
    case 'f64':
      return reader.f64()
    case 'string':
      return reader.string()
    case 'bytes':
      return reader.prefixed()
    case 'literal':
      return readLiteral(reader, schema)
  }
}

function readBool(reader: Reader): boolean {
  const start = reader.at
  const byte = reader.u8()
  if (byte > 1) throw new Malformed(start, 'a bool, 0 or 1', String(byte))
  return byte === 1
}

function readU32(reader: Reader): number {
  const start = reader.at
  const value = reader.varint()
  if (value > 0xffffffff) throw new Malformed(start, 'a whole number up to 2^32 - 1', String(value))
  return value
}

function readLiteral(reader: Reader, { values }: Literal): unknown {
  const start = reader.at
  const index = reader.varint()
  if (index < values.length) return values[index]
  throw new Malformed(start, `0 to ${values.length - 1}, for ${oneOf(values)}`, String(index))
}
