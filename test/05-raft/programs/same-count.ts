import { constant } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

type Note = { readonly kind: 'booking' | 'how many?' | 'so many'; readonly amount: number }

/** Two copies of an account. When one was out of reach, the primary asks how many bookings it has, and sends the rest. */
export async function sameCount({ print }: Program): Promise<void> {
  const world = new Simulation<Note>({ seed: 1, link: { latencyMs: constant(2) } })
  const copies: Readonly<Record<string, number[]>> = { b: [], c: [] }
  for (const [name, bookings] of Object.entries(copies)) {
    world.host(name, (host) => {
      host.onMessage((from, { kind, amount }) => {
        if (kind === 'booking') bookings.push(amount)
        else host.send(from, { kind: 'so many', amount: bookings.length })
      })
    })
  }
  world.host('primary', (host) => {
    const bookings: number[] = []
    host.onMessage((from, { amount: count }) => {
      for (const amount of bookings.slice(count)) host.send(from, { kind: 'booking', amount })
    })
    for (const [n, amount] of [50, 20, -10, 5].entries()) {
      host.clock.schedule(10 * n, () => {
        bookings.push(amount)
        for (const copy of ['b', 'c']) host.send(copy, { kind: 'booking', amount })
      })
    }
    host.clock.schedule(25, () => host.send('c', { kind: 'how many?', amount: 0 }))
  })
  world.at(5, () => world.network.partition(['primary'], ['c']))
  world.at(15, () => world.network.repair())
  await world.run(100)
  for (const [name, bookings] of Object.entries(copies)) {
    const balance = bookings.reduce((sum, amount) => sum + amount)
    print(`${name}: ${bookings.length} bookings, the last is ${bookings.at(-1)}, the balance is ${balance}`)
  }
}
