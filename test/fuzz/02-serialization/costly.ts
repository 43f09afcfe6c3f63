/** Inputs of honest values that cost many times their length: as they are, or up to a lie in their last byte. */
import { compact } from '#serialization/compact'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
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
import { type Example, endingIn, of, text, two, varint } from './example.ts'

/** Their length, 128 KB. They take up to some thousand times as much, and the room to measure that in is bounded. */
const LENGTH = 2 ** 17

/** Inputs that are accepted: there is nothing to refuse. */
export function costly(): readonly Example[] {
  const rows = struct({ rows: list(struct({ id: u32, name: string, tags: list(string), byName: map(string, u32) })) })
  const old = struct({ rows: list(struct({ id: u32 })) })
  return [
    of('rows of eight maps, all empty', 'protobuf', protobuf(eightMaps()), repeated([0x0a, 0])),
    ...two('one text', string, items(0x41)),
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
    of('empty maps in JSON', 'json', json(list(map(string, bool))), listed('{}')),
    of('bools in JSON', 'json', json(list(bool)), listed('true')),
    of('a value that nobody asked for', 'json', json(struct({})), wrapped('{"x":', listed('{}', LENGTH - 10), '}')),
    of('literals', 'compact', compact(list(literal('a', 'b'))), items(1)),
  ]
}

/** Inputs that are right up to their last byte: when they are refused, values have been made of all that is before it. */
export function late(): readonly Example[] {
  return [
    of('rows of eight maps, all empty', 'protobuf', protobuf(eightMaps()), endingIn(1, repeated([0x0a, 0]))),
    ...two('empty maps', list(map(u32, u32)), endingIn(1, items(0))),
    of('empty maps in JSON', 'json', json(list(map(string, bool))), endingIn(0x7d, listed('{}'))),
    ...two('structs of one bool', list(struct({ on: bool })), endingIn(2, items(1))),
    ...two('small bigints', list(u64), endingIn(0x80, items(1))),
    ...two('bools', list(bool), endingIn(2, items(1))),
    ...two('texts of 100 characters', list(string), endingIn(0xff, texts())),
  ]
}

function absent(): Schema {
  return struct({ a: optional(u32), b: optional(u32), c: optional(u32), d: optional(u32) })
}

function eightMaps(): Schema {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  return struct({ rows: list(struct(Object.fromEntries(names.map((name) => [name, map(string, u32)])))) })
}

/** As many items as the length holds, each of so many equal bytes, with their count before them. */
function items(byte: number, lengthOfEach = 1): Uint8Array {
  const count = Math.floor((LENGTH - 4) / lengthOfEach)
  return Uint8Array.from([...varint(count), ...new Uint8Array(count * lengthOfEach).fill(byte)])
}

function texts(): Uint8Array {
  const each = [100, ...text('a'.repeat(100))]
  const count = Math.floor(LENGTH / each.length)
  return Uint8Array.from([...varint(count), ...Array.from({ length: count }, () => each).flat()])
}

function repeated(unit: readonly number[]): Uint8Array {
  return new Uint8Array(LENGTH).map((_, index) => unit[index % unit.length] ?? 0)
}

function quoted(unit: string): Uint8Array {
  return text(`"${unit.repeat(LENGTH / unit.length - 1)}"`)
}

function listed(unit: string, length = LENGTH): Uint8Array {
  return text(`[${`${unit},`.repeat(Math.floor(length / (unit.length + 1)) - 1)}${unit}]`)
}

function wrapped(before: string, middle: Uint8Array, after: string): Uint8Array {
  return Uint8Array.from([...text(before), ...middle, ...text(after)])
}
