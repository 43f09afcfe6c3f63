/**
 * Stands in for `#unimplemented` while checks run, and notes on the running
 * check that it reached a part that isn't written. So the reader is told that,
 * whatever the check makes of the error.
 */
import { TestRunner } from 'vitest'
import { Unimplemented } from '../../chapters/unimplemented.ts'

export { isUnimplemented, Unimplemented } from '../../chapters/unimplemented.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The first part that this check reached and that isn't written: `'1.1a Hand the message …'`. */
    unimplemented?: string
  }
}

export function unimplemented(exercise: string, what: string): Unimplemented {
  const check = TestRunner.getCurrentTest()
  if (check !== undefined) check.meta.unimplemented ??= `${exercise} is not written yet: ${what}`
  return new Unimplemented(exercise, what)
}
