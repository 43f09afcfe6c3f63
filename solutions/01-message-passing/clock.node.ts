/**
 * The machine's own time, for programs that run for real.
 *
 * `performance.now()` rather than `Date.now()`: a wall clock can be set back by
 * the operating system while the program runs, and a timeout must not notice.
 */
import type { CancelTimer, Clock } from '#message-passing/clock'

/** `setTimeout` fires at once, with a warning, for a longer delay than this: 2^31 - 1 ms, close to 25 days. */
const TIMEOUT_MS_MAX = 2_147_483_647

export class RealClock implements Clock {
  now(): number {
    return performance.now()
  }

  schedule(delayMs: number, wake: () => void): CancelTimer {
    if (!(delayMs >= 0) || delayMs > TIMEOUT_MS_MAX) {
      throw new RangeError(`a timer waits from 0 to ${TIMEOUT_MS_MAX} ms, not ${delayMs}`)
    }
    const timer = setTimeout(wake, delayMs)
    return () => clearTimeout(timer)
  }
}
