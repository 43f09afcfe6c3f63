/**
 * What two threads say to each other over a `MessagePort`, and how a failure
 * on one side is told on the other.
 *
 * Messages travel several to a frame, since a post costs much more than a
 * message. Credits travel the other way: each is the right to send one message
 * more, and so nobody can send faster than the other side receives.
 */

export type Frame<T> =
  | { readonly kind: 'messages'; readonly messages: readonly T[] }
  | { readonly kind: 'credits'; readonly count: number }
  /** No messages will follow. */
  | { readonly kind: 'closed' }
  /** To the worker: whatever you do, please end. */
  | { readonly kind: 'cancel'; readonly reason: ErrorReport }
  /** From the worker: my work is done, or has failed. */
  | { readonly kind: 'ended'; readonly failure: ErrorReport | undefined }

/** What a worker's thread is started with: the address of its file, and the capacity of both directions. */
export interface Start {
  readonly entry: string
  readonly capacity: number
}

/** Posts a frame to the other side. What is in `transfer` is moved: this side no longer has it. */
export type Post = (frame: Frame<unknown>, transfer: readonly ArrayBuffer[]) => void

/** What is left of an error that crosses a thread. The structured clone of an error loses its class and its code. */
export interface ErrorReport {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly code: string | undefined
}

/** What can be told of `error` on another thread. Of something that isn't an `Error`, the text. */
export function reportOf(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined, code: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, message: error.message, stack: error.stack, code }
}

/** An error that happened on another thread, with the name, the code and the stack that it had there. */
export class RemoteError extends Error {
  override readonly name: string
  readonly code: string | undefined

  constructor({ name, message, stack, code }: ErrorReport) {
    super(message)
    this.name = name
    this.code = code
    if (stack !== undefined) this.stack = stack
  }
}

/**
 * The worker ended before its work was done: it threw, it exited, or it did not
 * listen when it was cancelled. `cause` is its error, if there was one.
 * Indefinite: the messages that it was sent may have been handled, or not.
 */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed'
  readonly code = 'WORKER_FAILED'

  constructor(how: string, cause?: unknown) {
    super(`the worker ${how}`, cause === undefined ? undefined : { cause })
  }
}
