import { constant } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

type Note = { readonly kind: 'here' | 'order' | 'sold'; readonly seat: string }

const HERE: Note = { kind: 'here', seat: '' }

/** The server with the highest id of all that it can reach leads, and sells seats. */
export async function highestId({ print }: Program): Promise<void> {
  const world = new Simulation<Note>({ seed: 1, link: { latencyMs: constant(5) } })
  const servers = ['a', 'b', 'c']
  for (const id of servers) {
    world.host(id, (host) => {
      const heardAtMs = new Map<string, number>()
      const sold = new Set<string>()
      let leads = false
      const look = () => {
        for (const other of servers) if (other !== id) host.send(other, HERE)
        const isHere = (other: string) => host.clock.now() - (heardAtMs.get(other) ?? 0) < 150
        const isHighest = servers.every((other) => other <= id || !isHere(other))
        if (isHighest !== leads) print(`${host.clock.now()} ms  ${id} ${isHighest ? 'leads' : 'leads no more'}`)
        leads = isHighest
        host.clock.schedule(50, look)
      }
      host.onMessage((from, { kind, seat }) => {
        if (kind === 'here') heardAtMs.set(from, host.clock.now())
        if (kind === 'sold') sold.add(seat) // the leader has told us
        if (kind !== 'order' || !leads || sold.has(seat)) return
        sold.add(seat)
        for (const to of [...servers, from]) if (to !== id) host.send(to, { kind: 'sold', seat })
      })
      look()
    })
  }
  for (const [client, leader] of [
    ['ada', 'c'],
    ['grace', 'b'],
  ] as const) {
    world.host(client, (host) => {
      host.onMessage((from, { seat }) => print(`${host.clock.now()} ms  ${from} has sold ${seat} to ${client}`))
      host.clock.schedule(330, () => host.send(leader, { kind: 'order', seat: 'seat 12' }))
    })
  }
  world.at(120, () => world.network.partition(['a', 'b'], ['c']))
  world.at(420, () => world.network.repair())
  await world.run(500)
}
