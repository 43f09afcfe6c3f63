/**
 * A thread behind two channels: jobs go in, results come out.
 *
 * ```ts
 * await using worker = new WorkerThread<number, number>(clock, new URL('squares.ts', import.meta.url))
 * group.spawn('ask', async (signal) => {
 *   for (let n = 0; n < 1_000; n++) await worker.jobs.send(n, signal)
 *   worker.jobs.close()
 * })
 * for await (const square of worker.results) print(square)
 * await worker.join()
 * ```
 *
 * The worker's file calls `serveWorker` (`worker-serve.node`). The two threads
 * share nothing: what is sent is copied, or moved where that can be done
 * (`worker-transfer`), and each direction holds at most `capacity` messages
 * (`worker-outbox`). Like a task group, a worker doesn't outlive the block that
 * started it, hears when it is cancelled, and reports how it failed.
 */
import { Worker } from 'node:worker_threads'
import { ChannelClosed } from '#message-passing/channel'
import type { CancelTimer, Clock } from '#message-passing/clock'
import { Condition } from '#message-passing/condition'
import { NOT_READY, perform } from '#message-passing/operation'
import { type Frame, type Post, RemoteError, reportOf, type Start, WorkerFailed } from '#message-passing/worker-frames'
import { Inbox, type InboxReceiver } from '#message-passing/worker-inbox'
import { Outbox } from '#message-passing/worker-outbox'

export interface WorkerOptions {
  /** How many messages can be sent and not yet received, in each direction. 64 by default. */
  readonly capacity?: number
  /** Cancels the worker when it is aborted. */
  readonly signal?: AbortSignal
  /** How long a cancelled worker may take to end before its thread is terminated. 5,000 by default. */
  readonly graceMs?: number
}

/** What the main thread holds of a worker. */
export class WorkerThread<Job, Result> implements AsyncDisposable {
  readonly #jobs: Outbox<Job>
  readonly #inbox: Inbox<Result>
  readonly #thread: Worker
  readonly #clock: Clock
  readonly #graceMs: number
  readonly #changed = new Condition()
  /** What to undo when the worker is over: a timer, and the listener on the signal from outside. */
  readonly #leftovers: CancelTimer[] = []
  #cancelled: { readonly reason: unknown } | undefined
  #finished = false
  #exited = false
  #failure: WorkerFailed | undefined
  #told = false

  /** Starts a thread that runs the file `entry`. Throws the signal's reason, and starts nothing, when it is aborted. */
  constructor(clock: Clock, entry: URL, { capacity = 64, signal, graceMs = 5_000 }: WorkerOptions = {}) {
    signal?.throwIfAborted()
    this.#clock = clock
    this.#graceMs = graceMs
    const post: Post = (frame, transfer) => this.#thread.postMessage(frame, transfer)
    this.#jobs = new Outbox(capacity, post)
    this.#inbox = new Inbox(capacity, (count) => post({ kind: 'credits', count }, []))
    this.#thread = new Worker(new URL('worker-start.mjs', import.meta.url), {
      workerData: { entry: entry.href, capacity } satisfies Start,
    })
    this.#thread.on('message', (frame: Frame<Result>) => this.#take(frame))
    this.#thread.on('error', (error) => this.#fail(new WorkerFailed(`failed: ${reportOf(error).message}`, error)))
    this.#thread.on('exit', (code) => this.#exit(code))
    const follow = () => this.cancel(signal?.reason)
    signal?.addEventListener('abort', follow, { once: true })
    this.#leftovers.push(() => signal?.removeEventListener('abort', follow))
  }

  /** Where jobs are sent. Close it to say that there are no more. */
  get jobs(): Outbox<Job> {
    return this.#jobs
  }

  /** Where results come from: in the order in which the worker sent them, and after the last one `CLOSED`. */
  get results(): InboxReceiver<Result> {
    return this.#inbox.receiver
  }

  /**
   * Asks the worker to end, by aborting the signal that it was given. Its thread
   * is terminated when it still runs after `graceMs`. Cancelling again does nothing.
   */
  cancel(reason: unknown = new DOMException('the worker was cancelled', 'AbortError')): void {
    if (this.#cancelled !== undefined || this.#exited) return
    this.#cancelled = { reason }
    this.#thread.postMessage({ kind: 'cancel', reason: reportOf(reason) } satisfies Frame<Job>)
    const giveUp = () => {
      this.#fail(new WorkerFailed(`was cancelled ${this.#graceMs} ms ago and still ran. Does it listen to its signal?`))
      void this.#thread.terminate()
    }
    this.#leftovers.push(this.#clock.schedule(this.#graceMs, giveUp))
  }

  /**
   * Waits until the thread has ended. Rejects with `WorkerFailed` when the worker
   * failed, and with the reason when it was cancelled: either way the work is not
   * done. It ends when its jobs are closed and its results received.
   */
  async join(): Promise<void> {
    await this.#end()
    if (this.#failure !== undefined) throw this.#tell(this.#failure)
    if (this.#cancelled !== undefined) throw this.#cancelled.reason
  }

  /** Called when the block is left. Cancels the worker, waits for it, and rejects when it failed and nobody was told. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
    await this.#end()
    if (this.#failure !== undefined && !this.#told) throw this.#tell(this.#failure)
  }

  async #end(): Promise<void> {
    await perform(this.#changed.until(() => (this.#exited ? undefined : NOT_READY)))
  }

  #take(frame: Frame<Result>): void {
    switch (frame.kind) {
      case 'messages':
        return this.#inbox.deliver(frame.messages)
      case 'credits':
        return this.#jobs.grant(frame.count)
      case 'closed':
        return this.#inbox.end()
      case 'ended':
        this.#finished = true
        if (frame.failure === undefined) return this.#inbox.end()
        return this.#fail(new WorkerFailed(`failed: ${frame.failure.message}`, new RemoteError(frame.failure)))
      case 'cancel':
        throw new TypeError('a worker cannot cancel the main thread')
    }
  }

  /** Keeps the first failure. It is told at the exit: what the worker had sent before may still be under way. */
  #fail(failure: WorkerFailed): void {
    this.#failure ??= failure
  }

  #exit(code: number): void {
    if (!this.#finished) this.#fail(new WorkerFailed(`exited with code ${code} before its work was done`))
    this.#exited = true
    for (const undo of this.#leftovers.splice(0)) undo()
    const failure = this.#failure
    this.#jobs.end(() => (failure === undefined ? new ChannelClosed() : this.#tell(failure)))
    this.#inbox.end(failure && (() => this.#tell(failure)))
    this.#changed.notifyAll()
  }

  #tell(failure: WorkerFailed): WorkerFailed {
    this.#told = true
    return failure
  }
}
