import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import type { LogEnd } from '#serialization/record'
import { runBatch } from '../fuzz/02-serialization/batch.ts'
import type { Codecs } from '../fuzz/02-serialization/judge.ts'
import { FIXED_SCHEMAS } from '../fuzz/02-serialization/schemas.ts'
import { type Campaign, reportOf } from '../fuzz/report.ts'
import { addTally, newTally, type Tally, type Violation } from '../fuzz/tally.ts'

/** So many of each batch: of two rounds through the schemas that are fixed, with a random one after each. */
const BATCHES = 2 * FIXED_SCHEMAS.length
const INPUTS_OF_EACH = 1_430

describe('a slice of the fuzz campaign', () => {
  test('no decoder throws, accepts what it must not, or points beside the input, whatever the bytes', {
    timeout: 60_000, // far more than it takes, for a machine that is busy
  }, () => {
    const seed = inject('seed') ?? Math.floor(Math.random() * 2 ** 32)
    const tally = newTally()
    for (let number = 0; number < BATCHES; number++) runBatch(seed, number, tally, { last: INPUTS_OF_EACH - 1 })
    expect(tally.inputs).toBe(BATCHES * INPUTS_OF_EACH)
    const [first] = tally.violations
    const rule = 'a decoder broke a rule; the command after "again" makes the same bytes and judges them'
    expect(first === undefined ? 'none' : JSON.stringify(first, undefined, 2), rule).toBe('none')
  })

  test('is the same for the same seed, and adds up from parts', () => {
    const [whole, first, second] = [newTally(), newTally(), newTally()]
    for (const tally of [whole, first]) runBatch(7, 3, tally, { last: 300 })
    for (const tally of [whole, second]) runBatch(7, 4, tally, { last: 300 })
    addTally(second, first)
    expect(withoutTimes(second), 'the inputs depend on the seed alone').toEqual(withoutTimes(whole))
  })
})

function withoutTimes({ inputs, bytes, counts, expected, compared, violationCount }: Tally): object {
  return { inputs, bytes, counts, expected, compared, violationCount }
}

const broken: readonly (readonly [string, string, (codecs: Codecs) => Codecs])[] = [
  ['throws', 'it threw', ({ json, ...rest }) => ({ ...rest, json: { ...json, decode: () => fail() } })],
  [
    'accepts everything',
    'the value is outside the schema',
    ({ protobuf, ...rest }) => ({
      ...rest,
      protobuf: protobuf && { ...protobuf, decode: () => ({ ok: true, value: null }) },
    }),
  ],
  [
    'passes over what is left at the end',
    'the value’s one form is another',
    (codecs) => withCompact(codecs, decodeBeginning),
  ],
  [
    'points behind the input',
    'the offset',
    (codecs) => withCompact(codecs, (bytes, decode) => withError(decode(bytes), { offset: bytes.length + 1 })),
  ],
  ['points a byte too far', 'it points behind what is wrong', (codecs) => pointingBeside(codecs, 1)],
  ['points a byte too early', 'it points into ', (codecs) => pointingBeside(codecs, -1)],
  [
    'forgets a field that it doesn’t know',
    'a field that it doesn’t know is lost',
    ({ protobuf, ...rest }) => ({
      ...rest,
      protobuf: protobuf && { ...protobuf, decode: (bytes, onSpan) => withoutSymbols(protobuf.decode(bytes, onSpan)) },
    }),
  ],
  [
    'names a part that there isn’t',
    'the path',
    (codecs) => withCompact(codecs, (bytes, decode) => withError(decode(bytes), { path: 'kind[0]' })),
  ],
  [
    'writes to its input',
    'it wrote to its input',
    (codecs) => withCompact(codecs, (bytes, decode) => decode(bytes.fill(0, 0, 1))),
  ],
  [
    'hands out views of its input',
    'without it, the outcome is a value',
    (codecs) => ({ ...codecs, compiled: codecs.views }),
  ],
  [
    'loses unknown fields on the way back',
    'encoded again, it is another value',
    ({ protobuf, ...rest }) => ({
      ...rest,
      protobuf: protobuf && { ...protobuf, encode: (value) => protobuf.encode(structuredClone(value)) },
    }),
  ],
  [
    'never refuses, and gives the last value that it had',
    'another implementation, ',
    ({ protobuf, ...rest }) => ({
      ...rest,
      protobuf: protobuf && { ...protobuf, decode: neverRefusing(protobuf.decode) },
    }),
  ],
  [
    'refuses what others read, for no reason that has a name',
    'another implementation, ',
    ({ protobuf, ...rest }) => ({
      ...rest,
      protobuf: protobuf && { ...protobuf, decode: (bytes) => (bytes.length > 9 ? TOO_LONG : protobuf.decode(bytes)) },
    }),
  ],
  [
    'says torn of what is corrupt',
    'the log was changed in a record, so it must be ',
    (codecs) => withEnd(codecs, (end) => (end.kind === 'corrupt' ? { ...end, kind: 'torn' } : end)),
  ],
  [
    'says corrupt of what is torn',
    'the log was hit by a crash, so it must be ',
    (codecs) => withEnd(codecs, (end) => (end.kind === 'torn' ? { ...end, kind: 'corrupt' } : end)),
  ],
  [
    'doesn’t look for a record behind an empty sector',
    'the log was left without a sector, so it must be ',
    (codecs) => withEnd(codecs, (end) => (isProvedByNext(end) ? { ...end, kind: 'torn' } : end)),
  ],
  [
    'takes a comma for a space',
    'JSON.parse refuses it',
    ({ json, ...rest }) => ({ ...rest, json: { ...json, decode: (bytes) => json.decode(lenient(bytes)) } }),
  ],
]

