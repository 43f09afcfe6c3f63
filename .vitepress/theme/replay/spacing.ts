/**
 * Where the events of a trace stand along the replay's line of time. Not to
 * scale: each event has room, and a quiet spell takes more of it the longer it
 * is, but never much. So however long a run is and however bursty, what fits on
 * the screen is a bounded number of events, and that is all that is ever drawn.
 */
import type { TraceEvent } from '#message-passing/trace'

const SAME_MOMENT = 15
const STEP = 20
const QUIET_MAX = 46

export class Spacing {
  readonly #along: number[] = []
  #lastMs: number | undefined

  add(events: readonly TraceEvent[]): void {
    for (const { atMs } of events) {
      const before = this.#along.at(-1) ?? 0
      this.#along.push(this.#lastMs === undefined ? STEP : before + gap(atMs - this.#lastMs))
      this.#lastMs = atMs
    }
  }

  /** The place of an event. */
  at(index: number): number {
    return this.#along[index] ?? 0
  }

  /** How long the line is. */
  get length(): number {
    return (this.#along.at(-1) ?? 0) + STEP
  }

  /** The first event at `along` or behind it; as many as there are when there is none. By bisection. */
  firstFrom(along: number): number {
    let low = 0
    let high = this.#along.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) < along) low = middle + 1
      else high = middle
    }
    return low
  }
}

function gap(quietMs: number): number {
  return quietMs <= 0 ? SAME_MOMENT : STEP + Math.min(QUIET_MAX, 8 * Math.log2(1 + quietMs))
}
