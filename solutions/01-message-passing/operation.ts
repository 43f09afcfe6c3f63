/**
 * Something that can be waited for: a message, room in a channel, a timer, a
 * signal. Each source hands out `Operation`s; `perform` waits for one of them,
 * and `select` (exercise 1.2) for the first of several.
 */

/** What `attempt` returns when the operation can't complete at once. */
export const NOT_READY: unique symbol = Symbol('not ready')

/** Told how a wait ended: exactly one of the two is called, once. */
export interface Completion<T> {
  complete(value: T): void
  fail(error: unknown): void
}

/**
 * Ends a wait. After it nothing is left of the wait, and its `Completion` is never called.
 * Once the wait has ended by itself, this does nothing.
 */
export type Withdraw = () => void

/**
 * One thing to wait for. Unless its source says otherwise, it is performed once.
 *
 * `attempt` comes first and completes the operation if that is possible now.
 * Only if it returns `NOT_READY` may `wait` follow, with nothing but other attempts in between.
 */
export interface Operation<T> {
  /** Completes at once, or returns `NOT_READY` and changes nothing. Throws what the operation fails with. */
  attempt(): T | typeof NOT_READY
  /**
   * Waits until the operation completes, fails, or is withdrawn. None of these
   * happens before `wait` has returned, and `wait` never throws.
   */
  wait(completion: Completion<T>): Withdraw
}

/** Serves every operation that completes at once and has no value: a promise less for each send. */
const DONE: Promise<never> = Promise.resolve(undefined as never) // its value is the undefined that was answered

/**
 * Waits for one operation. Rejects with the signal's reason when `signal` is
 * aborted first; then the operation did not happen and never will.
 */
export function perform<T>(operation: Operation<T>, signal?: AbortSignal): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason)
  try {
    const outcome = operation.attempt()
    if (outcome !== NOT_READY) return outcome === undefined ? DONE : Promise.resolve(outcome)
  } catch (error) {
    return Promise.reject(error)
  }
  return signal === undefined ? waitFor(operation) : waitUnlessAborted(operation, signal)
}

/** Without a signal nobody can withdraw, and there is less to set up: most waits of a program are such. */
function waitFor<T>(operation: Operation<T>): Promise<T> {
  return new Promise((complete, fail) => {
    operation.wait({ complete, fail })
  })
}

function waitUnlessAborted<T>(operation: Operation<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const withdraw = operation.wait({
      complete: (value) => {
        signal.removeEventListener('abort', abort)
        resolve(value)
      },
      fail: (error) => {
        signal.removeEventListener('abort', abort)
        reject(error)
      },
    })
    const abort = () => {
      withdraw()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
  })
}

/** Completes with the signal's reason when `signal` is aborted. */
export function aborted(signal: AbortSignal): Operation<unknown> {
  return {
    attempt: () => (signal.aborted ? signal.reason : NOT_READY),
    wait: (completion) => {
      const abort = () => completion.complete(signal.reason)
      signal.addEventListener('abort', abort, { once: true })
      return () => signal.removeEventListener('abort', abort)
    },
  }
}
