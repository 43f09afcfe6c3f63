/** Inputs that want more memory than they are worth: some lie, and some are honest values of a costly kind. */
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { readRecords } from '#serialization/record'
import {
  bool,
  bytes,
  f64,
  list,
  literal,
  map,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u64,
  union,
} from '#serialization/schema'
import { Writer } from '#serialization/writer'

export interface Example {
  readonly name: string
  readonly decoder: string
  readonly bytes: Uint8Array
  /** Decodes the bytes. What it returns is kept alive while memory is measured. */
  decode(bytes: Uint8Array): unknown
}

/** The length of a large input: a megabyte. */
export const LARGE = 2 ** 20

const FOUR_BILLION = [0xff, 0xff, 0xff, 0xff, 0x0f]

/** Inputs that are refused. What they claim must not be believed. */
export function lies(): readonly Example[] {
  const payments = list(struct({ id: string, sums: list(u32) }))
  const rows = struct({ rows: list(struct({ raw: bytes })), names: list(string) })
  return [
    ...three('5 bytes that claim 4,294,967,295 bools', list(bool), Uint8Array.from(FOUR_BILLION)),
    ...three('5 bytes that claim 4,294,967,295 bytes', bytes, Uint8Array.from(FOUR_BILLION)),
    ...three('5 bytes that claim a text of 4,294,967,295', string, Uint8Array.from(FOUR_BILLION)),
    ...three('5 bytes that claim 4,294,967,295 entries', map(u32, u32), Uint8Array.from(FOUR_BILLION)),
    ...three('lists of lists, all of which claim 4 billion', payments, Uint8Array.from([1, 0, ...FOUR_BILLION])),
    ...three('1 MB, of which the first number claims 1 byte more', bytes, filled(0x41, [...varint(LARGE - 2)])),
    ...three(
      '1 MB of text, of which the last byte is no UTF-8',
      string,
      endingIn(0xff, filled(0x41, [...varint(LARGE - 3)])),
    ),
    ...three('1 MB of a varint that never ends', list(u64), filled(0x80)),
    of('1 MB of a number that claims fields', 'protobuf', protobuf(rows), filled(0xff)),
    of('7 bytes that claim 4 GB of fields', 'protobuf', protobuf(rows), Uint8Array.from([0x0a, ...FOUR_BILLION, 0])),
    of(
      '1 MB within a part that claims 1 byte more',
      'protobuf',
      protobuf(rows),
      filled(0, [0x0a, ...varint(LARGE - 3)]),
    ),
    of('1 MB of opening brackets', 'json', json(list(list(list(u32)))), filled(0x5b)),
    of('1 MB of opening brackets, in a member unknown', 'json', json(rows), filled(0x5b, text('{"other":'))),
    of('1 MB of a text without its end', 'json', json(string), filled(0x41, text('"'))),
    of('1 MB of digits', 'json', json(f64), filled(0x37)),
    of('1 MB of a name that comes twice', 'json', json(map(string, bool)), twice()),
    of(
      '1 MB of a name that is no key',
      'json',
      json(map(u32, bool)),
      endingIn(0x22, filled(1, text('{"')).fill(0x41, 2)),
    ),
    of('1 MB of Base64 that is none', 'json', json(bytes), endingIn(0x22, filled(0x2a, text('"')))),
    ...three('1 MB of two keys in the wrong order', map(string, bool), wrongOrder()),
    { name: '1 MB of zeros', decoder: 'readRecords', bytes: filled(0), decode: readRecords },
    { name: '1 MB of 255s', decoder: 'readRecords', bytes: filled(0xff), decode: readRecords },
  ]
}

