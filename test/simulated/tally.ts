/**
 * What the runs of a check came to, for whoever adds up a campaign. A second run
 * of the same seed, and those that make a failure smaller, are not counted.
 */
import type { Scenario } from '#message-passing/scenario'
import type { Simulation } from '#message-passing/simulation'
import { Trace, type TraceEvent } from '#message-passing/trace'

export interface Tally {
  seeds: number
  simulatedMs: number
  events: number
  /** How often what befell anybody: a crash, a link that was cut, a message that was lost. */
  readonly faults: Record<string, number>
}

export function newTally(): Tally {
  return { seeds: 0, simulatedMs: 0, events: 0, faults: {} }
}

export function addTally(sum: Tally, { seeds, simulatedMs, events, faults }: Tally): void {
  sum.seeds += seeds
  sum.simulatedMs += simulatedMs
  sum.events += events
  for (const [kind, times] of Object.entries(faults)) count(sum, kind, times)
}

/** Counts one run, whose trace was a `CountingTrace`. */
export function tallyRun<M>(
  tally: Tally,
  { nowMs, happened }: Simulation<M>,
  scenario: Scenario,
  faults: Faults,
): void {
  tally.seeds += 1
  tally.simulatedMs += nowMs
  tally.events += happened
  for (const [kind, times] of Object.entries(faults)) count(tally, kind, times)
  for (const { kind } of scenario.faults) {
    if (kind === 'duplication' || kind === 'delay') count(tally, `spells of ${kind}`)
  }
}

type Faults = Readonly<Record<string, number>>

/** A trace that also counts what befalls the world, however much of it is overwritten. */
export class CountingTrace extends Trace {
  readonly faults: Record<string, number> = {}

  override record(event: TraceEvent): void {
    const kind = faultIn(event)
    if (kind !== undefined) this.faults[kind] = (this.faults[kind] ?? 0) + 1
    super.record(event)
  }
}

/** What an event means for somebody, in the plural; nothing when it is no hardship. */
function faultIn(event: TraceEvent): string | undefined {
  switch (event.kind) {
    case 'crash':
      return 'crashes'
    case 'cut':
      return 'links cut'
    case 'pause':
      return 'pauses'
    case 'lose':
      return event.why === 'lost' ? 'messages lost' : undefined // what meets a cut or a crash was counted there
    case 'drift':
      return event.rate === 1 ? undefined : 'drifting clocks'
    default:
      return undefined
  }
}

function count({ faults }: Tally, kind: string, times = 1): void {
  faults[kind] = (faults[kind] ?? 0) + times
}
