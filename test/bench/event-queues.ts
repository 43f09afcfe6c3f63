/**
 * Our event queue beside an array that is kept in order, under the usual
 * measure for such queues: take the next event, and add one at a random moment
 * after it, with so many in the queue all the time.
 */
import { EventQueue, type Scheduled } from '#message-passing/event-queue'
import { Random } from '#message-passing/random'
import { type Case, cpuMicros } from './measure.ts'

const STEPS = 1_000_000

export const HEAP = 'EventQueue, a binary heap'
export const ARRAY = 'an array kept in order by binary search and splice'

interface Queue {
  add(event: Scheduled): void
  take(): Scheduled | undefined
}

export function queueCases(pending: number): readonly Case[] {
  return [
    { name: HEAP, measure: async () => steps(new EventQueue<Scheduled>(), pending) },
    { name: ARRAY, measure: async () => steps(new OrderedArray(), pending) },
  ]
}

function steps(queue: Queue, pending: number): number {
  const random = new Random(1)
  for (let n = 0; n < pending; n++) queue.add({ atMs: random.uniform(), order: 0 })
  hold(queue, random, STEPS / 4)
  const start = process.cpuUsage()
  hold(queue, random, STEPS)
  return STEPS / cpuMicros(start)
}

function hold(queue: Queue, random: Random, count: number): void {
  let lastMs = 0
  for (let step = 0; step < count; step++) {
    const next = queue.take()
    if (next === undefined || next.atMs < lastMs) throw new Error(`step ${step}: events came out of order`)
    lastMs = next.atMs
    queue.add({ atMs: lastMs + random.uniform(), order: 0 })
  }
}

/** The next event stands last, so that taking it costs nothing. */
class OrderedArray implements Queue {
  readonly #events: Scheduled[] = []

  add(event: Scheduled): void {
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#events[middle]?.atMs ?? 0) > event.atMs) low = middle + 1
      else high = middle
    }
    this.#events.splice(low, 0, event)
  }

  take(): Scheduled | undefined {
    return this.#events.pop()
  }
}
