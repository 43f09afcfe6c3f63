/**
 * Our simulation under the traffic of a small cluster: every 10 ms one of five
 * hosts tells the others something, and each of them answers and sets its
 * timeout anew. Counted is what a host notices: a message, or a timer that rings.
 */
import { sleep } from '#message-passing/clock'
import { uniform } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'
import { type Case, cpuMicros } from './measure.ts'

export const HOSTS = ['a', 'b', 'c', 'd', 'e']
export const BEAT_MS = 10
export const TIMEOUT_MS = 150
export const EVENTS_A_BEAT = 1 + 2 * (HOSTS.length - 1)

export const PURE = 'Simulation: handlers'
export const PROMISED = 'Simulation: async functions'

/** Lets `beats` beats pass, and answers how many events hosts noticed. */
export type Run = (beats: number) => Promise<number> | number

type Message = 'append' | 'appended'

export function simulationCases(): readonly Case[] {
  return [
    eventCase(PURE, 200_000, (beats) => ours(beats, handlers)),
    eventCase(`${PURE}, with a trace of the last 100,000 events`, 50_000, (beats) =>
      ours(beats, handlers, new Trace()),
    ),
  ]
}

export function promisedCases(): readonly Case[] {
  return [eventCase(PROMISED, 30_000, (beats) => ours(beats, functions))]
}

/** Millions of events a second, after a warm-up with a quarter of them. Refuses a run in which some are missing. */
export function eventCase(name: string, beats: number, run: Run): Case {
  const verified = async (count: number) => {
    const events = await run(count)
    const expected = count * EVENTS_A_BEAT
    if (Math.abs(events - expected) > EVENTS_A_BEAT) throw new Error(`${name}: ${events} events instead of ${expected}`)
    return events
  }
  return {
    name,
    measure: async () => {
      await verified(beats / 4)
      const start = process.cpuUsage()
      return (await verified(beats)) / cpuMicros(start)
    },
  }
}

type Program = (host: Host<Message>, count: () => void) => void | Promise<void>

async function ours(beats: number, program: Program, trace?: Trace): Promise<number> {
  let events = 0
  const count = () => {
    events += 1
  }
  const simulation = new Simulation<Message>({
    seed: 1,
    link: { latencyMs: uniform(0.5, 2) },
    copy: (message) => message,
    ...(trace === undefined ? {} : { trace }),
  })
  for (const name of HOSTS) simulation.host(name, (host) => program(host, count))
  await simulation.run(beats * BEAT_MS)
  return events
}

function handlers(host: Host<Message>, count: () => void): void {
  if (host.name !== 'a') {
    let cancelTimeout = () => {}
    return host.onMessage((from) => {
      count()
      cancelTimeout()
      cancelTimeout = host.clock.schedule(TIMEOUT_MS, count)
      host.send(from, 'appended')
    })
  }
  host.onMessage(count)
  const beat = () => {
    count()
    for (const name of HOSTS) if (name !== 'a') host.send(name, 'append')
    host.clock.schedule(BEAT_MS, beat)
  }
  host.clock.schedule(BEAT_MS, beat)
}

async function functions(host: Host<Message>, count: () => void): Promise<void> {
  if (host.name === 'a') void receiveAll(host, count)
  for (;;) {
    if (host.name === 'a') {
      await sleep(host.clock, BEAT_MS)
      count()
      for (const name of HOSTS) if (name !== 'a') host.send(name, 'append')
    } else {
      const envelope = await host.inbox.receive()
      count()
      if (typeof envelope !== 'symbol') host.send(envelope.from, 'appended')
    }
  }
}

async function receiveAll(host: Host<Message>, count: () => void): Promise<void> {
  for await (const _ of host.inbox) count()
}
