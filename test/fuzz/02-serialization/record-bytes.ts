/** Log files: records with the right sums, and among them some with wrong ones, lengths that lie, and zeros. */
import type { Random } from '#message-passing/random'
import { crc32c } from '#serialization/checksum'
import { encodeRecord, HEADER_BYTES } from '#serialization/record'
import { joined } from '../../02-serialization/log-file.ts'
import { drawBytes, pick } from '../draw.ts'

export function drawLog(random: Random): Uint8Array {
  const parts: Uint8Array[] = []
  for (let count = random.integer(0, 5); count > 0; count--) parts.push(encodeRecord(drawPayload(random)))
  if (random.chance(0.3)) parts.push(lyingRecord(random))
  if (random.chance(0.2)) parts.push(new Uint8Array(random.integer(0, 700)))
  if (random.chance(0.2)) parts.push(encodeRecord(drawPayload(random)))
  return joined(...parts)
}

export function drawPayload(random: Random): Uint8Array {
  return drawBytes(random, random.integer(0, random.chance(0.03) ? 1_200 : 30))
}

/** A header with the right sum that names a length, or a payload's sum, that isn't so. */
function lyingRecord(random: Random): Uint8Array {
  const record = encodeRecord(drawPayload(random))
  const view = new DataView(record.buffer)
  if (random.chance(0.5)) view.setUint32(0, pick(random, [0, 1, 40, 2 ** 23, 2 ** 23 + 1, 2 ** 32 - 1]), true)
  else view.setUint32(4, random.integer(0, 2 ** 32), true)
  view.setUint32(8, crc32c(record.subarray(0, 8)), true)
  return random.chance(0.3) ? record.subarray(0, random.integer(0, HEADER_BYTES)) : record
}
