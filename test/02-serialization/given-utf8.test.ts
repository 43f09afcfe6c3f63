/** Text as UTF-8, exactly: what has no form is refused, and nothing is repaired. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '#serialization/decoded'
import { brokenUtf8At, readUtf8, utf8Length, writeUtf8 } from '#serialization/utf8'
import { hex } from './hex.ts'
import { input, refusal } from './input.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of all planes, also with halves of surrogate pairs, short and long. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('\ud83e', '\udd89', '\u{feff}', 'a'.repeat(60)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

describe('text', () => {
  test('is written as the platform writes it, or has no length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const length = utf8Length(text)
        expect(length < 0).toBe(hasHalfOfAPair(text))
        if (length < 0) return
        const bytes = new Uint8Array(length + 4).fill(0xaa)
        writeUtf8(bytes, 2, text, length)
        expect(hex(bytes)).toBe(hex(Uint8Array.of(0xaa, 0xaa, ...new TextEncoder().encode(text), 0xaa, 0xaa)))
        expect(readUtf8(bytes, 2, 2 + length)).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is read at every length, around the one from which on the platform reads it', () => {
    for (let length = 0; length < 120; length++) {
      for (const text of ['x'.repeat(length), `${'x'.repeat(length)}é`, `é${'x'.repeat(length)}`]) {
        const bytes = new Uint8Array(utf8Length(text))
        writeUtf8(bytes, 0, text, bytes.length)
        expect(readUtf8(bytes, 0, bytes.length)).toBe(text)
      }
    }
  })
})

describe('bytes', () => {
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0x9f),
    fc.constantFrom(0xee, 0xef, 0xbb, 0xf0, 0x90, 0x8f, 0xf3, 0xf4, 0xf5, 0xff),
  )

  test('are UTF-8 for us if and only if they are for the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.array(byte, { maxLength: 8 }), (padding, tail) => {
        const bytes = Uint8Array.of(...padding.map((each) => each & 0x7f), ...tail)
        const broken = brokenUtf8At(bytes, 0, bytes.length)
        let text: string | undefined
        try {
          text = strict.decode(bytes)
        } catch {
          expect(broken).toBeLessThan(bytes.length)
          expect(strict.decode(bytes.subarray(0, broken)).length).toBeGreaterThanOrEqual(0) // all is well up to there
          expect(refusal(() => readUtf8(bytes, 0, bytes.length), hex(bytes)).offset).toBe(broken)
          return
        }
        expect(broken).toBe(bytes.length)
        expect(readUtf8(bytes, 0, bytes.length)).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  test('that begin a sequence are followed by those that may continue it, and by as many as it needs', () => {
    for (let lead = 0x80; lead < 0x100; lead++) {
      for (const second of [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]) {
        const bytes = Uint8Array.of(0x61, lead, second, 0x80, 0x80)
        expect(isWhole(bytes)).toBe(brokenUtf8At(bytes, 0, 5) === 5)
        expect(isWhole(bytes.subarray(0, 4))).toBe(brokenUtf8At(bytes, 0, 4) === 4)
        expect(isWhole(bytes.subarray(0, 3))).toBe(brokenUtf8At(bytes, 0, 3) === 3)
      }
    }
  })

  test('behind the end are not looked at, and offsets are those of the input', () => {
    const bytes = input('ff 61 62 ff')
    expect(readUtf8(bytes, 1, 3)).toBe('ab')
    expect(brokenUtf8At(bytes, 1, 3)).toBe(3)
    const { offset, expected, found } = refusal(() => readUtf8(bytes, 1, 4), 'ff is no UTF-8')
    expect(explain({ path: 'name', offset, expected, found })).toBe(
      'offset 3, in name: expected UTF-8, found the byte 0xff',
    )
  })
})

/** Whether there is half of a surrogate pair in it, as the platform sees it. */
function hasHalfOfAPair(text: string): boolean {
  try {
    encodeURIComponent(text)
    return false
  } catch {
    return true
  }
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}
