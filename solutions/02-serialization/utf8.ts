/**
 * Text as UTF-8 (RFC 3629), exactly: what has no UTF-8 form is refused on the
 * way out, and bytes that are no UTF-8 on the way in. The platform's encoders
 * put U+FFFD in the place of both, and the text comes back changed.
 */
import { Malformed } from '#serialization/decoded'
import { byteInWords } from '#serialization/words'

const encoder = new TextEncoder()
/** Without `ignoreBOM` it would drop a U+FEFF at the beginning. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Above this length, calling the platform's encoder or decoder costs less than a loop. */
const LOOP_LENGTH_MAX = 40

/** How many bytes `text` takes, or -1 when it has no UTF-8 form: it contains half of a surrogate pair. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    length += unit < 0x800 ? 1 : 2
    if (unit < 0xd800 || unit > 0xdfff) continue
    // two units that make four bytes: two more than the units that are counted already
    const next = text.charCodeAt(index + 1)
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return -1
    index++
  }
  return length
}

/** Writes `text`, which takes `length` bytes by `utf8Length`, into `bytes` from `at` on. */
export function writeUtf8(bytes: Uint8Array, at: number, text: string, length: number): void {
  if (length !== text.length || length > LOOP_LENGTH_MAX) {
    encoder.encodeInto(text, bytes.subarray(at, at + length))
    return
  }
  for (let index = 0; index < length; index++) bytes[at + index] = text.charCodeAt(index)
}

/** The text of the bytes from `from` to `to`. Throws `Malformed` with the offset at which the first sequence begins that is no UTF-8. */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  if (to - from <= LOOP_LENGTH_MAX) {
    const text = readAscii(bytes, from, to)
    if (text !== undefined) return text
  }
  try {
    return decoder.decode(bytes.subarray(from, to))
  } catch (error) {
    const offset = brokenUtf8At(bytes, from, to)
    if (offset === to) throw error // it is UTF-8: there is more of it than a string can hold
    throw new Malformed(offset, 'UTF-8', byteInWords(bytes[offset] ?? 0))
  }
}

/**
 * The text if all of it is ASCII. Its characters are handed over together: a text
 * that is put together from parts is copied again when somebody looks into it.
 */
function readAscii(bytes: Uint8Array, from: number, to: number): string | undefined {
  const units = new Array<number>(to - from)
  let all = 0
  for (let index = 0; index < units.length; index++) {
    const unit = bytes[from + index] as number // from + index < to
    units[index] = unit
    all |= unit
  }
  return all < 0x80 ? String.fromCharCode(...units) : undefined
}

/** Where the first sequence that is not well formed begins (Unicode 16, table 3-7), or `to` if all is well. */
export function brokenUtf8At(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to) {
    const lead = bytes[at] as number // at < to
    const length =
      lead < 0x80
        ? 1
        : lead >= 0xc2 && lead < 0xe0
          ? 2
          : lead >= 0xe0 && lead < 0xf0
            ? 3
            : lead >= 0xf0 && lead < 0xf5
              ? 4
              : 0
    if (length === 0 || at + length > to) return at
    const second = bytes[at + 1] ?? 0
    if (lead === 0xe0 && second < 0xa0) return at // longer than it need be
    if (lead === 0xed && second > 0x9f) return at // half of a surrogate pair
    if (lead === 0xf0 && second < 0x90) return at // longer than it need be
    if (lead === 0xf4 && second > 0x8f) return at // beyond U+10FFFF
    for (let index = 1; index < length; index++) {
      if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return at
    }
    at += length
  }
  return to
}
