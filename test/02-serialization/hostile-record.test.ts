import { expect, test } from 'vitest'
import { crc32c } from '#serialization/checksum'
import { PAYLOAD_BYTES_MAX } from '#serialization/record'
import { fileOf, filled, headerOf, joined, told } from './log-file.ts'

test('a record that is longer than any that is written is corrupt, even if all of it is there with the right sums', () => {
  const payload = new Uint8Array(PAYLOAD_BYTES_MAX + 1).fill(1)
  const first = fileOf(filled(2))
  const file = joined(first, headerOf(payload.length, crc32c(payload)), payload)
  expect(told(file), 'encodeRecord would have refused the second one').toBe(`1 records, corrupt at ${first.length}`)
})
