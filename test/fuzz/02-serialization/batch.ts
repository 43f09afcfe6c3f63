/**
 * A batch: one schema, and a few thousand inputs for the decoders that are made
 * from it. It depends on the seed and its own number alone, so batches can run
 * in any process, and each of them again.
 */
import { Random } from '#message-passing/random'
import { asMessage } from '#serialization/protobuf-form'
import type { Schema } from '#serialization/schema'
import { schemaInWords } from '../../02-serialization/schema-in-words.ts'
import {
  countCompared,
  countExpected,
  countOf,
  type Kind,
  noteSlow,
  noteViolation,
  type Slowest,
  type Tally,
  type Violation,
} from '../tally.ts'
import { type Input, Inputs } from './inputs.ts'
import { Broken, type Codecs, codecsOf, hexOf, Judge, type Observe } from './judge.ts'
import { labelOf } from './labels.ts'
import { drawSchema, FIXED_SCHEMAS } from './schemas.ts'

/** How many inputs a batch has. Part of what a seed means. */
export const BATCH_SIZE = 5_000

/** How many of the inputs that a decoder took longest for are timed again: most of those were only interrupted. */
const SUSPECTS = 3

interface Suspect extends Slowest {
  readonly again: () => void
}

export interface BatchOptions {
  /** Ends the batch after this input: for one that is judged again. */
  readonly last?: number
  /** Called before the last input is judged, with its schema and its bytes. */
  readonly onInput?: (text: string) => void
  /** Replaces codecs, to see whether broken ones are found. */
  readonly broken?: (codecs: Codecs) => Codecs
  /** Ends the batch after this violation. */
  readonly isEnough?: (violation: Violation) => boolean
}

/** Runs a batch, and adds what happened to `tally`. */
export function runBatch(seed: number, number: number, tally: Tally, options: BatchOptions = {}): void {
  const random = new Random(seed).fork(`batch ${number}`)
  const schema = schemaOf(random, number)
  const isMessage = hasProtobufForm(schema)
  const made = codecsOf(schema, isMessage)
  const codecs = options.broken?.(made) ?? made
  const inputs = new Inputs(random, schema, codecs)
  const suspects = new Map<string, Suspect[]>()
  let kind: Kind = 'random'
  let length = 0
  const observe: Observe = (decoder, expected, ms, again) => {
    const count = countOf(tally, decoder, kind)
    if (expected === undefined) count.accepted++
    else count.refused++
    if (expected !== undefined) countExpected(tally, decoder, labelOf(expected))
    suspect(suspects, decoder, { ms, bytes: length, again })
  }
  const judge = new Judge(schema, codecs, observe, (what, outcome) => countCompared(tally, what, outcome))
  for (let index = 0; index <= (options.last ?? BATCH_SIZE - 1); index++) {
    const input = inputs.draw()
    kind = input.kind
    length = input.bytes.length
    tally.inputs++
    tally.bytes += length
    if (index === options.last) options.onInput?.(inWords(schema, input))
    const withSpans = random.chance(0.1)
    const peer = random.chance(0.5) ? 'protobufjs' : '@bufbuild/protobuf'
    try {
      if (input.format === 'records') judge.records(input.bytes, input.verdict)
      else if (input.format === 'protobuf') judge.protobuf(input.bytes, withSpans, peer)
      else judge[input.format](input.bytes, withSpans)
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      const command = `npm run fuzz 2 -- --seed ${seed} --only ${number * BATCH_SIZE + index}`
      const { decoder, message: rule } = error
      const violation = { decoder, rule, schema: schemaInWords(schema), hex: hexOf(input.bytes), command }
      noteViolation(tally, violation)
      if (options.isEnough?.(violation)) break
    }
  }
  for (const [decoder, each] of suspects) for (const one of each) noteSlow(tally, decoder, timedAgain(one))
}

function inWords(schema: Schema, { format, kind, bytes }: Input): string {
  return [`${format}, ${kind}`, `  schema  ${schemaInWords(schema)}`, `  input   ${hexOf(bytes)}`].join('\n')
}

function schemaOf(random: Random, number: number): Schema {
  const fixed = FIXED_SCHEMAS[(number / 2) % FIXED_SCHEMAS.length]
  return fixed ?? drawSchema(random, random.chance(0.7)) // an odd number has no half in the list
}

function hasProtobufForm(schema: Schema): boolean {
  try {
    asMessage(schema)
    return true
  } catch {
    return false
  }
}

function suspect(suspects: Map<string, Suspect[]>, decoder: string, one: Suspect): void {
  const slowest = suspects.get(decoder) ?? []
  if (slowest.length === SUSPECTS && (slowest[SUSPECTS - 1]?.ms ?? 0) >= one.ms) return
  slowest.push(one)
  slowest.sort((left, right) => right.ms - left.ms)
  slowest.length = Math.min(slowest.length, SUSPECTS)
  suspects.set(decoder, slowest)
}

/** The shortest of five times: what the decoder needs, and not what the machine did meanwhile. */
function timedAgain({ bytes, again }: Suspect): Slowest {
  let ms = Infinity
  for (let time = 0; time < 5; time++) {
    const start = performance.now()
    again()
    ms = Math.min(ms, performance.now() - start)
  }
  return { ms, bytes }
}
