/**
 * What a rule of tidy is: a pure function from the project's files to what is
 * wrong with them, and examples that prove that it objects to the bad and not
 * to the good. A rule without a bad example can't be written down.
 */
import type { Tree } from './tree.ts'

export interface Violation {
  /** From the root: `'solutions/01-message-passing/channel.ts'`. */
  readonly file: string
  /** From 1 up. */
  readonly line: number
  /** What is wrong there, with the offending word, name or number in it. */
  readonly problem: string
  /** What to do instead. */
  readonly instead: string
}

/** Files by their path from the root, with their text. */
export type Files = Readonly<Record<string, string>>

export interface BadExample {
  readonly files: Files
  /** The one place at which the rule must object: `'solutions/01-a/b.ts:2'`. */
  readonly at: string
}

export interface Rule {
  /** What holds when the rule is kept, as a sentence. */
  readonly name: string
  readonly check: (tree: Tree) => readonly Violation[]
  readonly bad: readonly BadExample[]
  readonly good: readonly Files[]
}

/** How a violation is shown to whoever has to mend it. */
export function describeViolation(violation: Violation): string {
  return `${violation.file}:${violation.line}\n  ${violation.problem}\n  instead: ${violation.instead}`
}
