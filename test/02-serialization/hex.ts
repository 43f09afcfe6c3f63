/** Bytes as hexadecimal digits, and the bytes that digits stand for. */

/** The bytes that the digits stand for. Spaces don't count. */
export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** All of the bytes, two digits each: `08 96 01`, or `''` for none. */
export function inHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

const SHOWN_BYTES_MAX = 24

/** Bytes for a person to read: `ac 02`, or `nothing`; of many, only the first and the last. */
export function hex(bytes: Uint8Array): string {
  if (bytes.length <= SHOWN_BYTES_MAX) return inHex(bytes) || 'nothing'
  return `${bytes.length} bytes: ${inHex(bytes.subarray(0, 8))} … ${inHex(bytes.subarray(-8))}`
}
