import { sleep } from '#message-passing/clock'
import type { Simulation } from '#message-passing/simulation'

/** A server lends a lock for 300 ms. The clients need it for 100 ms each time, which leaves plenty of room. */
export function leasedLock(simulation: Simulation<string>, [server = 'a', ...clients]: readonly string[]): void {
  const holders = new Set<string>()
  simulation.rules.never('no two clients hold the lock at once', () => {
    const up = [...holders].filter((client) => simulation.isUp(client))
    return up.length > 1 && `${up.join(' and ')} both hold it`
  })

  simulation.host(server, (host) => {
    const line: string[] = []
    let holder: string | undefined
    let cancelLease = () => {}

    function lendToNext(): void {
      cancelLease()
      holder = line.shift()
      if (holder === undefined) return
      host.send(holder, 'yours')
      cancelLease = host.clock.schedule(300, lendToNext)
    }

    host.onMessage((from, message) => {
      if (message === 'lock?') line.push(from)
      if (holder === undefined || (message === 'done' && from === holder)) lendToNext()
    })
  })

  for (const client of clients) {
    simulation.host(client, async (host) => {
      holders.delete(client)
      for (;;) {
        await sleep(host.clock, host.random.integer(50, 200))
        host.send(server, 'lock?')
        await host.inbox.receive()
        holders.add(client)
        await sleep(host.clock, 100) // what it does under the lock
        holders.delete(client)
        host.send(server, 'done')
      }
    })
  }
}
