/**
 * Unique identifiers: every host hands out its own, and asks nobody. So no
 * partition can stop it, and no two hosts can agree by accident.
 *
 * What tells the starts of one host apart has to survive a crash. A count in a
 * variable begins again at 1 after each, and hands out the same numbers twice.
 */
import type { Simulation } from '#message-passing/simulation'

const EVERY_MS = 10
const PATIENCE_MS = 100

/** What clients have seen, from outside. */
export interface HandedOut {
  readonly ids: ReadonlySet<string>
}

/** Every host has a client of its own beside it, which asks for an identifier every 10 ms. */
export function uniqueIds(simulation: Simulation<string>, hosts: readonly string[]): HandedOut {
  const ids = new Set<string>()
  let doubled: string | undefined
  const stored = new Map<string, number>() // how often each host has started: on its disk, so to speak

  for (const name of hosts) {
    simulation.host(name, (host) => {
      const start = (stored.get(name) ?? 0) + 1
      stored.set(name, start)
      let count = 0
      host.onMessage((client) => {
        count += 1
        host.send(client, `${name}-${start}-${count}`)
      })
    })

    simulation.host(`client of ${name}`, (client) => {
      let lastAnswerMs = 0
      client.onMessage((_from, id) => {
        if (ids.has(id)) doubled = id
        ids.add(id)
        lastAnswerMs = client.clock.now()
      })
      const ask = () => {
        if (simulation.isUp(name)) client.send(name, 'id?')
        else lastAnswerMs = client.clock.now()
        client.clock.schedule(EVERY_MS, ask)
      }
      ask()
      simulation.rules.never(
        `${name} lets nobody wait while it is up`,
        () => client.clock.now() - lastAnswerMs > PATIENCE_MS,
      )
    })
  }
  simulation.rules.never('an identifier is handed out twice', () => doubled !== undefined && `${doubled} came again`)
  return { ids }
}
