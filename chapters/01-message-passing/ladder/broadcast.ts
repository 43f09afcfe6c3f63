/**
 * Broadcast: what one host learns is soon known to all. A fresh value goes along
 * a star, over the first host. What is lost on the way is repaired by gossip:
 * now and then each host tells all that it knows to another, chosen by lot.
 *
 * A host that waits for `batchMs` before it passes values on sends many in one
 * message: less traffic, for more delay.
 */
import type { Host } from '#message-passing/host'
import type { Simulation } from '#message-passing/simulation'

/** Values to pass on; or everything that the sender knows, with a wish for the rest. */
export type Gossip = { readonly kind: 'new' | 'all'; readonly values: readonly number[] }

const GOSSIP_EVERY_MS = 1_000

/** Adds the hosts. Calls `learned` when one learns a value, and answers how to give a value to one. */
export function broadcast(
  simulation: Simulation<Gossip>,
  hosts: readonly string[],
  batchMs: number,
  learned: (host: string, value: number) => void,
): (host: string, value: number) => void {
  const givers = new Map<string, (value: number) => void>()

  function program(host: Host<Gossip>): void {
    const neighbours = host.name === hosts[0] ? hosts.slice(1) : hosts.slice(0, 1)
    const others = hosts.filter((name) => name !== host.name)
    const known = new Set<number>()
    let fresh: { readonly value: number; readonly from: string }[] = []

    function learn(values: readonly number[], from: string): void {
      for (const value of values.filter((each) => !known.has(each))) {
        known.add(value)
        learned(host.name, value)
        if (fresh.push({ value, from }) === 1) host.clock.schedule(batchMs, passOn)
      }
    }
    function passOn(): void {
      for (const neighbour of neighbours) {
        const values = fresh.filter(({ from }) => from !== neighbour).map(({ value }) => value)
        if (values.length > 0) host.send(neighbour, { kind: 'new', values })
      }
      fresh = []
    }
    function gossip(): void {
      const other = others[host.random.integer(0, others.length)]
      if (other !== undefined) host.send(other, { kind: 'all', values: [...known] })
      host.clock.schedule(GOSSIP_EVERY_MS, gossip)
    }
    host.onMessage((from, { kind, values }) => {
      learn(values, from)
      const missing = kind === 'all' ? [...known].filter((value) => !values.includes(value)) : []
      if (missing.length > 0) host.send(from, { kind: 'new', values: missing })
    })
    host.clock.schedule(host.random.integer(0, GOSSIP_EVERY_MS), gossip)
    givers.set(host.name, (value) => learn([value], host.name))
  }

  for (const name of hosts) simulation.host(name, program)
  return (host, value) => givers.get(host)?.(value)
}
