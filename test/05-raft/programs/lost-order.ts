import { constant } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

type Note = { readonly kind: 'order' | 'copy' | 'confirmed' | 'list'; readonly text: string }

/** A primary confirms an order, and hands a copy to its backup. When the primary is gone, the backup takes over. */
export async function lostOrder({ print }: Program): Promise<void> {
  const world = new Simulation<Note>({ seed: 1, link: { latencyMs: constant(5) } })
  for (const name of ['primary', 'backup']) {
    const orders: string[] = []
    world.host(name, (host) => {
      host.onMessage((from, { kind, text }) => {
        if (kind === 'list') return host.send(from, { kind: 'list', text: orders.join(', ') || 'no orders' })
        orders.push(text)
        if (kind === 'copy') return
        host.send(from, { kind: 'confirmed', text })
        host.send('backup', { kind: 'copy', text })
      })
    })
  }
  world.host('client', (host) => {
    host.onMessage((from, { kind, text }) => print(`${host.clock.now()} ms  ${from}: ${kind} ${text}`))
    host.send('primary', { kind: 'order', text: 'two tickets' })
    host.clock.schedule(20, () => host.send('primary', { kind: 'order', text: 'a programme' }))
    host.clock.schedule(60, () => host.send('backup', { kind: 'list', text: '' }))
  })
  world.at(22, () => world.network.partition(['primary'], ['backup']))
  world.at(40, () => world.crash('primary'))
  await world.run(100)
}
