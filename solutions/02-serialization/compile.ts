/**
 * The compact format, compiled: the schema is looked at once, and turned into
 * the JavaScript that somebody would have written by hand for it. The bytes are
 * those of `compact`, in both directions.
 *
 * The code that is made knows one thing less: what is wrong. When it refuses a
 * value or some bytes, `compact` is asked, which finds the path and the words.
 */
import { assertLength, type Codec, MESSAGE_BYTES_MAX } from '#serialization/codec'
import { compact, readF64 } from '#serialization/compact'
import { Malformed } from '#serialization/decoded'
import { emitRead } from '#serialization/emit-read'
import { emitWrite } from '#serialization/emit-write'
import { compareKeys, isKey } from '#serialization/keys'
import { Messages } from '#serialization/messages'
import { nameFault } from '#serialization/names'
import { OwnCopy } from '#serialization/own-copy'
import { Reader } from '#serialization/reader'
import type { Infer, Schema } from '#serialization/schema'
import { Source } from '#serialization/source'
import { unzigzag, zigzag } from '#serialization/varint'
import type { Writer } from '#serialization/writer'

export interface CompileOptions {
  /**
   * Byte arrays in a decoded value are views of the input, which is not copied.
   * They change when the input is written to: only for input that nobody touches again.
   */
  readonly views?: boolean
}

/** What the code that is made may call, besides its reader or writer. */
const TOOLS = { compareKeys, compareEntries, readF64, zigzag, unzigzag } as const

/** Writes the value, or returns false when the schema doesn't describe it. */
type Write = (writer: Writer, value: unknown) => boolean

/** Reads a value, or returns undefined, or throws `Malformed`, when the bytes are not one. */
type Read = (reader: Reader) => unknown

/**
 * A codec of code made for this schema. Throws as `compact` does, and for a name
 * that is no identifier: names become part of the code. It makes that code from
 * text, which a page's Content Security Policy may forbid (`unsafe-eval`). A part
 * that stands in several places is code in each of them.
 *
 * Of a value that it writes, each field, each item of a list and each discriminator
 * is read once, and nothing is changed; a getter may encode with the same codec. A
 * value that it reads is new in all its parts. A count that the bytes left can't hold
 * is refused before an item is read.
 */
export function compile<S extends Schema>(schema: S, options: CompileOptions = {}): Codec<Infer<S>> {
  return { encode: compileEncoder(schema), decode: compileDecoder(schema, options) }
}

/** The `encode` of such a codec alone. */
export function compileEncoder<S extends Schema>(schema: S): Codec<Infer<S>>['encode'] {
  assertShape(schema)
  const patient = compact(schema)
  const write = made<Write>(writeSource(schema))
  const messages = new Messages()
  return (value) => {
    const message = messages.lend((writer) => (write(writer, value) ? assertLength(writer.finish()) : undefined))
    return message ?? patient.encode(value)
  }
}

/** The `decode` of such a codec alone. */
export function compileDecoder<S extends Schema>(
  schema: S,
  { views = false }: CompileOptions = {},
): Codec<Infer<S>>['decode'] {
  assertShape(schema)
  const patient = compact(schema)
  const read = made<Read>(readSource(schema))
  const copy = new OwnCopy(schema)
  return (bytes) => {
    const value = bytes.length > MESSAGE_BYTES_MAX ? undefined : readAll(read, views ? bytes : copy.of(bytes))
    if (value === undefined) return patient.decode(bytes)
    return { ok: true, value: value as Infer<S> } // the code reads what the schema describes
  }
}

/** The code that writes a value of the schema. It is made into a function in strict mode. */
export function writeSource(schema: Schema): string {
  const source = new Source()
  source.line('return function write(writer, value) {')
  emitWrite(source, schema, 'value')
  source.line('return true')
  source.line('}')
  return source.text
}

/** The code that reads one, in strict mode as well. */
export function readSource(schema: Schema): string {
  const source = new Source()
  source.line('return function read(reader) {')
  source.line(`return ${emitRead(source, schema)}`)
  source.line('}')
  return source.text
}

function made<F>(source: string): F {
  return new Function('tools', `'use strict'\n${source}`)(TOOLS) as F // the two functions above make what they say
}

/** The value if `read` finds one in all of the bytes. */
function readAll(read: Read, bytes: Uint8Array): unknown {
  const reader = new Reader(bytes)
  try {
    const value = read(reader)
    return reader.remaining === 0 ? value : undefined
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

function compareEntries([left]: readonly [unknown, unknown], [right]: readonly [unknown, unknown]): number {
  return compareKeys(left, right)
}

/**
 * Throws a `TypeError` for a name that is no identifier, and for a part of a kind
 * that can't stand where it does: it would get past the look at its names. Whoever
 * makes a schema with `struct`, `union` and `map` can't do either, but one that
 * came out of a file has never met them.
 */
function assertShape(schema: Schema): void {
  switch (schema.kind) {
    case 'list':
      return assertShape(schema.item)
    case 'map':
      assertKey(schema.key)
      return assertShape(schema.value)
    case 'struct':
      for (const field of schema.fields) {
        assertName(field.name)
        assertShape(field.schema)
      }
      return
    case 'union':
      assertName(schema.discriminator)
      for (const each of schema.cases) {
        assertName(each.name)
        assertStruct(each.schema)
        assertShape(each.schema)
      }
  }
}

function assertKey(key: { readonly kind: string }): void {
  if (!isKey(key)) throw new TypeError(`a map's key is a bool, a whole number or a string, not a ${key.kind}`)
}

function assertStruct({ kind }: { readonly kind: string }): void {
  if (kind !== 'struct') throw new TypeError(`a union's case is a struct, not a ${kind}`)
}

function assertName(name: string): void {
  const fault = nameFault(name)
  if (fault !== undefined) throw new TypeError(fault)
}
