/**
 * The run behind the figure of logical clocks: Ada writes a note, Grace corrects
 * it, and Alan may see the two in either order. Each message is given its
 * latency by name, so that the reader can set the moment of each arrival.
 */
import { constant } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import type { Trace, TraceEvent } from '#message-passing/trace'
import type { ClocksSetup } from './setups.ts'

export const CLOCK_HOSTS = ['ada', 'grace', 'alan'] as const

/** By how much the clocks on their walls are wrong. */
export const JUMP_MS: Readonly<Record<string, number>> = { ada: 60, grace: 0, alan: -15 }

const LATENCY_MS_MIN = 4

/** How long the messages travel before the reader has moved any. */
export const OPENING: ClocksSetup = {
  show: 'clocks',
  latencyMs: {
    'note, ada to grace': 34,
    'note, ada to alan': 46,
    'lunch?, alan to ada': 36,
    'fix, grace to alan': 40,
    'fix, grace to ada': 26,
    'yes, ada to alan': 32,
  },
}

/** What tells a message of this run from the others: *note, ada to grace*. */
export function nameOf(event: TraceEvent & { readonly kind: 'send' | 'receive' }): string {
  const [from, to] = event.kind === 'send' ? [event.host, event.to] : [event.from, event.host]
  return `${String(event.message)}, ${from} to ${to}`
}

export function noteAndFix({ latencyMs }: ClocksSetup, trace: Trace): Simulation<string> {
  const simulation = new Simulation<string>({ seed: 1, trace })

  function post(host: Host<string>, to: string, message: string): void {
    const ms = latencyMs[`${message}, ${host.name} to ${to}`] ?? LATENCY_MS_MIN
    simulation.network.link(host.name, to).change({ latencyMs: constant(Math.max(LATENCY_MS_MIN, ms)) })
    host.send(to, message)
  }

  simulation.host('ada', (host) => {
    host.clock.schedule(20, () => post(host, 'grace', 'note'))
    host.clock.schedule(38, () => post(host, 'alan', 'note'))
    host.clock.schedule(150, () => post(host, 'alan', 'yes'))
    host.onMessage(() => {})
  })
  simulation.host('grace', (host) => {
    host.clock.schedule(18, () => host.note('makes tea'))
    host.onMessage((_, message) => {
      if (message !== 'note') return
      host.clock.schedule(24, () => post(host, 'alan', 'fix'))
      host.clock.schedule(44, () => post(host, 'ada', 'fix'))
    })
  })
  simulation.host('alan', (host) => {
    host.clock.schedule(46, () => post(host, 'ada', 'lunch?'))
    host.clock.schedule(206, () => host.note('goes out'))
    host.onMessage(() => {})
  })
  for (const [host, byMs] of Object.entries(JUMP_MS)) {
    if (byMs !== 0) simulation.jump(host, byMs)
  }
  return simulation
}

/** From when to when a message may arrive: after its sending, and while there is still something to see. */
export function arrivalRange(sentMs: number, endMs: number): { readonly leastMs: number; readonly mostMs: number } {
  return { leastMs: Math.ceil(sentMs) + LATENCY_MS_MIN, mostMs: endMs - LATENCY_MS_MIN }
}
