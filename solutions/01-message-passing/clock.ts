/**
 * Time as an argument. Whoever waits takes a `Clock`, and so a test, a figure
 * or a simulation can decide how fast time passes.
 *
 * `RealClock` (`clock.node`) follows the machine; `VirtualClock`
 * (`virtual-clock`) moves when it is told to.
 */
import { NOT_READY, type Operation, perform } from '#message-passing/operation'

/** Takes a scheduled wake-up back. Once it has rung, or was taken back before, this does nothing. */
export type CancelTimer = () => void

export interface Clock {
  /** Milliseconds since a moment of the clock's choosing. Never goes back. */
  now(): number
  /** Calls `wake` once, no earlier than `delayMs` from now, and never before `schedule` has returned. */
  schedule(delayMs: number, wake: () => void): CancelTimer
}

/** Completes `delayMs` after the wait begins. */
export function after(clock: Clock, delayMs: number): Operation<void> {
  requireDelay(delayMs)
  return {
    attempt: () => NOT_READY,
    wait: (completion) => clock.schedule(delayMs, () => completion.complete()),
  }
}

/** Waits for `delayMs`. Rejects with the signal's reason, and leaves no timer behind, when `signal` is aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return perform(after(clock, delayMs), signal)
}

/** Throws a `RangeError` that names a delay for which nobody could wait. */
export function requireDelay(delayMs: number): void {
  if (!(delayMs >= 0) || delayMs === Infinity) {
    throw new RangeError(`a delay is a finite number of milliseconds from 0 up, not ${delayMs}`)
  }
}
