/**
 * Gives an input to the decoders of its format, and holds what they return
 * against the rules. Each rule is a promise of the chapter's modules.
 */
import type { Codec, SpanningCodec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { type Decoded, type DecodeError, explain } from '#serialization/decoded'
import { json } from '#serialization/json'
import type { Span } from '#serialization/place'
import { protobuf } from '#serialization/protobuf'
import { asMessage } from '#serialization/protobuf-form'
import { encodeRecord, type LogContents, readRecords } from '#serialization/record'
import type { Schema } from '#serialization/schema'
import { faultOf } from '#serialization/validate'
import { joined } from '../../02-serialization/log-file.ts'
import type { Verdict } from './damaged-log.ts'
import { isPart } from './part.ts'
import { type PeerName, Peers } from './peers.ts'
import { isSame, isSameBytes, isWhatParsed } from './same.ts'

/** A rule that a decoder broke. */
export class Broken extends Error {
  override readonly name = 'Broken'
  readonly decoder: string

  constructor(decoder: string, rule: string) {
    super(rule)
    this.decoder = decoder
  }
}

/** Told what each decoder did. `expected` is that of its error; without one it accepted. `again` does the same once more. */
export type Observe = (decoder: string, expected: string | undefined, ms: number, again: () => void) => void

/** Told what a result was held against from elsewhere, and how the two compared. */
export type Compare = (what: string, outcome: string) => void

/** What is under test. One of them may be replaced, to see whether the fuzzer notices a broken one. */
export interface Codecs {
  readonly json: SpanningCodec<unknown>
  readonly compact: SpanningCodec<unknown>
  /** Nothing if the schema has no Protobuf form. */
  readonly protobuf: SpanningCodec<unknown> | undefined
  readonly compiled: Codec<unknown>
  readonly views: Codec<unknown>
  readonly readRecords: (file: Uint8Array) => LogContents
}

export function codecsOf(schema: Schema, isMessage: boolean): Codecs {
  return {
    json: json(schema),
    compact: compact(schema),
    protobuf: isMessage ? protobuf(schema) : undefined,
    compiled: compile(schema),
    views: compile(schema, { views: true }),
    readRecords: (file) => readRecords(file),
  }
}

/** What errors find that need nothing at the offset: something is missing at the end of a part, or too deep. */
const MISSING = /^(?:the end|none of them|one more|\d+ before the end)/

/** Field 536,870,910, which no schema here has, with four bytes. */
const UNKNOWN_FIELD = Uint8Array.of(0xf5, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3, 4)

/** How many bytes around the input belong to somebody else. */
const MARGIN = 16

export class Judge {
  readonly #schema: Schema
  readonly #codecs: Codecs
  readonly #peers: Peers | undefined
  readonly #observe: Observe
  readonly #compare: Compare
  #memory = new Uint8Array(1_024)

  constructor(schema: Schema, codecs: Codecs, observe: Observe, compare: Compare) {
    this.#schema = schema
    this.#codecs = codecs
    this.#peers = codecs.protobuf && new Peers(asMessage(schema))
    this.#observe = observe
    this.#compare = compare
  }

  /** Throws `Broken` when `json` breaks a rule; so the others. `withSpans` asks for spans as well. */
  json(bytes: Uint8Array, withSpans: boolean): void {
    const { json } = this.#codecs
    const input = this.#placed(bytes)
    const result = this.#decode('json', json, input, bytes, withSpans)
    input.fill(0x2e)
    if (!result.ok) return
    const parsed = orBroken('json', 'JSON.parse refuses it', () => JSON.parse(new TextDecoder().decode(bytes)))
    const isRead = isWhatParsed(this.#schema, result.value, parsed)
    if (!isRead) throw new Broken('json', 'JSON.parse reads another value')
    this.#comesBack('json', json, result.value)
  }

  /** Asks a peer about the same bytes. */
  protobuf(bytes: Uint8Array, withSpans: boolean, peer: PeerName): void {
    const { protobuf } = this.#codecs
    if (protobuf === undefined || this.#peers === undefined) return
    const input = this.#placed(bytes)
    const result = this.#decode('protobuf', protobuf, input, bytes, withSpans)
    input.fill(0x2e)
    if (result.ok) this.#comesBack('protobuf', protobuf, result.value)
    if (result.ok && withSpans) this.#keepsUnknown(protobuf, result.value, bytes)
    const opinion = this.#peers.opinion(peer, bytes, result)
    if (opinion.kind === 'broken') throw new Broken('protobuf', opinion.rule)
    this.#compare(`protobuf and ${peer}`, opinion.kind)
    if (opinion.kind === 'refused by us alone') this.#compare('refused by protobuf alone', opinion.strictness)
  }

  /** A field that it doesn't know, behind all others, is written behind all others. */
  #keepsUnknown(protobuf: Codec<unknown>, value: unknown, bytes: Uint8Array): void {
    const again = orBroken('protobuf', 'it threw', () => protobuf.decode(joined(bytes, UNKNOWN_FIELD)))
    if (!again.ok) throw new Broken('protobuf', `it refuses a field that it doesn’t know: ${explain(again.error)}`)
    const isKept = isSameBytes(protobuf.encode(again.value), joined(protobuf.encode(value), UNKNOWN_FIELD))
    if (!isKept) throw new Broken('protobuf', 'a field that it doesn’t know is lost, or changes others')
  }

  /** `compact`, and both kinds of compiled code, which must agree with it. */
  compact(bytes: Uint8Array, withSpans: boolean): void {
    const { compact, compiled, views } = this.#codecs
    const input = this.#placed(bytes)
    const patient = this.#decode('compact', compact, input, bytes, withSpans)
    const quick = this.#decode('compile', compiled, input, bytes, false)
    const viewing = this.#decode('compile, views', views, input, bytes, false)
    const isViewed = isSame(viewing, patient) // now: its bytes are about to change
    input.fill(0x2e)
    if (patient.ok) this.#hasOneForm('compact', compact, patient.value, bytes)
    if (!isViewed) throw disagreement('compile, views', viewing, patient)
    if (!isSame(quick, patient)) throw disagreement('compile', quick, patient)
    if (patient.ok) this.#hasOneForm('compile', compiled, patient.value, bytes)
  }

  /** With a `verdict` it is known what must be read. */
  records(bytes: Uint8Array, verdict: Verdict | undefined): void {
    const { readRecords } = this.#codecs
    const input = this.#placed(bytes)
    const start = performance.now()
    const { records, end } = orBroken('readRecords', 'it threw', () => readRecords(input))
    const ms = performance.now() - start
    this.#observe('readRecords', end.kind === 'clean' ? undefined : end.kind, ms, () => readRecords(bytes))
    let offset = 0
    for (const record of records) {
      const whole = encodeRecord(record.payload)
      const isThere = record.offset === offset && isSameBytes(whole, bytes.subarray(offset, offset + whole.length))
      if (!isThere) throw new Broken('readRecords', `the record at ${record.offset} is not what was written there`)
      offset += whole.length
    }
    if (end.offset !== offset) throw new Broken('readRecords', `records end at ${offset}, not at ${end.offset}`)
    const isAtEnd = offset === bytes.length
    if ((end.kind === 'clean') !== isAtEnd) throw new Broken('readRecords', `${end.kind} at ${offset}`)
    if (verdict !== undefined) this.#expectVerdict(verdict, { records, end })
  }

  #expectVerdict({ damage, records: count, kind, offset }: Verdict, { records, end }: LogContents): void {
    const [expected, seen] = [
      `${count} records, ${kind} at ${offset}`,
      `${records.length} records, ${end.kind} at ${end.offset}`,
    ]
    if (seen !== expected)
      throw new Broken('readRecords', `the log was ${damage}, so it must be ${expected}, and not ${seen}`)
    this.#compare('readRecords and what befell the log', `${damage}: ${kind}`)
  }

  #decode(name: string, codec: SpanningCodec<unknown>, input: Uint8Array, original: Uint8Array, withSpans: boolean) {
    const start = performance.now()
    const result = orBroken(name, 'it threw', () => codec.decode(input))
    const ms = performance.now() - start
    this.#observe(name, result.ok ? undefined : result.error.expected, ms, () => codec.decode(original))
    if (!isSameBytes(input, original)) throw new Broken(name, 'it wrote to its input')
    if (result.ok) {
      const fault = faultOf(this.#schema, result.value)
      if (fault !== undefined) throw new Broken(name, `the value is outside the schema: ${JSON.stringify(fault)}`)
    } else {
      const { path, offset, expected, found } = result.error
      const isInside = Number.isInteger(offset) && offset >= 0 && offset <= input.length
      if (!isInside) throw new Broken(name, `the offset ${offset} of ${input.length} bytes`)
      if (!isPart(this.#schema, path)) throw new Broken(name, `the path ${path} is none of the schema`)
      if (expected === '' || found === '') throw new Broken(name, 'the error says nothing')
    }
    if (withSpans) this.#expectSpans(name, codec, input, result)
    if (withSpans && !result.ok) this.#expectBeginning(name, codec, input, result.error)
    return result
  }

  /** What is wrong begins at the offset: before it, there is nothing of it. */
  #expectBeginning(name: string, codec: Codec<unknown>, input: Uint8Array, error: DecodeError): void {
    const { offset, expected, found } = error
    if (offset === input.length) return
    const again = orBroken(name, 'it threw', () => codec.decode(input.slice(0, offset)))
    if (again.ok) return
    const isThere = again.error.offset === offset && again.error.expected === expected && again.error.found === found
    if (isThere && !MISSING.test(found)) throw new Broken(name, `it points behind what is wrong: ${explain(error)}`)
    if (expected === 'the end') throw new Broken(name, `it points behind something else: ${explain(again.error)}`)
  }

  /** Asking for spans changes nothing, and each of them lies in the input. */
  #expectSpans(name: string, codec: SpanningCodec<unknown>, input: Uint8Array, result: Decoded<unknown>): void {
    const spans: Span[] = []
    const again = codec.decode(input, (span) => spans.push(span))
    if (!isSame(again, result)) throw disagreement(`${name} with spans`, again, result)
    const astray = spans.find(({ from, to }) => !(0 <= from && from <= to && to <= input.length))
    if (astray !== undefined) throw new Broken(name, `the span ${JSON.stringify(astray)} of ${input.length} bytes`)
    if (!result.ok) {
      const { path, offset } = result.error
      const past = spans.find(({ from, to, path: read }) => from <= offset && offset < to && !read.startsWith(path))
      if (past !== undefined)
        throw new Broken(name, `it points into ${past.path}, which was fine: ${explain(result.error)}`)
    }
    const wrong = spans.find(({ path }) => !isPart(this.#schema, path))
    if (wrong !== undefined) throw new Broken(name, `the span of ${wrong.path}, which is no part of the schema`)
  }

  #hasOneForm(name: string, codec: Codec<unknown>, value: unknown, bytes: Uint8Array): void {
    const again = orBroken(name, 'the accepted value can’t be encoded', () => codec.encode(value))
    if (!isSameBytes(again, bytes)) throw new Broken(name, `the value’s one form is another: ${hexOf(again)}`)
  }

  #comesBack(name: string, codec: Codec<unknown>, value: unknown): void {
    const bytes = orBroken(name, 'the accepted value can’t be encoded', () => codec.encode(value))
    const again = orBroken(name, 'it threw for its own bytes', () => codec.decode(bytes))
    if (!again.ok) throw new Broken(name, `it refuses its own bytes ${hexOf(bytes)}: ${explain(again.error)}`)
    if (!isSame(again.value, value)) throw new Broken(name, `encoded again, it is another value: ${hexOf(bytes)}`)
  }

  /** The input in the middle of a larger buffer, at an odd place, where others' bytes lie before and behind it. */
  #placed(bytes: Uint8Array): Uint8Array {
    const needed = bytes.length + 2 * MARGIN
    if (needed > this.#memory.length) this.#memory = new Uint8Array(2 * needed)
    const at = 1 + (bytes.length % (MARGIN - 1))
    this.#memory.fill(0x01, 0, needed)
    const input = this.#memory.subarray(at, at + bytes.length)
    input.set(bytes)
    return input
  }
}

function disagreement(name: string, result: Decoded<unknown>, other: Decoded<unknown>): Broken {
  return new Broken(name, `without it, the outcome is ${shown(other)}; with it, ${shown(result)}`)
}

function shown(result: Decoded<unknown>): string {
  return result.ok ? 'a value' : explain(result.error)
}

function orBroken<T>(decoder: string, rule: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new Broken(decoder, `${rule}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