/** Inputs that are accepted, and cost many times their length: there is nothing to refuse. */
export function costly(): readonly Example[] {
  const rows = struct({ rows: list(struct({ id: u32, name: string, tags: list(string), byName: map(string, u32) })) })
  const old = struct({ rows: list(struct({ id: u32 })) })
  return [
    ...two('a text of a megabyte', string, items(0x41)),
    ...two('doubles', list(f64), items(0, 8)),
    ...two('bools', list(bool), items(1)),
    ...two('small numbers', list(u32), items(1)),
    ...two('small bigints', list(u64), items(1)),
    ...two('empty texts', list(string), items(0)),
    ...two('structs of one bool', list(struct({ on: bool })), items(1)),
    ...two('structs of four absent fields', list(absent()), items(0, 4)),
    ...two('unions of an empty case', list(union('kind', { none: struct({}) })), items(0)),
    ...two('empty lists', list(list(u32)), items(0)),
    ...two('empty byte arrays', list(bytes), items(0)),
    ...two('empty maps', list(map(u32, u32)), items(0)),
    of('messages without a field, of which all have defaults', 'protobuf', protobuf(rows), repeated([0x0a, 0])),
    of('messages with one unknown field', 'protobuf', protobuf(old), repeated([0x0a, 2, 0x28, 1])),
    of('unknown fields of one message', 'protobuf', protobuf(old), repeated([0x28, 1])),
    of('escapes in a text', 'json', json(string), quoted('\\n')),
    of('empty maps', 'json', json(list(map(string, bool))), listed('{}')),
    of('bools', 'json', json(list(bool)), listed('true')),
    of('a value that nobody asked for', 'json', json(struct({})), wrapped('{"x":', listed('{}', LARGE - 10), '}')),
    of('literals', 'compact', compact(list(literal('a', 'b'))), items(1)),
  ]
}

function absent(): Schema {
  return struct({ a: optional(u32), b: optional(u32), c: optional(u32), d: optional(u32) })
}

function three<S extends Schema>(name: string, schema: S, input: Uint8Array): readonly Example[] {
  return [...two(name, schema, input), of(name, 'compile, views', compile(schema, { views: true }), input)]
}

function two<S extends Schema>(name: string, schema: S, input: Uint8Array): readonly Example[] {
  return [of(name, 'compact', compact(schema), input), of(name, 'compile', compile(schema), input)]
}

function of(name: string, decoder: string, codec: Codec<unknown>, input: Uint8Array): Example {
  return { name, decoder, bytes: input, decode: (given) => codec.decode(given) }
}

/** A megabyte that begins like this, and is filled with one byte. */
function filled(byte: number, beginning: Iterable<number> = []): Uint8Array {
  const input = new Uint8Array(LARGE).fill(byte)
  input.set([...beginning])
  return input
}

/** As many items as a megabyte holds, each of so many equal bytes, with their count before them. */
function items(byte: number, lengthOfEach = 1): Uint8Array {
  const count = Math.floor((LARGE - 4) / lengthOfEach)
  const before = varint(count)
  return filled(byte, before).subarray(0, before.length + count * lengthOfEach)
}

function endingIn(byte: number, input: Uint8Array): Uint8Array {
  input[input.length - 1] = byte
  return input
}

function repeated(unit: readonly number[]): Uint8Array {
  return new Uint8Array(LARGE).map((_, index) => unit[index % unit.length] ?? 0)
}

function varint(value: number): Uint8Array {
  const writer = new Writer()
  writer.varint(value)
  return writer.finish()
}

function text(ascii: string): Uint8Array {
  return new TextEncoder().encode(ascii)
}

function twice(): Uint8Array {
  const name = 'a'.repeat(LARGE / 2 - 10)
  return text(`{"${name}":true,"${name}":true}`)
}

/** Control characters, which take six characters each in the text of an error. */
function wrongOrder(): Uint8Array {
  const writer = new Writer()
  writer.varint(2)
  for (const last of ['b', 'a']) {
    writer.string('\u0001'.repeat(LARGE / 2) + last)
    writer.u8(1)
  }
  return writer.finish()
}

function quoted(unit: string): Uint8Array {
  return text(`"${unit.repeat(LARGE / unit.length - 1)}"`)
}

function listed(unit: string, length = LARGE): Uint8Array {
  return text(`[${`${unit},`.repeat(Math.floor(length / (unit.length + 1)) - 1)}${unit}]`)
}

function wrapped(before: string, middle: Uint8Array, after: string): Uint8Array {
  return Uint8Array.from([...text(before), ...middle, ...text(after)])
}
