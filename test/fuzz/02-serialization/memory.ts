/**
 * Measures what decoding an input allocates, in a process whose young generation
 * is so large that nothing is collected meanwhile: so the sum counts everything,
 * also what was garbage at once, and no peak can be higher. `costsOf` starts it.
 */
import { costly, late } from './costly.ts'
import type { Example } from './example.ts'
import { lies } from './lies.ts'

/** What one input cost. */
export interface Cost {
  readonly name: string
  readonly decoder: string
  /** The input's length. */
  readonly length: number
  readonly accepted: boolean
  /** All that was allocated while it was decoded, in bytes. */
  readonly allocated: number
  /** What the outcome holds, in bytes. */
  readonly kept: number
}

/** The most that each of a few times took: now and then there is a new chunk for copies of the input. */
function costOf(example: Example): Cost {
  const { name, decoder, bytes, decode } = example
  for (let time = 0; time < 300; time++) decode(bytes.subarray(0, 1_000)) // code is compiled once, not for each input
  const times = bytes.length < 1_000 ? [averageOf(example)] : [measured(example), measured(example), measured(example)]
  const allocated = Math.max(...times.map((each) => each.allocated))
  const kept = Math.max(0, ...times.slice(-2).map((each) => each.kept))
  return { name, decoder, length: bytes.length, accepted: times.every((each) => each.accepted), allocated, kept }
}

/** For a short input, next to which the least thing that the machine does meanwhile would count. */
function averageOf({ name, decoder, bytes, decode }: Example): Pick<Cost, 'accepted' | 'allocated' | 'kept'> {
  const count = 200
  const all = () => Array.from({ length: count }, () => decode(bytes))
  const { allocated, kept } = measured({ name, decoder, bytes, decode: all })
  return { accepted: isAccepted(decode(bytes)), allocated: allocated / count, kept: kept / count }
}

function measured({ bytes, decode }: Example): Pick<Cost, 'accepted' | 'allocated' | 'kept'> {
  gc()
  const before = inUse()
  const outcome = decode(bytes)
  const allocated = inUse() - before
  gc()
  const kept = inUse() - before
  return { accepted: isAccepted(outcome), allocated, kept } // looks at the outcome, so it was not collected
}

function isAccepted(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'ok' in outcome && outcome.ok === true
}

function gc(): void {
  if (globalThis.gc === undefined) throw new Error('run it with --expose-gc')
  globalThis.gc()
}

function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

if (process.argv[1] === import.meta.filename) {
  const examples = { lies, late, costly }[process.argv[2] ?? '']
  if (examples === undefined) throw new Error('say what to measure: lies, late or costly')
  process.stdout.write(JSON.stringify(examples().map(costOf)))
}
