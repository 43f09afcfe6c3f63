/** Bytes as text (RFC 4648, section 4), with padding, and one text for each array of bytes. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, value) => [character, value]))

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const bits = (a << 16) | (b << 8) | c
    text += [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]).join('')
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing)
}

/** The bytes, or nothing when `text` is not what `toBase64` makes of any bytes. */
export function fromBase64(text: string): Uint8Array | undefined {
  const padding = /={0,2}$/.exec(text)?.[0].length ?? 0
  if (text.length % 4 !== 0) return undefined
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let at = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    const value = index < text.length - padding ? VALUES.get(character) : 0
    if (value === undefined) return undefined
    bits = (bits << 6) | value
    if (index % 4 < 3) continue
    for (const byte of [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255])
      if (at < bytes.length) bytes[at++] = byte
      else if (byte !== 0) return undefined // bits that stand for nothing
    bits = 0
  }
  return bytes
}
