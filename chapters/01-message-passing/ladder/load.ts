/** Clients of a broadcast: they give it values at a steady rate, and measure how long each takes to be known everywhere. */
import type { Simulation } from '#message-passing/simulation'
import { broadcast, type Gossip } from './broadcast.ts'

/** How much there is to do, and how long hosts gather values before they pass them on. */
export interface Load {
  readonly valuesPerSecond: number
  readonly durationMs: number
  readonly batchMs: number
}

/** How a broadcast has gone so far. */
export interface Spread {
  readonly given: number
  /** How long each value took that is known everywhere by now, the shortest time first. */
  latenciesMs(): readonly number[]
}

/** Adds a broadcast, and clients that give its values to random hosts. */
export function broadcastUnderLoad(
  simulation: Simulation<Gossip>,
  hosts: readonly string[],
  { valuesPerSecond, durationMs, batchMs }: Load,
): Spread {
  const everyMs = 1_000 / valuesPerSecond
  const random = simulation.random.fork('clients')
  const count = Math.floor(durationMs / everyMs)
  const givenAtMs = Array.from({ length: count }, (_, value) => (value + random.uniform()) * everyMs)
  const knownTo = givenAtMs.map(() => 0)
  const latenciesMs: number[] = []
  const give = broadcast(simulation, hosts, batchMs, (_host, value) => {
    knownTo[value] = (knownTo[value] ?? 0) + 1
    if (knownTo[value] === hosts.length) latenciesMs.push(simulation.nowMs - (givenAtMs[value] ?? 0))
  })
  for (const [value, atMs] of givenAtMs.entries()) {
    const host = hosts[random.integer(0, hosts.length)] ?? ''
    simulation.at(atMs, () => give(host, value))
  }
  return { given: count, latenciesMs: () => latenciesMs.toSorted((left, right) => left - right) }
}

/** The value in the middle of a sorted list. */
export function medianOf(sorted: readonly number[]): number {
  return sorted[sorted.length >> 1] ?? Number.NaN
}
