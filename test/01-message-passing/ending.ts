/** How a wait for a task group ended, in a few words: a failed check shows them whole. */
import { TaskGroupFailed, TasksStillRunning } from '#message-passing/task-failures'
import { type Observed, outcome } from '../observe.ts'

/** `'waits'`, `'is done'`, `'fails: enough'`, or what was reported: `'TaskGroupFailed: disk full; still running: copy'`. */
export function endingOf(observed: Observed<unknown>): string {
  const { error } = observed
  if (!(error instanceof TaskGroupFailed)) return outcome(observed)
  return `TaskGroupFailed: ${error.errors.map(wordsFor).join('; ')}`
}

function wordsFor(error: unknown): string {
  if (error instanceof TaskGroupFailed) return `(${error.errors.map(wordsFor).join('; ')})`
  if (error instanceof TasksStillRunning) return `still running: ${error.tasks.join(', ')}`
  return error instanceof Error ? error.message : String(error)
}
