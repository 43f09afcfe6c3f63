/**
 * The machine's own time, for programs that run for real.
 *
 * `performance.now()` rather than `Date.now()`: a wall clock can be set back by
 * the operating system while the program runs, and a timeout must not notice.
 */
import { type CancelTimer, type Clock, requireDelay } from '#message-passing/clock'

/** `setTimeout` fires at once, with a warning, for a longer delay than this: 2^31 - 1 ms, close to 25 days. */
const TIMEOUT_MS_MAX = 2_147_483_647

export class RealClock implements Clock {
  now(): number {
    return performance.now()
  }

  schedule(delayMs: number, wake: () => void): CancelTimer {
    requireDelay(delayMs)
    let timer: NodeJS.Timeout
    const wait = (restMs: number) => {
      if (restMs <= TIMEOUT_MS_MAX) timer = setTimeout(wake, restMs)
      else timer = setTimeout(() => wait(restMs - TIMEOUT_MS_MAX), TIMEOUT_MS_MAX)
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  }
}
