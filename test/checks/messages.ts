/** What the process that runs the checks, and the one that watches over it, say to each other. */
import type { Exercise } from '../../chapters/exercises.ts'
import type { CheckReport, CheckResult } from './report.ts'

/** To the process that runs the checks. */
export interface CheckRequest {
  readonly exercise: Exercise
  /** On whose files the checks run. */
  readonly side: Side
  /** The only seed that checks in a simulated world run, when somebody looks at one failure. */
  readonly seed?: number
}

/**
 * The reader's files; or the reference, with other texts in the place of some of its files,
 * by path from the root, and with so much time for each check.
 */
export type Side =
  | { readonly of: 'reader' }
  | { readonly of: 'reference'; readonly substitutes: Substitutes; readonly checkMs: number }

export type Substitutes = Readonly<Record<string, string>>

/** From the process that runs the checks. `sign` is a sign of life, and says what is going on now. */
export type CheckMessage =
  | { readonly kind: 'sign'; readonly sign: Sign }
  | { readonly kind: 'result'; readonly result: CheckResult }
  | { readonly kind: 'report'; readonly report: CheckReport }

/** What a worker is about to do: load files, run one check, or go on after it. */
export type Sign =
  | { readonly doing: 'loading' }
  | { readonly doing: 'checking'; readonly check: string }
  | { readonly doing: 'between checks'; readonly check: string; readonly passed: boolean }

/** The name of the `BroadcastChannel` on which workers show signs of life. */
export const signChannel = 'checks: signs of life'
