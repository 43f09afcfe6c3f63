/**
 * The command that the figure of formats writes: its schema, how the reader
 * types its fields, and how they are shown when they have been read back.
 */
import { bytes, type Infer, list, literal, optional, string, struct, u32, u53 } from '#serialization/schema'

/** In the order of the schema, so that a field's place is also its Protobuf number, less one. */
export const FIELD_NAMES = ['operation', 'key', 'value', 'ttlMs', 'tags', 'session'] as const

export type FieldName = (typeof FIELD_NAMES)[number]

/** What stands in the fields of the form. */
export type Form = Readonly<Record<FieldName, string>>

export const OPERATIONS = ['get', 'put', 'delete'] as const

export const OPENING_FORM: Form = {
  operation: 'put',
  key: 'user:17',
  value: 'Ada',
  ttlMs: '60000',
  tags: 'new, eu',
  session: '7205759403',
}

/** Made when it is asked for: with the reader's own modules, it may throw. */
export function commandSchema() {
  return struct({
    operation: literal(...OPERATIONS),
    key: string,
    value: bytes,
    ttlMs: optional(u32),
    tags: list(string),
    session: u53,
  })
}

export type Command = Infer<ReturnType<typeof commandSchema>>

/** The value that was typed, which need not be one that the schema describes. */
export function typedValueOf(form: Form): Readonly<Record<FieldName, unknown>> {
  return {
    operation: form.operation,
    key: form.key,
    value: new TextEncoder().encode(form.value),
    ttlMs: numberOf(form.ttlMs),
    tags: form.tags.trim() === '' ? [] : form.tags.split(',').map((tag) => tag.trim()),
    session: numberOf(form.session),
  }
}

/** More than the figure has room for. */
export class TooLong {
  readonly path: FieldName
  readonly message: string

  constructor(path: FieldName, length: number) {
    this.path = path
    this.message = `${path} has ${length} characters, and this figure shows at most ${TEXT_LENGTH_MAX}`
  }
}

/** The longest text of a field whose bytes are shown. */
export const TEXT_LENGTH_MAX = 100

/** The first field of the form that is too long to be shown. */
export function tooLongOf(form: Form): TooLong | undefined {
  const field = FIELD_NAMES.find((name) => form[name].length > TEXT_LENGTH_MAX)
  return field === undefined ? undefined : new TooLong(field, form[field].length)
}

/** A number, also one like `2^53`; nothing for an empty text; any other text as it is, for the schema to refuse. */
function numberOf(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const [, base, exponent] = /^(\d+)\^(\d+)$/.exec(trimmed) ?? []
  const number = base === undefined ? Number(trimmed) : Number(base) ** Number(exponent)
  return Number.isNaN(number) ? trimmed : number
}

/** A field's value as text, on one line. */
export function textOf(value: unknown): string {
  if (value === undefined) return 'absent'
  return value instanceof Uint8Array ? textOfBytes(value) : JSON.stringify(value)
}

/** Bytes as the text that they are, or in hexadecimal if they are none. */
function textOfBytes(value: Uint8Array): string {
  try {
    return JSON.stringify(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value))
  } catch {
    return [...value].map(hexOf).join(' ')
  }
}

/** A byte as two digits. */
export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** Whether two values of a field are the same. A -0 is 0, as in the schema. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isSequence(one) || !isSequence(other)) return one === other
  return one.length === other.length && one.every((item, index) => item === other[index])
}

function isSequence(value: unknown): value is readonly unknown[] | Uint8Array {
  return Array.isArray(value) || value instanceof Uint8Array
}
