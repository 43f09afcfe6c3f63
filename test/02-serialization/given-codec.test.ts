/** What holds of the codecs of all formats, whatever is encoded in between, and however much. */
import { describe, expect, test } from 'vitest'
import { type Codec, MESSAGE_BYTES_MAX } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { bool, bytes, type Infer, list, type Schema, string, struct, u32, union } from '#serialization/schema'
import { watched } from './watched-schema.ts'

const formats: readonly (readonly [name: string, format: <S extends Schema>(schema: S) => Codec<Infer<S>>])[] = [
  ['compact', compact],
  ['compile', compile],
  ['protobuf', protobuf],
  ['json', json],
]

describe.each(formats)('%s', (_, format) => {
  test('a value may encode another with the same codec when it is looked at', () => {
    const codec = format(struct({ name: string, body: bytes }))
    const inner = { name: 'inner', body: Uint8Array.of(1, 2, 3) }
    const outer = {
      name: 'outer',
      get body() {
        return codec.encode(inner)
      },
    }
    const plain = { name: 'outer', body: codec.encode(inner) }
    expect(codec.encode(outer), 'each of the two needs a writer of its own').toEqual(codec.encode(plain))
  })

  test('goes on when a message was transferred to somebody, with all that lay in its buffer', () => {
    const codec = format(struct({ body: bytes }))
    const message = codec.encode({ body: Uint8Array.of(1) })
    structuredClone(message.buffer, { transfer: [message.buffer] })
    expect(codec.encode({ body: Uint8Array.of(2) }).length).toBeGreaterThan(0)
    const received = codec.decode(codec.encode({ body: Uint8Array.of(3) }))
    if (received.ok) structuredClone(received.value.body.buffer, { transfer: [received.value.body.buffer] })
    expect(codec.decode(codec.encode({ body: Uint8Array.of(4) })), 'decoding must never throw').toMatchObject({
      ok: true,
    })
  })

  test('refuses a message that is longer than it would write, before it looks into it', () => {
    const tooLong = new Uint8Array(MESSAGE_BYTES_MAX + 1)
    expect(format(struct({ flags: list(bool) })).decode(tooLong)).toEqual({
      ok: false,
      error: { path: '', offset: 0, expected: `at most ${MESSAGE_BYTES_MAX} bytes`, found: String(tooLong.length) },
    })
    expect(() => format(struct({ body: bytes })).encode({ body: tooLong })).toThrow(
      /^a message has at most 33554432 bytes, not \d+$/,
    )
  })
})

test('compact asks the schema nothing about the items of a list that has none', () => {
  const wide = struct(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`field${index}`, u32])))
  const { schema, looks } = watched(list(list(wide)))
  const codec = compact(schema)
  const before = looks()
  codec.decode(codec.encode(Array.from({ length: 100 }, () => [])))
  expect((looks() - before) / 100, 'so many questions for each empty list').toBeLessThan(30)
})

describe('a schema that stands in two places of another, forty times over', () => {
  let expression: Schema = union('is', { value: struct({ n: u32 }) })
  for (let level = 0; level < 40; level++) {
    expression = union('is', { value: struct({ n: u32 }), sum: struct({ left: expression, right: expression }) })
  }
  const three = { is: 'sum', left: { is: 'value', n: 1 }, right: { is: 'value', n: 2 } }

  test.each([
    ['json', json],
    ['compact', compact],
    ['protobuf', protobuf],
  ])('makes a codec of %s, which looks at each part once', (_format, make) => {
    const codec: Codec<unknown> = make(expression)
    expect(codec.decode(codec.encode(three)), 'two to the 40th looks take for ever').toEqual({ ok: true, value: three })
  })
})
