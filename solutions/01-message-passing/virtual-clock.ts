/**
 * A clock that moves when it is told to, and not before.
 *
 * Each wake-up is followed by a turn of the event loop, in which every promise
 * that it settled runs on as far as it can. So what a program does at one
 * moment is over before the next moment begins, and two runs of the same
 * program take the same steps in the same order.
 *
 * Exercise 1.5 builds a whole simulated world on this idea.
 */
import type { CancelTimer, Clock } from '#message-passing/clock'
import { macrotask } from '#message-passing/macrotask'

interface Timer {
  readonly atMs: number
  /** Tells apart timers of one moment: they ring in the order in which they were set. */
  readonly order: number
  readonly wake: () => void
}

export class VirtualClock implements Clock {
  #nowMs = 0
  #timersSet = 0
  /** Sorted from the latest to the earliest, so that the next one is popped off the end. */
  readonly #timers: Timer[] = []

  now(): number {
    return this.#nowMs
  }

  /** The moment at which the next timer rings, or `undefined` when none is set. */
  get nextAtMs(): number | undefined {
    return this.#timers.at(-1)?.atMs
  }

  /** Timers that are set and have not rung. A finished program leaves 0. */
  get pending(): number {
    return this.#timers.length
  }

  schedule(delayMs: number, wake: () => void): CancelTimer {
    if (!(delayMs >= 0) || delayMs === Infinity) {
      throw new RangeError(`a timer waits a finite number of milliseconds from 0 up, not ${delayMs}`)
    }
    const timer = { atMs: this.#nowMs + delayMs, order: this.#timersSet++, wake }
    this.#timers.splice(this.#position(timer), 0, timer)
    return () => {
      const index = this.#position(timer)
      if (this.#timers[index] === timer) this.#timers.splice(index, 1)
    }
  }

  /** Lets `durationMs` pass, and with it everything that is due in it, in order. */
  async advance(durationMs: number): Promise<void> {
    if (!(durationMs >= 0) || durationMs === Infinity) {
      throw new RangeError(`time advances by a finite number of milliseconds from 0 up, not by ${durationMs}`)
    }
    const untilMs = this.#nowMs + durationMs
    await macrotask()
    for (let timer = this.#timers.at(-1); timer && timer.atMs <= untilMs; timer = this.#timers.at(-1)) {
      await this.#ring(timer)
    }
    this.#nowMs = untilMs
  }

  /**
   * Jumps from timer to timer until none is left.
   * Throws when more than `wakeUpsMax` have rung: a program that always sets another never ends.
   */
  async runUntilIdle(wakeUpsMax = 1_000_000): Promise<void> {
    await macrotask()
    let wakeUps = 0
    for (let timer = this.#timers.at(-1); timer; timer = this.#timers.at(-1)) {
      if (++wakeUps > wakeUpsMax) {
        throw new RangeError(`still ${this.pending} timers set after ${wakeUpsMax} wake-ups, at ${this.#nowMs} ms`)
      }
      await this.#ring(timer)
    }
  }

  async #ring(timer: Timer): Promise<void> {
    this.#timers.pop()
    this.#nowMs = timer.atMs
    timer.wake()
    await macrotask()
  }

  /** Where `timer` stands, or would stand, in the sorted list. */
  #position(timer: Timer): number {
    let low = 0
    let high = this.#timers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#timers[middle]
      const isLater = other !== undefined && (other.atMs - timer.atMs || other.order - timer.order) > 0
      if (isLater) low = middle + 1
      else high = middle
    }
    return low
  }
}
