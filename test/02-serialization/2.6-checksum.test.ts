import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c } from '#serialization/checksum'
import { law } from '../law.ts'
import { fromHex, hex } from './hex.ts'
import { flipped } from './log-file.ts'

const text = (characters: string) => new TextEncoder().encode(characters)
const digitsOf = (sum: number) => sum.toString(16).padStart(8, '0')
const upwards = Uint8Array.from({ length: 32 }, (_, index) => index)

/** Those of 32 bytes and the read command are the examples of RFC 3720, appendix B.4. */
const published: readonly (readonly [string, Uint8Array, string])[] = [
  ['the text 123456789', text('123456789'), 'e3069283'],
  ['32 bytes 00', new Uint8Array(32), '8a9136aa'],
  ['32 bytes ff', new Uint8Array(32).fill(0xff), '62a8ab43'],
  ['the 32 bytes 0 to 31', upwards, '46dd794e'],
  ['the 32 bytes 31 to 0', upwards.toReversed(), '113fdb5c'],
  [
    'an iSCSI read command',
    fromHex(
      `01c00000 00000000 00000000 00000000 14000000 00000400 00000014 00000018 28000000 00000000 02000000 00000000`,
    ),
    'd9963a56',
  ],
  ['the text a', text('a'), 'c1d04330'],
]

describe('the sum of published examples', () => {
  test.each(published)('%s', (_name, bytes, expected) => {
    const hints: Readonly<Record<string, string>> = {
      // what famous mistakes make of 123456789
      cbf43926: 'that is CRC-32 with the polynomial of Ethernet and zip: Castagnoli’s is another one',
      '1cf96d7c': 'the complement at the end is missing',
    }
    const rule = 'CRC-32C begins with the complement of what came before, and ends with one'
    const sum = crc32c(bytes)
    expect(sum, 'a sum has no sign: >>> 0 makes the 32 bits a number from 0 up').toBeGreaterThanOrEqual(0)
    expect(digitsOf(sum), hints[digitsOf(sum)] ?? rule).toBe(expected)
  })
})

describe('the sum of bytes that come in parts', () => {
  test('is that of the part, when the bytes are a view of a larger buffer', () => {
    const large = text('xx123456789xx')
    expect(digitsOf(crc32c(large.subarray(2, 11))), 'a view begins at its byteOffset').toBe('e3069283')
  })

  test('of no bytes is 0, and no bytes change no sum', () => {
    expect(crc32c(new Uint8Array(0)), 'nothing leaves nothing over').toBe(0)
    expect(digitsOf(crc32c(new Uint8Array(0), 0xe3069283)), 'the sum of what came before').toBe('e3069283')
  })

  test('wherever they are cut: the sum of the second part, continued from the first, is the sum of all', () =>
    law(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(40)), 300, async ([bytes, at], story) => {
      const [first, second] = [bytes.slice(0, at), bytes.slice(at)]
      const sum = crc32c(bytes)
      const continued = crc32c(second, crc32c(first))
      story.tell(`crc32c(${hex(bytes)}) returns ${digitsOf(sum)}`)
      story.tell(`crc32c(${hex(second)}, crc32c(${hex(first)})) returns ${digitsOf(continued)}`)
      expect(digitsOf(continued), 'begin with the complement of `before`').toBe(digitsOf(sum))
    }))

  test('is the same one byte at a time', () =>
    law(fc.uint8Array({ maxLength: 40 }), 200, async (bytes, story) => {
      let sum = 0
      for (const byte of bytes) sum = crc32c(Uint8Array.of(byte), sum)
      story.tell(`one by one, ${hex(bytes)} has ${digitsOf(sum)}`)
      expect(digitsOf(crc32c(bytes)), 'all at once must give the same').toBe(digitsOf(sum))
    }))
})

describe('the sum of bytes that were damaged', () => {
  test('differs whichever bit was flipped', () => {
    const sum = crc32c(upwards)
    for (let bit = 0; bit < upwards.length * 8; bit++) {
      expect(crc32c(flipped(upwards, bit)), `bit ${bit & 7} of byte ${bit >>> 3} was flipped`).not.toBe(sum)
    }
  })

  test('differs whatever happened within 32 bits in a row', () =>
    law(fc.tuple(fc.nat(28), fc.integer({ min: 1, max: 0xffffffff })), 300, async ([at, change], story) => {
      const damaged = upwards.slice()
      const view = new DataView(damaged.buffer)
      view.setUint32(at, (view.getUint32(at) ^ change) >>> 0)
      story.tell(`of the bytes 0 to 31, those from ${at} to ${at + 3} were xored with ${digitsOf(change)}`)
      expect(crc32c(damaged), 'the division leaves something else over').not.toBe(crc32c(upwards))
    }))

  test('is that of the bytes as they are now, also of an array that it has seen before', () => {
    const bytes = text('023456789')
    const before = crc32c(bytes)
    bytes.set(text('1'))
    expect(digitsOf(before), 'another byte, another sum').not.toBe('e3069283')
    expect(digitsOf(crc32c(bytes)), 'an array can change: its sum is made again each time').toBe('e3069283')
  })

  test('leaves the bytes as they are', () => {
    const bytes = text('123456789')
    crc32c(bytes)
    expect(hex(bytes), 'a sum is read from the bytes and changes none of them').toBe('31 32 33 34 35 36 37 38 39')
  })
})
