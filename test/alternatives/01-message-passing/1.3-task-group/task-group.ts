/**
 * Another task group: on plain promises, and on abort signals for everything
 * that has to end with it. The signal of each task depends on the group's; a
 * second signal, aborted when the group is over, undoes timers and listeners.
 */
import type { Clock } from '#message-passing/clock'
import { DeadlineExceeded, type Failure, TaskGroupFailed, TasksStillRunning } from '#message-passing/task-failures'

export type Task = (signal: AbortSignal) => Promise<void>

export interface TaskGroupOptions {
  readonly signal?: AbortSignal
  readonly deadlineMs?: number
  readonly graceMs?: number
}

export class TaskGroup implements AsyncDisposable {
  readonly #options: TaskGroupOptions & { readonly graceMs: number }
  readonly #cancelled = new AbortController()
  readonly #over = new AbortController()
  /** The end of each task that has not ended, which never rejects, and its name. */
  readonly #ends = new Map<Promise<void>, string>()
  /** Settles when the grace period is over, and never if it doesn't begin. */
  readonly #givenUp: Promise<void>
  readonly #failures: Failure[] = []
  #joined = false

  constructor(clock: Clock, options: TaskGroupOptions = {}) {
    this.#options = { ...options, graceMs: options.graceMs ?? 5_000 }
    for (const name of ['deadlineMs', 'graceMs'] as const) {
      const value = this.#options[name]
      if (value === undefined) continue
      if (!Number.isFinite(value) || value < 0)
        throw new RangeError(`${name} must be finite and not negative: ${value}`)
    }
    const { signal, deadlineMs } = options
    this.#givenUp = new Promise((resolve) => {
      this.signal.addEventListener('abort', () => this.#later(clock, this.#options.graceMs, resolve))
    })
    if (deadlineMs !== undefined) {
      this.#later(clock, deadlineMs, () => this.#note('deadline', new DeadlineExceeded(deadlineMs)))
    }
    if (signal === undefined) return
    if (signal.aborted) this.cancel(signal.reason)
    else signal.addEventListener('abort', () => this.cancel(signal.reason), { once: true, signal: this.#over.signal })
  }

  get signal(): AbortSignal {
    return this.#cancelled.signal
  }

  get size(): number {
    return this.#ends.size
  }

  spawn(name: string, task: Task): void {
    if (this.signal.aborted) throw this.signal.reason
    if (this.#over.signal.aborted) throw new Error('too late: the group is over')
    const started = startTask(task, AbortSignal.any([this.signal]))
    const end: Promise<void> = started
      .catch((error: unknown) => this.#note(name, error))
      .then(() => {
        this.#ends.delete(end)
      })
    this.#ends.set(end, name)
  }

  cancel(reason?: unknown): void {
    if (this.#over.signal.aborted) return
    this.#cancelled.abort(reason) // aborting again changes nothing: that is what signals do
  }

  async join(): Promise<void> {
    const failed = await this.#finish()
    this.#joined = true
    if (failed) throw failed
    if (this.signal.aborted) throw this.signal.reason
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
    const failed = await this.#finish()
    if (failed && !this.#joined) throw failed
  }

  #note(task: string, error: unknown): void {
    if (this.#over.signal.aborted) return
    const wrapped = error instanceof Error && error.name === 'AbortError' ? error.cause : error
    if (this.signal.aborted && [error, wrapped].includes(this.signal.reason)) return
    this.#failures.push({ task, error })
    this.cancel(error)
  }

  #later(clock: Clock, delayMs: number, wake: () => void): void {
    const takeBack = clock.schedule(delayMs, wake)
    this.#over.signal.addEventListener('abort', takeBack)
  }

  /** Waits for the tasks, or until they are given up, and returns what has failed. */
  async #finish(): Promise<TaskGroupFailed | undefined> {
    const stillRunning = this.#givenUp.then(() => true)
    while (this.size > 0) {
      const allEnded = Promise.all(this.#ends.keys()).then(() => false)
      if (await Promise.race([allEnded, stillRunning])) break
    }
    this.#over.abort()
    const names = [...this.#ends.values()]
    this.#ends.clear()
    if (names.length > 0) {
      this.#failures.push({ task: 'group', error: new TasksStillRunning(names, this.#options.graceMs) })
    }
    return this.#failures.length === 0 ? undefined : new TaskGroupFailed(this.#failures)
  }
}

/** An async function turns what a task throws before its first await into a rejection. */
async function startTask(task: Task, signal: AbortSignal): Promise<void> {
  await task(signal)
}
