import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reader } from '#serialization/reader'
import { VARINT_BYTES_MAX } from '#serialization/varint'
import { CHUNK_SIZE, Writer } from '#serialization/writer'
import { law } from '../law.ts'
import { hex } from './hex.ts'
import { differenceOf } from './input.ts'
import { finished, writerWithRoom } from './writer-with-room.ts'

/** One thing that is written, and that must be read again. */
type Piece =
  | { readonly kind: 'u8' | 'varint' | 'f64'; readonly value: number }
  | { readonly kind: 'varint64'; readonly value: bigint }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'prefixed'; readonly value: Uint8Array }

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({ kind: fc.constant('u8' as const), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('varint' as const), value: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('f64' as const), value: fc.double() }),
  fc.record({ kind: fc.constant('varint64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({ kind: fc.constant('string' as const), value: fc.string({ unit: 'binary', maxLength: 80 }) }),
  fc.record({ kind: fc.constant('prefixed' as const), value: bytesOf(200) }),
  fc.constant({ kind: 'prefixed' as const, value: new Uint8Array(CHUNK_SIZE - 3).fill(0x77) }),
)

/** Byte arrays of up to so many bytes, all of them the same. */
function bytesOf(lengthMax: number): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.nat(lengthMax), fc.nat(255)).map(([length, byte]) => new Uint8Array(length).fill(byte))
}

function write(writer: Writer, piece: Piece): void {
  switch (piece.kind) {
    case 'varint64':
      return writer.varint64(piece.value)
    case 'string':
      return writer.string(piece.value)
    case 'prefixed':
      return writer.prefixed(piece.value)
    default:
      return writer[piece.kind](piece.value)
  }
}

