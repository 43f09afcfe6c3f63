/**
 * Our CRC-32C beside the CRC-32 that Node has in native code, in zlib. The two
 * divide by different numbers and so have different sums; the work is the same.
 */
import { crc32 } from 'node:zlib'
import { Random } from '#message-passing/random'
import { crc32c } from '#serialization/checksum'
import { type Case, cpuMicros } from '../measure.ts'

const OURS = 'crc32c'
const ZLIB = 'node:zlib crc32 (native; the IEEE polynomial)'

/** Bytes that are summed up in one pass: few enough to stay in the processor's cache. */
const PASS_LENGTH = 2 ** 18
const MEASURED_MICROS_MIN = 500_000

/** Megabytes a second, in buffers of `length` bytes. */
export function checksumCases(length: number): readonly Case[] {
  return [
    { name: OURS, measure: async () => rate(length, crc32c, 0xe3069283) },
    { name: ZLIB, measure: async () => rate(length, crc32, 0xcbf43926) },
  ]
}

type Checksum = (bytes: Uint8Array) => number

/** `check` is the sum of the digits 1 to 9, by which such sums are told apart in catalogues. */
function rate(length: number, checksum: Checksum, check: number): number {
  const sum = checksum(Buffer.from('123456789'))
  if (sum !== check) throw new Error(`the checksum of 123456789 is ${sum}, not ${check}`)
  const buffers = randomBuffers(length)
  const expected = sumOfAll(buffers, checksum)
  for (let passes = 1; ; passes *= 2) {
    const start = process.cpuUsage()
    for (let n = 0; n < passes; n++) {
      if (sumOfAll(buffers, checksum) !== expected) throw new Error('the same bytes have another checksum now')
    }
    const micros = cpuMicros(start)
    if (micros >= MEASURED_MICROS_MIN) return (passes * buffers.length * length) / micros
  }
}

function sumOfAll(buffers: readonly Uint8Array[], checksum: Checksum): number {
  let sum = 0
  for (const bytes of buffers) sum += checksum(bytes)
  return sum
}

function randomBuffers(length: number): readonly Uint8Array[] {
  const random = new Random(3)
  const all = Uint8Array.from({ length: PASS_LENGTH }, () => random.integer(0, 256))
  return Array.from({ length: PASS_LENGTH / length }, (_, index) => all.subarray(index * length, (index + 1) * length))
}
