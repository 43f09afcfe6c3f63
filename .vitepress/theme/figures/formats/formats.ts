/** The three formats, as the book's own modules write and read them. */
import type { SpanningCodec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import type { DecodeError } from '#serialization/decoded'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { UNKNOWN_FIELDS } from '#serialization/unknown-fields'
import { OutsideSchema } from '#serialization/validate'
import { type Command, commandSchema, FIELD_NAMES, type FieldName, type Form, isSame, typedValueOf } from './command.ts'

export const FORMATS = [
  { name: 'json', label: 'JSON' },
  { name: 'compact', label: 'Compact' },
  { name: 'protobuf', label: 'Protobuf' },
] as const

export type FormatName = (typeof FORMATS)[number]['name']

export type ByFormat<T> = Readonly<Record<FormatName, T>>

/** The same done for each format. */
export function byFormat<T>(make: (format: FormatName) => T): ByFormat<T> {
  return { json: make('json'), compact: make('compact'), protobuf: make('protobuf') }
}

/** What a format is called in a sentence. */
export function labelOf(format: FormatName): string {
  return FORMATS.find(({ name }) => name === format)?.label ?? format
}

function codecOf(format: FormatName): SpanningCodec<Command> {
  const makes = { json, compact, protobuf }
  return makes[format](commandSchema())
}

/** A value and its bytes. */
export interface Written {
  readonly value: Command
  readonly bytes: ByFormat<Uint8Array>
}

/** Writes what was typed in all three formats, or returns why none of them does. */
export function write(form: Form): Written | OutsideSchema {
  const value = typedValueOf(form) as Command // if it isn't one, `encode` throws
  try {
    return { value, bytes: byFormat((format) => codecOf(format).encode(value)) }
  } catch (error) {
    if (error instanceof OutsideSchema) return error
    throw error
  }
}

/** What decoding makes of some bytes. */
export interface Reading {
  /** For each byte the innermost part that it was read as: `tags[1]`, or `''` for punctuation and for what wasn't read. */
  readonly parts: readonly string[]
  readonly result:
    | { readonly is: 'refused'; readonly error: DecodeError }
    | {
        readonly is: 'accepted'
        readonly value: Command
        /** The fields that are not as they were written. */
        readonly changed: readonly FieldName[]
        /** How many bytes were kept as fields that the schema doesn't have. */
        readonly unknownLength: number
      }
}

/** Reads bytes, and compares the value with the one that was written. */
export function read(format: FormatName, bytes: Uint8Array, written: Command): Reading {
  const parts = new Array<string>(bytes.length).fill('')
  const decoded = codecOf(format).decode(bytes, ({ path, from, to }) => {
    // inner parts come first, and keep their bytes
    for (let at = from; at < to; at++) if (parts[at] === '') parts[at] = path
  })
  if (!decoded.ok) return { parts, result: { is: 'refused', error: decoded.error } }
  const { value } = decoded
  const changed = FIELD_NAMES.filter((name) => !isSame(value[name], written[name]))
  const kept: unknown = Reflect.get(value, UNKNOWN_FIELDS)
  const unknownLength = kept instanceof Uint8Array ? kept.length : 0
  return { parts, result: { is: 'accepted', value, changed, unknownLength } }
}

/** The field that a part belongs to: `tags` for `tags[1]`. */
export function fieldOf(part: string): FieldName | undefined {
  return FIELD_NAMES.find((name) => part === name || part.startsWith(`${name}[`))
}
