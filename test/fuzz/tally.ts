/** What became of the inputs of a campaign. Plain values: a tally travels from one process to another, and into a file. */

/** How an input was made. */
export type Kind = 'random' | 'mutated' | 'made'

export const KINDS: readonly Kind[] = ['random', 'mutated', 'made']

export interface Count {
  accepted: number
  refused: number
}

/** An input for which a decoder broke a rule. */
export interface Violation {
  readonly decoder: string
  /** Which rule, and how. */
  readonly rule: string
  readonly schema: string
  readonly hex: string
  /** Makes and judges this input again. */
  readonly command: string
}

export interface Slowest {
  ms: number
  bytes: number
}

export interface Tally {
  inputs: number
  bytes: number
  readonly counts: Record<string, Record<Kind, Count>>
  /** How often each decoder said that it had expected what. */
  readonly expected: Record<string, Record<string, number>>
  /** What results were held against from elsewhere, and how often with which outcome. */
  readonly compared: Record<string, Record<string, number>>
  readonly slowest: Record<string, Slowest>
  violationCount: number
  /** The first of them. */
  readonly violations: Violation[]
}

/** More are counted, and not kept. */
export const VIOLATIONS_MAX = 20

export function newTally(): Tally {
  return { inputs: 0, bytes: 0, counts: {}, expected: {}, compared: {}, slowest: {}, violationCount: 0, violations: [] }
}

export function countOf(tally: Tally, decoder: string, kind: Kind): Count {
  let counts = tally.counts[decoder]
  if (counts === undefined) {
    counts = { random: noCount(), mutated: noCount(), made: noCount() }
    tally.counts[decoder] = counts
  }
  return counts[kind]
}

export function countExpected(tally: Tally, decoder: string, expected: string): void {
  addTimes(tally.expected, decoder, expected, 1)
}

export function countCompared(tally: Tally, what: string, outcome: string): void {
  addTimes(tally.compared, what, outcome, 1)
}

export function noteViolation(tally: Tally, violation: Violation): void {
  tally.violationCount++
  if (tally.violations.length < VIOLATIONS_MAX) tally.violations.push(violation)
}

export function noteSlow(tally: Tally, decoder: string, { ms, bytes }: Slowest): void {
  if (ms > (tally.slowest[decoder]?.ms ?? 0)) tally.slowest[decoder] = { ms, bytes }
}

/** Adds `other` to `tally`. */
export function addTally(tally: Tally, other: Tally): void {
  tally.inputs += other.inputs
  tally.bytes += other.bytes
  for (const decoder of Object.keys(other.counts)) {
    for (const kind of KINDS) {
      const [total, { accepted, refused }] = [countOf(tally, decoder, kind), countOf(other, decoder, kind)]
      total.accepted += accepted
      total.refused += refused
    }
  }
  addAllTimes(tally.expected, other.expected)
  addAllTimes(tally.compared, other.compared)
  for (const [decoder, slowest] of Object.entries(other.slowest)) noteSlow(tally, decoder, slowest)
  for (const violation of other.violations) noteViolation(tally, violation)
  tally.violationCount += other.violationCount - other.violations.length
}

type Times = Record<string, Record<string, number>>

function addAllTimes(to: Times, from: Readonly<Times>): void {
  for (const [of, counts] of Object.entries(from)) {
    for (const [what, times] of Object.entries(counts)) addTimes(to, of, what, times)
  }
}

function addTimes(to: Times, of: string, what: string, times: number): void {
  const counts = to[of] ?? {}
  to[of] = counts
  counts[what] = (counts[what] ?? 0) + times
}

function noCount(): Count {
  return { accepted: 0, refused: 0 }
}
