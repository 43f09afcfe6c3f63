/**
 * A value that changes at known moments, to be asked what it was at any time.
 * Changes come in order; a second change at one moment replaces the first, and
 * a change to an equal value is none.
 */

export interface Change<V> {
  readonly atMs: number
  readonly value: V
}

export class Track<V extends object> {
  readonly #changes: Change<V>[]

  constructor(initially: V) {
    this.#changes = [{ atMs: -Infinity, value: initially }]
  }

  /** Every change, the value before the first one included. */
  get changes(): readonly Change<V>[] {
    return this.#changes
  }

  get last(): V {
    return this.change(this.#changes.length - 1).value
  }

  set(atMs: number, value: V): void {
    const last = this.change(this.#changes.length - 1)
    if (last.atMs === atMs) this.#changes.pop()
    if (!same(this.last, value)) this.#changes.push({ atMs, value })
  }

  at(nowMs: number): V {
    return this.change(this.indexAt(nowMs)).value
  }

  /** The index of the change that is in force at `nowMs`, by bisection. */
  indexAt(nowMs: number): number {
    let low = 0
    let high = this.#changes.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.change(middle).atMs <= nowMs) low = middle
      else high = middle - 1
    }
    return low
  }

  change(index: number): Change<V> {
    const change = this.#changes[index]
    if (change === undefined) throw new RangeError(`a track has no change number ${index}`)
    return change
  }
}

/** Whether two flat records of one kind are equal. */
function same<V extends object>(one: V, other: V): boolean {
  for (const key in other) if (one[key] !== other[key]) return false
  for (const key in one) if (!(key in other)) return false
  return true
}
