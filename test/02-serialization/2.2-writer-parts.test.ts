import { describe, expect, test } from 'vitest'
import { Writer } from '#serialization/writer'
import { hex } from './hex.ts'
import { differenceOf } from './input.ts'
import { finished, pattern, writerWithRoom } from './writer-with-room.ts'

describe('a part whose length is not known beforehand', () => {
  const lengths: readonly (readonly [number, string])[] = [
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '80 01'],
    [16_383, 'ff 7f'],
    [16_384, '80 80 01'],
    [100_000, 'a0 8d 06'],
    [2_097_152, '80 80 80 01'],
  ]
  test.each(lengths)('of %d bytes has its length before it: %s', (length, prefix) => {
    const writer = new Writer()
    writer.u8(0xaa)
    const mark = writer.beginPart()
    writer.raw(pattern(length))
    writer.endPart(mark)
    writer.u8(0xbb)
    const message = writer.finish()
    const from = 1 + prefix.split(' ').length
    expect(hex(message.subarray(0, from)), 'what was before, and the length').toBe(`aa ${prefix}`)
    const part = message.subarray(from, from + length)
    expect(differenceOf(part, pattern(length)), 'the part itself, moved as a whole').toBe('nowhere')
    expect(hex(message.subarray(from + length)), 'what was written behind it, and nothing else').toBe('bb')
  })

  test('may have parts of its own', () => {
    const writer = new Writer()
    const outer = writer.beginPart()
    writer.u8(1)
    const inner = writer.beginPart()
    writer.u8(2)
    writer.endPart(inner)
    const empty = writer.beginPart()
    writer.endPart(empty)
    writer.endPart(outer)
    expect(hex(writer.finish()), 'four bytes: 1, a part of one byte, and an empty one').toBe('04 01 01 02 00')
  })

  test('may have parts of its own that had to move', () => {
    const writer = new Writer()
    const outer = writer.beginPart()
    writer.u8(0xcc)
    const inner = writer.beginPart()
    writer.raw(pattern(200))
    writer.endPart(inner)
    writer.u8(0xdd)
    writer.endPart(outer)
    const message = writer.finish()
    expect(hex(message.subarray(0, 5)), '204 bytes: cc, the length of the inner part in two, …').toBe('cc 01 cc c8 01')
    expect(differenceOf(message.subarray(5, 205), pattern(200)), '… the inner part …').toBe('nowhere')
    expect(hex(message.subarray(205)), '… and dd').toBe('dd')
  })

  test('is in place in every message, and not only in the first', () => {
    const writer = new Writer()
    for (let n = 0; n < 3; n++) {
      const rule = `message ${n}: a mark counts from the start of the message`
      const message = finished(writer, rule, () => {
        const mark = writer.beginPart()
        writer.raw(pattern(3))
        writer.endPart(mark)
      })
      expect(hex(message), rule).toBe('03 01 02 03')
    }
  })

  test('may begin in one chunk and end in another', () => {
    const rule = 'a mark counts from the start of the message: the message moved, and the part with it'
    const message = finished(writerWithRoom(10), rule, (writer) => {
      writer.u8(0xaa)
      const mark = writer.beginPart()
      writer.raw(pattern(200))
      writer.endPart(mark)
    })
    expect(hex(message.subarray(0, 5)), rule).toBe('aa c8 01 01 02')
    expect(differenceOf(message.subarray(3), pattern(200)), `the part, whole: ${rule}`).toBe('nowhere')
  })

  test('that ends where the chunk does finds room for a longer length', () => {
    for (let room = 129; room < 140; room++) {
      const rule = `with ${room} bytes left in the chunk: ask for room before you move the part; and asking for room may move the message, so look where the part begins after it`
      const message = finished(writerWithRoom(room), rule, (writer) => {
        const mark = writer.beginPart()
        writer.raw(pattern(128))
        writer.endPart(mark)
      })
      expect(hex(message.subarray(0, 2)), `the length takes two bytes; ${rule}`).toBe('80 01')
      expect(differenceOf(message.subarray(2), pattern(128)), `the part is whole; ${rule}`).toBe('nowhere')
    }
  })
})
