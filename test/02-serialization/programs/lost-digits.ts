import { writeVarint64 } from '#serialization/varint'
import type { Program } from '../../program.ts'

/** Puts the groups of seven bits together again, the way most people write it first. */
function readShifted(bytes: Uint8Array): number {
  let value = 0
  for (const [index, byte] of bytes.entries()) value |= (byte & 0x7f) << (7 * index)
  return value
}

export async function lostDigits({ print }: Program): Promise<void> {
  const post = JSON.parse('{ "id": 10765432100123456789, "text": "hello" }')
  print(`JSON:  post 10765432100123456789 is read as ${post.id}`)
  for (const id of [300n, 2n ** 31n, 2n ** 35n, 10765432100123456789n]) {
    const bytes = new Uint8Array(10)
    const end = writeVarint64(bytes, 0, id)
    print(`bytes: post ${id} is read as ${readShifted(bytes.subarray(0, end))}`)
  }
}
