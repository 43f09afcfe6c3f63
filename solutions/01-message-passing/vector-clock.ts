/**
 * Vector clocks (Fidge, 1988; Mattern, 1989): they know exactly which of two
 * events could have caused the other, and when neither could.
 *
 * Each host counts its own events, and remembers the highest count that it has
 * heard of from every other. That is its price: a number for each host, in
 * every message.
 */

/** How many events of each host are known. A host that is not named has 0. Plain data: it travels in messages. */
export type VectorTime = Readonly<Record<string, number>>

/** How two events stand to each other. */
export type Causality = 'before' | 'after' | 'equal' | 'concurrent'

export class VectorClock {
  readonly #host: string
  #time: VectorTime = {}

  constructor(host: string) {
    this.#host = host
  }

  get time(): VectorTime {
    return this.#time
  }

  /**
   * Counts an event of this host, and returns its time. A message carries the time of its sending.
   *
   * @exercise 1.6c Count one more event of this host, in a new object: the old one may be on its way in a message.
   */
  tick(): VectorTime {
    this.#time = { ...this.#time, [this.#host]: countOf(this.#time, this.#host) + 1 }
    return this.#time
  }

  /**
   * Counts the receipt of a message that was sent at `sentAt`, and returns the time of the receipt.
   *
   * @exercise 1.6c Take over what the sender knew, and count the receipt.
   */
  receive(sentAt: VectorTime): VectorTime {
    this.#time = merge(this.#time, sentAt)
    return this.tick()
  }
}

/**
 * What is known to somebody who knows both: the greater count for each host, whatever its name. Changes neither.
 *
 * @exercise 1.6c Take the greater count for every host that either of them names.
 */
export function merge(a: VectorTime, b: VectorTime): VectorTime {
  const hosts = Object.keys({ ...a, ...b })
  return Object.fromEntries(hosts.map((host) => [host, Math.max(countOf(a, host), countOf(b, host))]))
}

/**
 * Whether the event at `a` happened before the one at `b`, after it, or neither.
 *
 * @exercise 1.6d One comes before the other when it knows no more about any host, and less about some.
 */
export function compare(a: VectorTime, b: VectorTime): Causality {
  const hosts = Object.keys({ ...a, ...b })
  const aKnowsMore = hosts.some((host) => countOf(a, host) > countOf(b, host))
  const bKnowsMore = hosts.some((host) => countOf(b, host) > countOf(a, host))
  if (aKnowsMore && bKnowsMore) return 'concurrent'
  if (aKnowsMore) return 'after'
  return bKnowsMore ? 'before' : 'equal'
}

function countOf(time: VectorTime, host: string): number {
  return Object.hasOwn(time, host) ? (time[host] ?? 0) : 0
}
