/** Another vector clock: inside it is a `Map`, and one time comes before another when the other contains it. */

export type VectorTime = Readonly<Record<string, number>>

export type Causality = 'before' | 'after' | 'equal' | 'concurrent'

export class VectorClock {
  readonly #host: string
  readonly #counts = new Map<string, number>()

  constructor(host: string) {
    this.#host = host
  }

  get time(): VectorTime {
    return Object.fromEntries(this.#counts)
  }

  tick(): VectorTime {
    this.#counts.set(this.#host, (this.#counts.get(this.#host) ?? 0) + 1)
    return this.time
  }

  receive(sentAt: VectorTime): VectorTime {
    for (const [host, count] of Object.entries(merge(this.time, sentAt))) this.#counts.set(host, count)
    return this.tick()
  }
}

export function merge(a: VectorTime, b: VectorTime): VectorTime {
  const entries = [...Object.entries(a), ...Object.entries(b)]
  const ascending = entries.sort(([, count], [, other]) => count - other)
  return Object.fromEntries(ascending) // of two entries with one name the last stays
}

export function compare(a: VectorTime, b: VectorTime): Causality {
  if (contains(b, a)) return contains(a, b) ? 'equal' : 'before'
  return contains(a, b) ? 'after' : 'concurrent'
}

/** Whether every event that `part` knows is known in `whole`. */
function contains(whole: VectorTime, part: VectorTime): boolean {
  const known = new Map(Object.entries(whole))
  return Object.entries(part).every(([host, count]) => count <= (known.get(host) ?? 0))
}
