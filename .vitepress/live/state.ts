/** What travels from the dev server to the pages: the whole state each time, so that a page can't hold half of it. */
import type { Progress } from '../../chapters/progress.ts'
import type { CheckReport } from '../../test/checks/report.ts'

export interface LiveState {
  /** By the exercise's number: what the last run of its checks said, today or last week. */
  readonly progress: Progress
  /** By the exercise's number: the last report since the server started. */
  readonly reports: Readonly<Record<string, CheckReport>>
  /** The exercises whose checks run now, or are about to. */
  readonly running: readonly string[]
  /** What went wrong outside of any check, for example that the progress can't be saved. */
  readonly warning?: string
}

export const nothingYet: LiveState = { progress: {}, reports: {}, running: [] }

export const liveEvents = {
  /** Server to page: a `LiveState`. */
  state: 'quorum:state',
  /** Page to server, without content: send me the last state. */
  ask: 'quorum:ask',
} as const
