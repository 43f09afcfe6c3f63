/** Damages valid input, so that what comes out is wrong in one or a few places, deep within a decoder. */
import type { Random } from '#message-passing/random'
import { drawBytes, pick } from './draw.ts'

/** Varints that are on an edge, beyond it, padded, or never end. */
const EXTREME_VARINTS: readonly (readonly number[])[] = [
  [0x80, 0x00],
  [0xff, 0x00],
  [0xff, 0xff, 0xff, 0xff, 0x07], // 2^31 - 1
  [0x80, 0x80, 0x80, 0x80, 0x08], // 2^31
  [0xff, 0xff, 0xff, 0xff, 0x0f], // 2^32 - 1
  [0x80, 0x80, 0x80, 0x80, 0x10], // 2^32
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f], // 2^53 - 1
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10], // 2^53
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], // 2^64 - 1
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02], // 2^64
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
]

/** One to four changes of `bytes`, a valid input, of which `other` is another one. Returns a new array. */
export function mutated(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let changed: Uint8Array = bytes.slice()
  do changed = mutatedOnce(random, changed, other)
  while (random.chance(0.35))
  return changed
}

function mutatedOnce(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const at = random.integer(0, bytes.length + 1)
  const end = Math.min(bytes.length, at + random.integer(1, 9))
  switch (random.integer(0, 9)) {
    case 0: // a bit flips
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 8))
      return bytes
    case 1: // another byte
      if (at < bytes.length) bytes[at] = random.integer(0, 256)
      return bytes
    case 2: // one more or one less
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) + (random.chance(0.5) ? 1 : 255)
      return bytes
    case 3: // the rest is lost
      return bytes.slice(0, at)
    case 4: // something is inserted
      return replaced(bytes, at, at, drawBytes(random, end - at + 1))
    case 5: // something is lost
      return replaced(bytes, at, end, [])
    case 6: // something comes twice
      return replaced(bytes, end, end, bytes.slice(at, end))
    case 7: // the beginning of one and the end of the other
      return replaced(bytes, at, bytes.length, other.subarray(random.integer(0, other.length + 1)))
    default:
      return withExtremeVarint(random, bytes, at)
  }
}

/** What may be a varint at `at`, or a byte of one, is replaced. */
function withExtremeVarint(random: Random, bytes: Uint8Array, at: number): Uint8Array {
  let end = at
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x80) end++
  return replaced(bytes, at, Math.min(end + 1, bytes.length), pick(random, EXTREME_VARINTS))
}

function replaced(bytes: Uint8Array, from: number, to: number, instead: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(bytes.length - (to - from) + instead.length)
  result.set(bytes.subarray(0, from))
  result.set(instead, from)
  result.set(bytes.subarray(to), from + instead.length)
  return result
}
