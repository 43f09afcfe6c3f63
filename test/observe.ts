/**
 * Looks at promises without waiting for them, so that a check can say "this
 * send still waits" and fail at once when it doesn't.
 */
import { macrotask } from '#message-passing/macrotask'
import { type Completion, NOT_READY, type Operation, type Withdraw } from '#message-passing/operation'

export interface Observed<T> {
  state: 'waiting' | 'done' | 'failed'
  value?: T
  error?: unknown
}

/** Follows what becomes of `promise`. A rejection counts as handled. */
export function observe<T>(promise: Promise<T>): Observed<T> {
  const observed: Observed<T> = { state: 'waiting' }
  promise.then(
    (value) => Object.assign(observed, { state: 'done', value }),
    (error) => Object.assign(observed, { state: 'failed', error }),
  )
  return observed
}

/** What became of a promise, in words that a failed check shows whole: `'waits'`, `'gets a'`, `'is done'`, `'fails: enough'`. */
export function outcome({ state, value, error }: Observed<unknown>): string {
  if (state === 'waiting') return 'waits'
  if (state === 'failed') return `fails: ${error instanceof Error ? error.name : String(error)}`
  if (value === undefined) return 'is done'
  return `gets ${typeof value === 'symbol' ? value.description?.toUpperCase() : String(value)}`
}

/** Lets every promise that can settle now do so. No time passes. */
export const settle = macrotask

/**
 * What `promise` comes to without any time passing. Fails with `rule` when it
 * still waits: a check that awaited it would hang, and say nothing.
 */
export async function atOnce<T>(promise: Promise<T>, rule: string): Promise<T> {
  const observed = observe(promise)
  await settle()
  if (observed.state === 'waiting')
    throw new Error(`this promise did not settle, and nothing else will happen: ${rule}`)
  return promise
}

/** Waits for an operation that can't complete now, as `perform` does, but without a promise: `completion` is told at once. */
export function waitFor<T>(operation: Operation<T>, completion: Completion<T>): Withdraw {
  if (operation.attempt() !== NOT_READY)
    throw new Error('this operation completed at once, and should have had to wait')
  return operation.wait(completion)
}
