// Exercise 1.3, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.3-task-group.md, then let `npm run check 1.3` tell you how far you are.
// Stub f553b6bb: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Structured concurrency: tasks that belong together, and none of which
 * outlives the block that started them (Sústrik, "Structured Concurrency",
 * 2016; Smith, "Notes on structured concurrency", 2018).
 *
 * ```ts
 * await using group = new TaskGroup(clock)
 * group.spawn('producer', (signal) => produce(jobs, signal))
 * group.spawn('consumer', (signal) => consume(jobs, signal))
 * await group.join()
 * ```
 *
 * `join` waits for all. However else the block is left, by an exception or a
 * `return`, what still runs is cancelled and waited for. The first task that
 * fails cancels the others; every failure is reported.
 *
 * A promise can't be stopped from outside. To cancel a task is to abort the
 * signal that it was given; a task that doesn't listen is named in an error
 * once `graceMs` have passed, and the group no longer waits for it.
 *
 * The group is over when `join`, or the end of the block, has stopped waiting.
 * Nothing is started, cancelled or noted after that.
 */
import type { Clock } from '#message-passing/clock'
import { Condition } from '#message-passing/condition'
import { NOT_READY, perform } from '#message-passing/operation'
import { DeadlineExceeded, type Failure, TaskGroupFailed, TasksStillRunning } from '#message-passing/task-failures'
import { unimplemented } from '#unimplemented'

/** What a group runs. The signal is the task's own, and is aborted when the group is cancelled. */
export type Task = (signal: AbortSignal) => Promise<void>

export interface TaskGroupOptions {
  /** Cancels the group when it is aborted. */
  readonly signal?: AbortSignal
  /**
   * How long after its construction the group must be over. Otherwise it is cancelled, and fails
   * with `DeadlineExceeded`, even if its tasks have ended and nobody has joined it. None by default.
   */
  readonly deadlineMs?: number
  /** How long a cancelled task may take to end. 5,000 by default. */
  readonly graceMs?: number
}

/**
 * Each task has a signal of its own. In Node a signal searches its listeners
 * whenever one is added, so that ten thousand tasks that sleep on one signal
 * would spend their time there.
 */
interface RunningTask {
  readonly name: string
  readonly controller: AbortController
}

export class TaskGroup implements AsyncDisposable {
  readonly #clock: Clock
  readonly #graceMs: number
  readonly #controller = new AbortController()
  readonly #running = new Set<RunningTask>()
  readonly #changed = new Condition()
  /** What to undo when the group is over: its timers, and its listener on the signal from outside. */
  readonly #leftovers: (() => void)[] = []
  readonly #failures: Failure[] = []
  #graceOver = false
  #isOver = false
  #isReported = false

  /** Throws a `RangeError` when `deadlineMs` or `graceMs` is not a finite number from 0 up. */
  constructor(clock: Clock, { signal, deadlineMs, graceMs = 5_000 }: TaskGroupOptions = {}) {
    requireDuration('deadlineMs', deadlineMs ?? 0)
    requireDuration('graceMs', graceMs)
    this.#clock = clock
    this.#graceMs = graceMs
    if (deadlineMs !== undefined) {
      const expire = () => this.#fail({ task: 'deadline', error: new DeadlineExceeded(deadlineMs) })
      this.#leftovers.push(clock.schedule(deadlineMs, expire))
    }
    if (signal?.aborted) this.cancel(signal.reason)
    const follow = () => this.cancel(signal?.reason)
    signal?.addEventListener('abort', follow, { once: true })
    this.#leftovers.push(() => signal?.removeEventListener('abort', follow))
  }

  /** Aborted when the group is cancelled. The signal of each task follows it. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The number of tasks that the group waits for. */
  get size(): number {
    return this.#running.size
  }

  /**
   * Starts a task. It runs at once, up to its first `await`. Starts nothing, and
   * throws, when the group is cancelled (the signal's reason) or over (an error).
   * While `join` still waits, more tasks may be started.
   *
   * @exercise 1.3a Run the task with a signal of its own; note when it ends, and how.
   */
  spawn(name: string, task: Task): void {
    throw unimplemented('1.3a', 'Run the task with a signal of its own; note when it ends, and how.')
  }

  /**
   * Asks every task to end, by aborting its signal, and begins the grace period.
   * Does nothing when the group is cancelled already, or over.
   *
   * @exercise 1.3b Abort the signals once, with one reason, and set the timer that ends the grace period.
   */
  cancel(reason?: unknown): void {
    throw unimplemented(
      '1.3b',
      'Abort the signals once, with one reason, and set the timer that ends the grace period.',
    )
  }

  /**
   * Notes a failure and cancels the group, with the error as the reason. A task
   * that ends with the signal's own reason did as it was asked, and did not fail.
   * One that was given up may fail later; when the group is over, that is dropped.
   *
   * @exercise 1.3b Tell a failure from an obedient end; keep every failure; cancel the group.
   */
  #fail(failure: Failure): void {
    throw unimplemented('1.3b', 'Tell a failure from an obedient end; keep every failure; cancel the group.')
  }

  /**
   * Waits until every task has ended. Rejects with `TaskGroupFailed` when
   * something failed, and with the signal's reason when the group was cancelled
   * without a failure: either way the work is not done. Joining again ends the
   * same way.
   *
   * @exercise 1.3c Wait for the end, then report: failures first, then a cancellation.
   */
  async join(): Promise<void> {
    throw unimplemented('1.3c', 'Wait for the end, then report: failures first, then a cancellation.')
  }

  /**
   * Called when the block is left. Cancels what still runs, waits for it, and
   * rejects with `TaskGroupFailed` when something failed and no `join` has reported it.
   *
   * @exercise 1.3d Leave nothing running, and no failure unreported.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    throw unimplemented('1.3d', 'Leave nothing running, and no failure unreported.')
  }

  /**
   * Waits until no task runs or the grace period is over. Leaves no timer and no listener behind.
   *
   * @exercise 1.3c Wait on the condition; then the group is over: undo the leftovers, and add TasksStillRunning if it is so.
   */
  async #end(): Promise<void> {
    throw unimplemented(
      '1.3c',
      'Wait on the condition; then the group is over: undo the leftovers, and add TasksStillRunning if it is so.',
    )
  }

  /** Throws what has failed. The group is over by now, and so it throws the same each time. */
  #report(): void {
    this.#isReported = true
    if (this.#failures.length > 0) throw new TaskGroupFailed(this.#failures)
  }
}

/** Refuses a bad duration now, and not when the group is cancelled and needs its timer. */
function requireDuration(name: string, durationMs: number): void {
  if (durationMs >= 0 && durationMs < Infinity) return
  throw new RangeError(`a task group's ${name} is a finite number of milliseconds from 0 up, not ${durationMs}`)
}

/** Whether an error says no more than that the task was cancelled. Node's own functions wrap the reason in an `AbortError`. */
function isObedient(error: unknown, reason: unknown): boolean {
  return error === reason || (error instanceof Error && error.name === 'AbortError' && error.cause === reason)
}
