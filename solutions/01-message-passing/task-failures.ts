/**
 * How the work of a task group fails. `TaskGroupFailed` is what `join` rejects
 * with; the others are found among its `errors`.
 */

/** The work was not done in time. Indefinite: parts of it may have happened. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'
  readonly code = 'DEADLINE_EXCEEDED'
  readonly deadlineMs: number

  constructor(deadlineMs: number) {
    super(`not done within ${deadlineMs} ms`)
    this.deadlineMs = deadlineMs
  }
}

/** Tasks that were cancelled and had not ended when the grace period was over. They may still be running. */
export class TasksStillRunning extends Error {
  override readonly name = 'TasksStillRunning'
  readonly code = 'TASKS_STILL_RUNNING'
  readonly tasks: readonly string[]

  constructor(tasks: readonly string[], graceMs: number) {
    super(`given ${graceMs} ms to end, and still running: ${tasks.join(', ')}. Does each listen to its signal?`)
    this.tasks = tasks
  }
}

/** An error, and the name of the task that ended with it. */
export interface Failure {
  readonly task: string
  readonly error: unknown
}

/** What went wrong in a group: every error, in the order in which they happened. */
export class TaskGroupFailed extends AggregateError {
  override readonly name = 'TaskGroupFailed'
  readonly code = 'TASK_GROUP_FAILED'

  constructor(failures: readonly Failure[]) {
    super(
      failures.map((failure) => failure.error),
      failures.map(({ task, error }) => `${task}: ${error instanceof Error ? error.message : error}`).join('; '),
    )
  }
}