describe('the fuzzer notices a decoder that', () => {
  test.each(broken)('%s', (_, rule, brokenCodecs) => {
    const tally = newTally()
    let found = ''
    const isEnough = (violation: Violation) => {
      if (violation.rule.startsWith(rule)) found = violation.rule
      return found !== ''
    }
    for (let number = 2; number < 6 && found === ''; number++)
      runBatch(1, number, tally, { broken: brokenCodecs, isEnough })
    const rules = tally.violations.map((violation) => violation.rule)
    expect(found, `"${rule}" is not among\n${rules.join('\n')}`).not.toBe('')
  })
})

function fail(): never {
  throw new RangeError('Invalid typed array length: 4294967295')
}

type Decode = Codecs['compact']['decode']

function withCompact(codecs: Codecs, decode: (bytes: Uint8Array, decode: Decode) => ReturnType<Decode>): Codecs {
  const { compact } = codecs
  return { ...codecs, compact: { ...compact, decode: (bytes) => decode(bytes, compact.decode) } }
}

function withError(result: ReturnType<Decode>, error: { readonly path?: string; readonly offset?: number }) {
  return result.ok ? result : { ok: false as const, error: { ...result.error, ...error } }
}

function pointingBeside({ compact, ...rest }: Codecs, by: number): Codecs {
  const decode: Decode = (bytes, onSpan) => {
    const result = compact.decode(bytes, onSpan)
    if (result.ok) return result
    return withError(result, { offset: Math.min(Math.max(0, result.error.offset + by), bytes.length) })
  }
  return { ...rest, compact: { ...compact, decode } }
}

/** Without unknown fields, which are kept under symbols. */
function withoutSymbols(result: ReturnType<Decode>): ReturnType<Decode> {
  return result.ok ? { ok: true, value: structuredClone(result.value) } : result
}

function neverRefusing(decode: Decode): Decode {
  let last: ReturnType<Decode> | undefined
  return (bytes) => {
    const result = decode(bytes)
    if (result.ok) last = result
    return last ?? result
  }
}

const TOO_LONG: ReturnType<Decode> = {
  ok: false,
  error: { path: '', offset: 0, expected: 'a short message', found: 'a long one' },
}

function withEnd({ readRecords, ...rest }: Codecs, endOf: (end: LogEnd) => LogEnd): Codecs {
  return {
    ...rest,
    readRecords(file) {
      const { records, end } = readRecords(file)
      return { records, end: endOf(end) }
    },
  }
}

/** By the words of the reference. */
function isProvedByNext(end: LogEnd): end is LogEnd & { readonly kind: 'corrupt' } {
  return end.kind === 'corrupt' && end.reason.includes('another record begins behind it')
}

function decodeBeginning(bytes: Uint8Array, decode: Decode): ReturnType<Decode> {
  const result = decode(bytes)
  if (result.ok || result.error.expected !== 'the end') return result
  return decode(bytes.slice(0, result.error.offset))
}

/** What ends in `,}` would be JSON without the comma. */
function lenient(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (byte === 0x2c && bytes[index + 1] === 0x7d ? 0x20 : byte))
}

test('the page shows the figures that the campaign saved', async () => {
  const file = join(import.meta.dirname, '../fuzz/results/02-serialization.json')
  const campaign = JSON.parse(readFileSync(file, 'utf8')) as Campaign // `npm run fuzz 2 -- --save` writes it
  await expect(`${reportOf(campaign)}\n`).toMatchFileSnapshot('golden/fuzz-campaign.txt')
})
