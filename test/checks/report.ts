/** What a run of an exercise's checks came to. */
import type { Broken } from '../simulated.ts'

export interface CheckResult {
  /** A sentence about what must hold, with its group in front: `'backpressure: a send into a full channel waits'`. */
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  /** What went wrong, or why it was skipped, as plain text: the reason first, the place last. */
  readonly failure?: string
  /** In which run a rule broke, and after how many events, if the check plays seeds. */
  readonly broken?: Broken
}

export interface CheckReport {
  /** `'1.1'` */
  readonly exercise: string
  /** `broken`: the checks could not be run to their end, or ran on something other than the reader's files. */
  readonly state: 'passed' | 'failed' | 'broken'
  readonly checks: readonly CheckResult[]
  /** Why the run is broken. */
  readonly problem?: string
  /** Whether the watchdog ended the run. The check that ran then is the last one, and failed. */
  readonly hung?: true
  /** The reader's files that really ran, from the root. */
  readonly tested: readonly string[]
  /** What the reader's code printed, line by line. */
  readonly printed: readonly string[]
  readonly durationMs: number
}

/** The counts of a report, for a summary line. */
export function countChecks(report: CheckReport): { readonly passed: number; readonly failed: number } {
  const passed = report.checks.filter((check) => check.state === 'passed').length
  const failed = report.checks.filter((check) => check.state === 'failed').length
  return { passed, failed }
}
