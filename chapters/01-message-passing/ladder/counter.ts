/**
 * A counter that only grows: every host counts what its own clients add, and
 * the sum over all hosts is the value. Hosts tell each other their counts, and
 * of two counts of one host the larger is the later. So it does not matter how
 * often a message comes, in which order, or whether it comes at all, as long as
 * some do.
 *
 * The first of the replicated types without conflicts (Shapiro and others,
 * "Conflict-free Replicated Data Types", 2011). Chapter 9 has more of them.
 */
import type { Simulation } from '#message-passing/simulation'

/** What a host has heard of each host's count. */
export type Counts = Readonly<Record<string, number>>

const TELL_EVERY_MS = 100

/** The counter, as a client of one of the hosts sees it. */
export interface Counter {
  add(host: string, count: number): void
  read(host: string): number
}

/** Each host keeps its counts where a crash can't reach them, on its disk, so to speak. */
export function counter(simulation: Simulation<Counts>, hosts: readonly string[]): Counter {
  const stored = new Map(hosts.map((name) => [name, new Map<string, number>()]))
  const countsOf = (name: string) => stored.get(name) ?? new Map<string, number>()

  for (const name of hosts) {
    const others = hosts.filter((other) => other !== name)
    simulation.host(name, (host) => {
      const counts = countsOf(name)
      host.onMessage((_from, told) => {
        for (const [other, count] of Object.entries(told)) counts.set(other, Math.max(count, counts.get(other) ?? 0))
      })
      const tell = () => {
        for (const other of others) host.send(other, Object.fromEntries(counts))
        host.clock.schedule(TELL_EVERY_MS, tell)
      }
      tell()
    })
  }
  return {
    add: (name, count) => void countsOf(name).set(name, (countsOf(name).get(name) ?? 0) + count),
    read: (name) => [...countsOf(name).values()].reduce((sum, count) => sum + count, 0),
  }
}
