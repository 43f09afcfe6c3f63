/** Compiled code beside `compact`: what each of them makes of the same value or the same bytes. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { compact } from '#serialization/compact'
import { type CompileOptions, compileDecoder, compileEncoder, readSource, writeSource } from '#serialization/compile'
import type { Decoded } from '#serialization/decoded'
import type { Schema } from '#serialization/schema'
import { OutsideSchema } from '#serialization/validate'
import { hex, inHex } from './hex.ts'
import { schemaInWords } from './schema-in-words.ts'
import { watched } from './watched-schema.ts'

/** What became of a value: its bytes in hex, or the error, and how often the schema was asked meanwhile. */
export interface Encoded {
  readonly value: unknown
  readonly outcome: unknown
  readonly looks: number
}

export interface WritingCode {
  encode(value: unknown): Encoded
  /** For the message of a check: the schema, and the code that was made for it. */
  readonly shown: string
}

export interface Read {
  readonly bytes: Uint8Array
  readonly outcome: Decoded<unknown>
  readonly looks: number
}

export interface ReadingCode {
  decode(bytes: Uint8Array): Read
  readonly shown: string
}

/** The code that writes values of the schema. */
export function writingCode(given: Schema): WritingCode {
  const { schema, looks } = watched(given)
  const encode = madeOf(given, writeSource, () => compileEncoder(schema)) as (value: unknown) => Uint8Array // anything may be tried
  const shown = inWords(given, writeSource)
  return {
    encode(value) {
      const before = looks()
      const outcome = shownIfThrown('return false', shown, () => outcomeOf(() => encode(value)))
      return { value, outcome, looks: looks() - before }
    },
    shown,
  }
}

/** The code that reads values of the schema. */
export function readingCode(given: Schema, options: CompileOptions = {}): ReadingCode {
  const { schema, looks } = watched(given)
  const decode = madeOf(given, readSource, () => compileDecoder(schema, options))
  const shown = inWords(given, readSource)
  return {
    decode(bytes) {
      const before = looks()
      const outcome = shownIfThrown('return undefined, or let its reader throw Malformed', shown, () => decode(bytes))
      return { bytes, outcome, looks: looks() - before }
    },
    shown,
  }
}

/** Fails if `compact` had to help to write a value. The message shows the code, unless a story has told it. */
export function expectWrittenAlone({ value, looks }: Encoded, shown = ''): void {
  if (looks === 0) return
  const rule = `the code must write ${inShort(value)} by itself, but returned false, and compact was asked`
  expect(looks, `${rule}; ${shown}${asked(looks)}`).toBe(0)
}

/** The same for bytes that were read. */
export function expectReadAlone({ bytes, looks }: Read, shown = ''): void {
  if (looks === 0) return
  const rule = `the code must read ${hex(bytes)} by itself, but refused these bytes, and compact was asked`
  expect(looks, `${rule}; ${shown}${asked(looks)}`).toBe(0)
}

function asked(looks: number): string {
  return `the schema was asked ${looks === 1 ? 'once' : `${looks} times`}`
}

const SHOWN_LENGTH_MAX = 120

/** A value as a program would have it, or the beginning of that. */
export function inShort(value: unknown): string {
  const text = fc.stringify(value)
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text
}

/** What `compact` makes of a value. */
export function expectedOf(schema: Schema, value: unknown): unknown {
  const encode = compact(schema).encode as (value: unknown) => Uint8Array // anything may be tried
  return outcomeOf(() => encode(value))
}

/** The bytes of a value, by `compact`. */
export function messageOf(schema: Schema, value: unknown): Uint8Array {
  const encode = compact(schema).encode as (value: unknown) => Uint8Array // the caller has a value of the schema
  return encode(value)
}

function outcomeOf(encode: () => Uint8Array): unknown {
  try {
    return inHex(encode())
  } catch (error) {
    if (!(error instanceof OutsideSchema)) throw error
    const { path, expected, found } = error
    return { path, expected, found }
  }
}

/** What `compile` returns, or an error that shows the code when that is no JavaScript. */
function madeOf<T>(schema: Schema, source: (schema: Schema) => string, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Error(`what was made is no JavaScript, ${error.message}: ${inWords(schema, source)}`)
  }
}

/** What `run` returns, or an error that shows the code when that threw what nobody has to expect. */
function shownIfThrown<T>(instead: string, shown: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    const rule = `the code must ${instead}, and must not throw`
    throw new Error(`${String(error)}: ${rule}; ${shown}`, { cause: error })
  }
}

const LINES_MAX = 60

function inWords(schema: Schema, source: (schema: Schema) => string): string {
  const lines = source(schema).split('\n')
  const shown =
    lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX), `… and ${lines.length - LINES_MAX} more`] : lines
  return `for ${schemaInWords(schema)} this was made:\n${shown.join('\n')}\n`
}
