/** Inputs that lie, of which what they claim must not be believed. */
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { readRecords } from '#serialization/record'
import { bool, bytes, f64, list, map, string, struct, u32, u64 } from '#serialization/schema'
import { Writer } from '#serialization/writer'
import { type Example, endingIn, of, text, three, varint } from './example.ts'

/** The length of a large input: a megabyte. */
const LARGE = 2 ** 20

const FOUR_BILLION = [0xff, 0xff, 0xff, 0xff, 0x0f]

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

/** A megabyte that begins like this, and is filled with one byte. */
function filled(byte: number, beginning: Iterable<number> = []): Uint8Array {
  const input = new Uint8Array(LARGE).fill(byte)
  input.set([...beginning])
  return input
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
