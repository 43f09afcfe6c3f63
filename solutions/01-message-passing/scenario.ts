/**
 * A run as plain data: who takes part, for how long, and what befalls them.
 *
 * A seed becomes a scenario, and a scenario becomes stage directions. Between
 * the two it can be printed, kept in a file, and made smaller (`shrink`).
 *
 * Each run draws how many faults of each kind it has, often none. A run that
 * has some kinds and lacks others finds more than one with a little of
 * everything (Groce et al., "Swarm Testing", 2012).
 */
import { type Fault, type FaultKind, strike, targetOf } from '#message-passing/fault'
import { Random } from '#message-passing/random'
import type { Simulation } from '#message-passing/simulation'

/** Everything about a run but the programs in it. */
export interface Scenario {
  readonly seed: number
  readonly hosts: readonly string[]
  readonly durationMs: number
  /** By the moment at which they begin. */
  readonly faults: readonly Fault[]
}

/** What scenarios may be drawn. */
export interface ScenarioOptions {
  /** How many take part, or from how many to how many. */
  readonly hosts: number | readonly [least: number, most: number]
  readonly durationMs: number
  /** At most how many faults of each kind a run has. None, by default. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>
  /** How long the end of the run stays free of faults: a quarter of it, by default. */
  readonly calmMs?: number
}

/** How hard the faults are. */
const PROBABILITY_MAX = 0.5
const DELAY_MS_MAX = 500
const DRIFT_MAX = 0.1
const JUMP_MS_MAX = 10_000

/** A fault begins as soon as this: before, nothing has happened. */
const FAULT_AT_MS_MIN = 1

/** A fault that would overlap another on the same target is drawn again so many times. */
const DRAWS_MAX = 20

/** In the order in which they are drawn, which must not depend on how options are written down. */
const KINDS: readonly FaultKind[] = [
  'crash',
  'pause',
  'partition',
  'one-way partition',
  'hold',
  'loss',
  'duplication',
  'delay',
  'drift',
  'jump',
]

/** The scenario of a seed: the same one for the same options. Throws a `RangeError` when an option is out of range. */
export function planScenario(seed: number, options: ScenarioOptions): Scenario {
  const { durationMs, faults = {}, calmMs = durationMs / 4 } = options
  const random = new Random(seed).fork('scenario')
  const [least, most] = typeof options.hosts === 'number' ? [options.hosts, options.hosts] : options.hosts
  requireOptions(least, most, durationMs, calmMs)
  const hosts = Array.from({ length: random.integer(least, most + 1) }, (_, index) => hostName(index))
  const drawn: Fault[] = []
  for (const kind of KINDS) {
    const own = random.fork(kind) // so that one more kind among the options changes nothing about the others
    const count = own.integer(0, (faults[kind] ?? 0) + 1)
    for (let n = 0; n < count; n++) {
      const fault = drawFree(own, kind, hosts, durationMs - calmMs, drawn)
      if (fault !== undefined) drawn.push(fault)
    }
  }
  return { seed, hosts, durationMs, faults: drawn.sort((left, right) => left.atMs - right.atMs) }
}

/** Lets the scenario's faults happen in a world, each at its moment. */
export function stage<M>(simulation: Simulation<M>, { hosts, faults }: Scenario): void {
  for (const fault of faults) {
    simulation.at(fault.atMs, () => simulation.at(fault.untilMs, strike(simulation, hosts, fault)))
  }
}

/** a, b, … z, a2, b2, … */
function hostName(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26))
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`
}

/** A fault that overlaps no earlier one on the same target, or nothing when chance finds none. */
function drawFree(
  random: Random,
  kind: FaultKind,
  hosts: readonly string[],
  endMs: number,
  earlier: readonly Fault[],
): Fault | undefined {
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const fault = drawFault(random, kind, hosts, endMs)
    if (fault === undefined) return undefined
    const overlaps = (other: Fault) => fault.atMs <= other.untilMs && other.atMs <= fault.untilMs
    if (!earlier.some((other) => targetOf(other) === targetOf(fault) && overlaps(other))) return fault
  }
  return undefined
}

/** Faults of all lengths, from a sixty-fourth of the time to half of it: most are short. */
function drawFault(random: Random, kind: FaultKind, hosts: readonly string[], endMs: number): Fault | undefined {
  const lengthMs = Math.ceil(endMs / 2 ** (1 + 5 * random.uniform()))
  if (endMs - lengthMs <= FAULT_AT_MS_MIN) return undefined
  const atMs = random.integer(FAULT_AT_MS_MIN, Math.ceil(endMs - lengthMs))
  const span = { atMs, untilMs: atMs + lengthMs }
  const order = shuffled(random, hosts)
  const [host, other] = order
  if (host === undefined) return undefined
  switch (kind) {
    case 'crash':
    case 'pause':
      return { ...span, kind, host }
    case 'partition':
    case 'one-way partition': {
      if (hosts.length < 2) return undefined
      const size = random.integer(1, hosts.length)
      return { ...span, kind, some: order.slice(0, size).sort(), others: order.slice(size).sort() }
    }
    case 'hold':
      return other === undefined ? undefined : { ...span, kind, from: host, to: other }
    case 'loss':
    case 'duplication':
      return { ...span, kind, probability: random.integer(1, 100 * PROBABILITY_MAX + 1) / 100 }
    case 'delay':
      return { ...span, kind, byMsMax: random.integer(1, DELAY_MS_MAX + 1) }
    case 'drift':
      return { ...span, kind, host, rate: (100 + signed(random) * random.integer(1, 100 * DRIFT_MAX + 1)) / 100 }
    case 'jump':
      return { atMs, untilMs: atMs, kind, host, byMs: signed(random) * random.integer(1, JUMP_MS_MAX + 1) }
  }
}

function signed(random: Random): 1 | -1 {
  return random.chance(0.5) ? 1 : -1
}

/** All in a random order (Fisher and Yates). */
function shuffled(random: Random, names: readonly string[]): string[] {
  const order: string[] = []
  for (const [index, name] of names.entries()) order.splice(random.integer(0, index + 1), 0, name)
  return order
}

function requireOptions(least: number, most: number, durationMs: number, calmMs: number): void {
  if (!(Number.isInteger(least) && Number.isInteger(most) && least >= 1 && least <= most)) {
    throw new RangeError(`hosts are a whole number from 1 up, or two with least <= most, not ${least} and ${most}`)
  }
  if (!(durationMs > 0) || durationMs === Infinity) {
    throw new RangeError(`a run takes a finite number of milliseconds above 0, not ${durationMs}`)
  }
  if (!(calmMs >= 0 && calmMs <= durationMs)) {
    throw new RangeError(`the calm end of a run of ${durationMs} ms takes from 0 to ${durationMs} ms, not ${calmMs}`)
  }
}
