/**
 * What a project writes when it needs a simulation and has an hour: the same
 * traffic, with nothing around it. No links, no crashes, no rules, no trace.
 */
import { Random } from '#message-passing/random'
import type { Case } from './measure.ts'
import { BEAT_MS, eventCase, HOSTS, TIMEOUT_MS } from './simulations.ts'

export const SORTED_ARRAY = 'an array kept in order, handlers'
export const DRAINED = 'an array kept in order, promises drained by setImmediate'

export function handlerPeers(): readonly Case[] {
  return [eventCase(SORTED_ARRAY, 200_000, withHandlers)]
}

export function promisePeers(): readonly Case[] {
  return [eventCase(DRAINED, 30_000, withPromises)]
}

interface Due {
  readonly atMs: number
  happen: (() => void) | undefined
}

/** Events in an array, the next one last; a new one is put in its place by binary search. */
class Agenda {
  readonly #events: Due[] = []
  nowMs = 0

  schedule(delayMs: number, happen: () => void): Due {
    const event: Due = { atMs: this.nowMs + delayMs, happen }
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#events[middle]?.atMs ?? 0) > event.atMs) low = middle + 1
      else high = middle
    }
    this.#events.splice(low, 0, event)
    return event
  }

  takeUntil(untilMs: number): Due | undefined {
    const next = this.#events.at(-1)
    if (next === undefined || next.atMs > untilMs) return undefined
    this.#events.pop()
    this.nowMs = next.atMs
    return next
  }
}

function withHandlers(beats: number): number {
  const agenda = new Agenda()
  const random = new Random(1)
  let events = 0
  const send = (handle: () => void) => agenda.schedule(0.5 + 1.5 * random.uniform(), handle)
  const beat = () => {
    events += 1
    for (const receive of followers) send(receive)
    agenda.schedule(BEAT_MS, beat)
  }
  const followers = HOSTS.slice(1).map(() => {
    let timeout: Due | undefined
    return () => {
      events += 1
      if (timeout !== undefined) timeout.happen = undefined
      timeout = agenda.schedule(TIMEOUT_MS, () => {})
      send(() => {
        events += 1
      })
    }
  })
  agenda.schedule(BEAT_MS, beat)
  for (let event = agenda.takeUntil(beats * BEAT_MS); event; event = agenda.takeUntil(beats * BEAT_MS)) event.happen?.()
  return events
}

async function withPromises(beats: number): Promise<number> {
  const agenda = new Agenda()
  const random = new Random(1)
  let events = 0
  const mailboxes = HOSTS.map(() => ({ waiting: 0, wake: () => {} }))
  const send = (mailbox: { waiting: number; wake: () => void } | undefined) => {
    agenda.schedule(0.5 + 1.5 * random.uniform(), () => {
      if (mailbox === undefined) return
      mailbox.waiting += 1
      mailbox.wake()
    })
  }
  const [leader, ...followers] = mailboxes
  const receiveAll = async (mailbox: { waiting: number; wake: () => void } | undefined, answer: boolean) => {
    while (mailbox !== undefined) {
      if (mailbox.waiting === 0) {
        await new Promise<void>((resolve) => {
          mailbox.wake = resolve
        })
      }
      mailbox.waiting -= 1
      events += 1
      if (answer) send(leader)
    }
  }
  const lead = async () => {
    for (;;) {
      await new Promise<void>((resolve) => agenda.schedule(BEAT_MS, resolve))
      events += 1
      for (const follower of followers) send(follower)
    }
  }
  for (const follower of followers) void receiveAll(follower, true)
  void receiveAll(leader, false)
  void lead()
  for (let event = agenda.takeUntil(beats * BEAT_MS); event; event = agenda.takeUntil(beats * BEAT_MS)) {
    event.happen?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return events
}
