/** Another CRC-32C: four bits after the other four, with what each of the 16 values leaves over. */

const leftOver = Uint32Array.from({ length: 16 }, (_, value) => {
  let remainder = value
  for (let bit = 0; bit < 4; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0x82f63b78 : 0)
  return remainder >>> 0
})

export function crc32c(bytes: Uint8Array, before = 0): number {
  let remainder = (before ^ 0xffffffff) >>> 0
  for (const byte of bytes) {
    remainder ^= byte
    for (let half = 0; half < 2; half++) remainder = (remainder >>> 4) ^ (leftOver[remainder & 15] ?? 0)
  }
  return (remainder ^ 0xffffffff) >>> 0
}
