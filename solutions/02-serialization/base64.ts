/** Bytes as text (RFC 4648, section 4), with padding, and one text for each array of bytes. */

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PADDING = 0x3d // =

/** The six bits that each character of ASCII stands for, or 64 where it stands for none. */
const SIX_BITS = Uint8Array.from({ length: 128 }, (_, unit) => (ALPHABET.includes(unit) ? ALPHABET.indexOf(unit) : 64))

const decoder = new TextDecoder()

export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const bits = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2)
    const characters = Math.min(bytes.length - at, 3) + 1
    for (let index = 0; index < characters; index++) text[to + index] = letter(bits >> (18 - 6 * index))
  }
  return decoder.decode(text)
}

/** The bytes, or nothing when `text` is not what `toBase64` makes of any bytes. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const end = text.length - padding
  let at = 0
  for (let index = 0; index < text.length; index += 4) {
    let bits = 0
    for (let next = index; next < index + 4; next++) {
      const six = next < end ? (SIX_BITS[text.charCodeAt(next)] ?? 64) : 0
      if (six === 64) return undefined
      bits = (bits << 6) | six
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (bits >> shift) & 0xff
      if (at < bytes.length) bytes[at++] = byte
      else if (byte !== 0) return undefined // bits that stand for nothing
    }
  }
  return bytes
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

function letter(bits: number): number {
  return ALPHABET[bits & 63] as number // 64 letters
}
