import { expect, test } from 'vitest'
import { crc32c } from '#serialization/checksum'
import { HEADER_BYTES, PAYLOAD_BYTES_MAX, readRecords } from '#serialization/record'
import { fileOf, filled, joined } from './log-file.ts'

test('a record that is longer than any that is written is corrupt, even if all of it is there with the right sums', () => {
  const payload = new Uint8Array(PAYLOAD_BYTES_MAX + 1).fill(1)
  const header = new DataView(new ArrayBuffer(HEADER_BYTES))
  header.setUint32(0, payload.length, true)
  header.setUint32(4, crc32c(payload), true)
  header.setUint32(8, crc32c(new Uint8Array(header.buffer, 0, 8)), true)
  const first = fileOf(filled(2))
  const { records, end } = readRecords(joined(first, new Uint8Array(header.buffer), payload))
  expect(records.length, 'encodeRecord would have refused the second one').toBe(1)
  expect(`${end.kind} at ${end.offset}`).toBe(`corrupt at ${first.length}`)
})