function inWords(value: Piece['value']): string {
  if (value instanceof Uint8Array) return hex(value)
  if (typeof value === 'string') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

describe('whatever is written', () => {
  test('is read again, message by message, once all of them were written', () =>
    law(fc.array(fc.array(piece, { maxLength: 4 }), { maxLength: 4 }), 60, async (messages, story) => {
      const writer = new Writer()
      const finished = messages.map((pieces) => {
        for (const each of pieces) write(writer, each)
        return writer.finish()
      })
      for (const [index, pieces] of messages.entries()) {
        const reader = new Reader(finished[index] ?? new Uint8Array(0))
        for (const { kind, value } of pieces) {
          story.tell(`message ${index}: ${kind} of ${inWords(value)}`)
          const read = reader[kind]()
          expect(inWords(read), 'it must be what was written').toBe(inWords(value))
          if (!(value instanceof Uint8Array) || !(read instanceof Uint8Array)) continue
          expect(differenceOf(read, value), 'all of its bytes must be what they were').toBe('nowhere')
        }
        expect(reader.remaining, `message ${index} ends where its last piece ends`).toBe(0)
      }
    }))
})

describe('a chunk', () => {
  test('is shared by small messages: most cost no allocation but the view', () => {
    const writer = new Writer()
    const messages = [1, 2, 3].map((byte) => {
      writer.raw(new Uint8Array(100).fill(byte))
      return writer.finish()
    })
    const buffers = new Set(messages.map(({ buffer }) => buffer))
    expect(buffers.size, 'finish() returns a view, and the next message begins behind it').toBe(1)
  })

  test('belongs to one writer: two of them never write in the same place', () => {
    const writers = [new Writer(), new Writer()]
    const messages = writers.map((writer, index) => {
      writer.raw(new Uint8Array(4).fill(index))
      return writer.finish()
    })
    const rule = 'a finished message never changes: share no chunk between writers'
    expect(messages.map(hex), rule).toEqual(['00 00 00 00', '01 01 01 01'])
  })

  test('is as large as the one before, however many small messages went before it', () => {
    const writer = new Writer()
    let message = writer.finish()
    for (let n = 0; n < 5_000; n++) {
      writer.raw(new Uint8Array(100))
      message = writer.finish()
    }
    const rule =
      'a chunk that is full stays behind: take along the message at hand alone, and make room for twice that, or CHUNK_SIZE'
    expect(message.buffer.byteLength, rule).toBe(CHUNK_SIZE)
  })

  test('that is full is left alone: a finished message never changes', () => {
    const writer = new Writer()
    const messages: Uint8Array[] = []
    for (let n = 0; n < 200; n++) {
      writer.raw(new Uint8Array(500).fill(n))
      messages.push(writer.finish())
    }
    const spoiled = messages.findIndex((message, n) => message.length !== 500 || message.some((byte) => byte !== n))
    expect(spoiled, 'a message that is not what was written (-1 if there is none)').toBe(-1)
  })

  test('holds a message of exactly its size, and one byte more goes into another', () => {
    const large = Uint8Array.from({ length: 1_024 }, (_, index) => index & 0xff)
    for (const length of [CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 2 * CHUNK_SIZE, 2 * CHUNK_SIZE + 1]) {
      const writer = new Writer()
      while (writer.length + large.length <= length) writer.raw(large)
      while (writer.length < length) writer.u8(writer.length & 0xff)
      const message = writer.finish()
      expect(message.length, 'every byte that was written').toBe(length)
      const wrong = message.findIndex((byte, index) => byte !== (index & 0xff))
      expect(
        wrong,
        `of ${length} bytes, the first that is not what was written (-1 if there is none): was the message taken along?`,
      ).toBe(-1)
    }
  })

  test('that a message outgrows is followed by one with twice the room, so that large messages move rarely', () => {
    const sizes = new Set<number>()
    for (let count = 4; count <= 128; count += 4) {
      const writer = new Writer()
      for (let n = 0; n < count; n++) writer.raw(new Uint8Array(4_096))
      sizes.add(writer.finish().buffer.byteLength)
    }
    const rule = `on its way to 512 KiB a message goes through ${sizes.size} chunks: each must be larger by a factor than the one before`
    expect(sizes.size, rule).toBeLessThanOrEqual(12) // doubling takes 6
  })
})

describe('a new chunk', () => {
  const half = CHUNK_SIZE / 2
  const sizes: readonly (readonly [string, readonly number[], number])[] = [
    ['CHUNK_SIZE for one byte', [1], CHUNK_SIZE],
    ['CHUNK_SIZE for half as many', [half], CHUNK_SIZE],
    ['twice as many as a message of CHUNK_SIZE', [CHUNK_SIZE], 2 * CHUNK_SIZE],
    ['twice as many as a message of 500,000', [500_000], 1_000_000],
    ['twice as many as are written and will be written', [half, CHUNK_SIZE], 3 * CHUNK_SIZE],
  ]
  test.each(sizes)('has as many bytes as it needs: %s', (_name, counts, size) => {
    const writer = new Writer()
    for (const count of counts) writer.raw(new Uint8Array(count))
    const rule =
      'Math.max(CHUNK_SIZE, twice what was written of the message and is asked for now): less copies too often, and more is wasted'
    expect(writer.finish().buffer.byteLength, rule).toBe(size)
  })

  test('has CHUNK_SIZE bytes again after a large message', () => {
    const writer = new Writer()
    writer.raw(new Uint8Array(100_000))
    const large = writer.finish()
    writer.raw(new Uint8Array(large.buffer.byteLength - large.length)) // what is left of its chunk
    writer.finish()
    writer.u8(1)
    const rule = 'its size depends on the message alone, and not on how large the old one is'
    expect(writer.finish().buffer.byteLength, rule).toBe(CHUNK_SIZE)
  })

  test('has for a text twice as many bytes as its UTF-8, and not as it might have', () => {
    const writer = new Writer()
    writer.string('a'.repeat(100_000))
    const rule = '100,000 letters of ASCII take 100,000 bytes: reserve what utf8Length says'
    expect(writer.finish().buffer.byteLength, rule).toBeLessThanOrEqual(2 * (100_000 + VARINT_BYTES_MAX))
  })
})

describe('at the end of a chunk', () => {
  const writes: readonly (readonly [string, string, (writer: Writer) => void])[] = [
    ['a number of eight bytes', '00 00 00 00 00 00 f8 3f', (writer) => writer.f64(1.5)],
    ['an array of bytes', '01 02 03', (writer) => writer.raw(Uint8Array.of(1, 2, 3))],
    ['a part with nothing in it', '00', (writer) => writer.endPart(writer.beginPart())],
  ]
  test.each(writes)('%s is written whole, and in a new writer too', (name, bytes, write) => {
    for (let room = 0; room < 12; room++) {
      const rule = `${name}, with ${room} bytes left in the chunk: call #reserve first, with as many bytes as it takes`
      expect(hex(finished(writerWithRoom(room), rule, write)), rule).toBe(bytes)
    }
    const rule = `${name}, before anything else: a new writer has no room at all, so call #reserve first`
    expect(hex(finished(new Writer(), rule, write)), rule).toBe(bytes)
  })
})

describe('a text at the end of a chunk', () => {
  const texts: readonly (readonly [string, string, string])[] = [
    ['3 bytes', 'Ada', '03'],
    ['4 bytes', 'Zoë', '04'],
    ['40 bytes', 'a'.repeat(40), '28'],
    ['140 bytes', 'é'.repeat(70), '8c 01'],
  ]
  const textNeeds = 'the text needs room, and writing past the end of a Uint8Array does nothing, without a word'
  test.each(texts)('of %s is whole, and has its length before it', (_name, text, length) => {
    const utf8 = new TextEncoder().encode(text)
    const rooms = Array.from({ length: utf8.length + 14 }, (_, room) => room)
    for (const room of rooms.filter((room) => room < 4 || room > utf8.length - 4)) {
      const needed = room < utf8.length ? textNeeds : 'the length before the text needs room, too'
      const rule = `${utf8.length} bytes of text, with ${room} left in the chunk: ${needed}`
      const message = finished(writerWithRoom(room), rule, (writer) => writer.tryString(text))
      const digits = length.split(' ').length
      expect(hex(message.subarray(0, digits)), `the length; ${rule}`).toBe(length)
      expect(differenceOf(message.subarray(digits), utf8), rule).toBe('nowhere')
    }
  })

  test('whose length takes three bytes is whole, too', () => {
    const text = 'a'.repeat(20_000)
    for (let room = 20_000; room < 20_012; room++) {
      const rule = `20,000 bytes of text, with ${room} left in the chunk: its length takes three, and varint makes room for them by itself`
      const message = finished(writerWithRoom(room), rule, (writer) => writer.tryString(text))
      expect(hex(message.subarray(0, 3)), `the length; ${rule}`).toBe('a0 9c 01')
      expect(differenceOf(message.subarray(3), new TextEncoder().encode(text)), rule).toBe('nowhere')
    }
  })
})
