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
import { type CancelTimer, type Clock, requireDelay } from '#message-passing/clock'
import { EventQueue, type Scheduled } from '#message-passing/event-queue'
import { macrotask } from '#message-passing/macrotask'

interface Timer extends Scheduled {
  wake: (() => void) | undefined
}

/** How many timers may ring in one call, unless it says otherwise. */
const WAKE_UPS_MAX = 1_000_000

export class VirtualClock implements Clock {
  readonly #timers = new EventQueue<Timer>()
  #nowMs = 0
  #pending = 0

  now(): number {
    return this.#nowMs
  }

  /** Timers that are set and have not rung. A finished program leaves 0. */
  get pending(): number {
    return this.#pending
  }

  /** The moment at which the next timer rings, or `undefined` when none is set. */
  get nextAtMs(): number | undefined {
    return this.#nextTimer()?.atMs
  }

  schedule(delayMs: number, wake: () => void): CancelTimer {
    requireDelay(delayMs)
    const timer: Timer = { atMs: this.#nowMs + delayMs, order: 0, wake }
    this.#timers.add(timer)
    this.#pending += 1
    return () => {
      if (timer.wake === undefined) return
      timer.wake = undefined
      this.#pending -= 1
    }
  }

  /**
   * Lets `durationMs` pass, and with it everything that is due in it, in order.
   * Throws when more than `wakeUpsMax` timers ring: a program that always sets another never ends.
   */
  async advance(durationMs: number, wakeUpsMax = WAKE_UPS_MAX): Promise<void> {
    requireDelay(durationMs)
    const untilMs = this.#nowMs + durationMs
    await this.#ringAll(untilMs, wakeUpsMax)
    this.#nowMs = untilMs
  }

  /** Jumps from timer to timer until none is left. Throws when more than `wakeUpsMax` ring. */
  async runUntilIdle(wakeUpsMax = WAKE_UPS_MAX): Promise<void> {
    await this.#ringAll(Infinity, wakeUpsMax)
  }

  async #ringAll(untilMs: number, wakeUpsMax: number): Promise<void> {
    await macrotask()
    let wakeUps = 0
    for (let timer = this.#nextTimer(); timer && timer.atMs <= untilMs; timer = this.#nextTimer()) {
      if (++wakeUps > wakeUpsMax) {
        throw new RangeError(`still ${this.pending} timers set after ${wakeUpsMax} wake-ups, at ${this.#nowMs} ms`)
      }
      await this.#ring(timer)
    }
  }

  /** The next timer that has not been cancelled. Cancelled ones stay in the queue until they come up here. */
  #nextTimer(): Timer | undefined {
    while (this.#timers.next !== undefined && this.#timers.next.wake === undefined) this.#timers.take()
    return this.#timers.next
  }

  async #ring(timer: Timer): Promise<void> {
    this.#timers.take()
    this.#nowMs = timer.atMs
    this.#pending -= 1
    const { wake } = timer
    timer.wake = undefined // it has rung: from here on a cancel does nothing
    wake?.()
    await macrotask()
  }
}
