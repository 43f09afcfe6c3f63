/**
 * The run behind the figure of faults: the client of the page counts to ten on a
 * server, and asks again when it has had no answer for a while. What the server
 * has counted is in a variable of its program, so a crash takes it.
 */
import { sleep } from '#message-passing/clock'
import { uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Trace, TraceEvent } from '#message-passing/trace'
import { type Action, COUNT_TO, type FaultsSetup, type Input, PATIENCE_MS } from './setups.ts'

export const FAULT_HOSTS = ['client', 'server'] as const

export function countToTen(
  { seed, loss }: FaultsSetup,
  inputs: readonly Input[],
  trace: Trace,
): Simulation<'increment' | 'done'> {
  const simulation = new Simulation<'increment' | 'done'>({ seed, trace, link: { latencyMs: uniform(5, 20), loss } })

  simulation.host('client', async (host) => {
    for (let told = 0; told < COUNT_TO; ) {
      let isDone = false
      host.onMessage(() => {
        if (!isDone) host.state({ told: ++told })
        isDone = true
      })
      while (!isDone) {
        host.send('server', 'increment')
        await sleep(host.clock, PATIENCE_MS)
      }
    }
  })

  simulation.host('server', (host) => {
    let counted = 0
    host.onMessage((from) => {
      host.state({ counted: ++counted })
      host.send(from, 'done')
    })
  })

  for (const { atMs, action } of inputs) simulation.at(atMs, () => direct(simulation, action))
  return simulation
}

/** What doesn't make sense any more, such as the crash of a host that is down, is left out. */
function direct(simulation: Simulation<'increment' | 'done'>, action: Action): void {
  const { network } = simulation
  switch (action.kind) {
    case 'crash':
      return simulation.isUp(action.host) ? simulation.crash(action.host) : undefined
    case 'restart':
      return simulation.isUp(action.host) ? undefined : simulation.restart(action.host)
    case 'pause':
      return simulation.pause(action.host)
    case 'resume':
      return simulation.resume(action.host)
    case 'cut':
      return network.partitionOneWay([action.from], [action.to])
    case 'repair':
      return network.repairOneWay([action.from], [action.to])
    case 'hold':
      return network.hold(action.from, action.to)
    case 'release':
      return network.release(action.from, action.to)
  }
}

/** How far the two have counted, and what they are up to, at one moment. */
export interface Standing {
  readonly told: number
  readonly counted: number
  readonly clientUp: boolean
  readonly serverUp: boolean
  readonly serverPaused: boolean
  /** Of the links, by *from to*: whether it is cut, and whether it is on hold. */
  readonly cut: ReadonlySet<string>
  readonly held: ReadonlySet<string>
}

export function standingAt(events: readonly TraceEvent[], nowMs: number): Standing {
  const standing = { told: 0, counted: 0, clientUp: true, serverUp: true, serverPaused: false }
  const cut = new Set<string>()
  const held = new Set<string>()
  for (const event of events) {
    if (event.atMs > nowMs) break
    if (event.kind === 'state') Object.assign(standing, event.state)
    if (event.kind === 'crash' || event.kind === 'restart') {
      const isUp = event.kind === 'restart'
      Object.assign(standing, event.host === 'server' ? { serverUp: isUp } : { clientUp: isUp })
      if (!isUp) Object.assign(standing, event.host === 'server' ? { counted: 0, serverPaused: false } : { told: 0 })
    }
    if (event.kind === 'pause' || event.kind === 'resume') standing.serverPaused = event.kind === 'pause'
    if (event.kind === 'cut') cut.add(`${event.host} ${event.to}`)
    if (event.kind === 'repair') cut.delete(`${event.host} ${event.to}`)
    if (event.kind === 'hold') held.add(`${event.host} ${event.to}`)
    if (event.kind === 'release') held.delete(`${event.host} ${event.to}`)
  }
  return { ...standing, cut, held }
}
