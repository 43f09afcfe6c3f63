/**
 * What an exercise throws until you have written it.
 *
 * Every function that you are to write begins its life as one line that throws
 * `Unimplemented`. So the file compiles from the first minute, and whoever
 * reaches a part that isn't there yet is told which one it is.
 */

/** A part of an exercise that was called before it was written. */
export class Unimplemented extends Error {
  override readonly name = 'Unimplemented'
  readonly code = 'UNIMPLEMENTED'
  /** The part: `'1.1a'`. */
  readonly exercise: string
  /** What the part asks for, in a sentence. */
  readonly what: string

  constructor(exercise: string, what: string) {
    const number = exercise.replace(/[a-z]+$/, '')
    super(`${exercise} is yours to write: ${what} Page ${number} explains it; npm run check ${number} checks it.`)
    this.exercise = exercise
    this.what = what
  }
}

/** The error that a part throws while it is not written. `what` is the sentence of its `@exercise` tag. */
export function unimplemented(exercise: string, what: string): Unimplemented {
  return new Unimplemented(exercise, what)
}

/** Whether `error` is an `Unimplemented`, even one that crossed a worker, a process or a second copy of this module. */
export function isUnimplemented(error: unknown): error is { exercise: string; what: string; message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'UNIMPLEMENTED'
}
