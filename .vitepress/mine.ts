/**
 * With `npm start -- mine` the figures run the reader's modules, for exercises
 * whose checks have passed. The conditions of these exercises travel to the
 * site's config in an environment variable, since VitePress reads that by itself.
 */
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { readBook } from '../chapters/exercises.ts'

export const mineVariable = 'QUORUM_MINE'

export interface Conditions {
  /** The exercises whose modules are the reader's. */
  readonly exercises: readonly string[]
  readonly client: string[]
  readonly server: string[]
}

/** Conditions for the page and for the key frames that are drawn on the server, with Vite's own behind the book's. */
export function conditionsOf(root: string, wanted: string | undefined = process.env[mineVariable]): Conditions {
  const numbers = new Set((wanted ?? '').split(',').filter((number) => number !== ''))
  const chosen = readBook(root)
    .flatMap((chapter) => chapter.exercises)
    .filter((exercise) => numbers.has(exercise.number))
  const mine = chosen.map((exercise) => exercise.condition)
  return {
    exercises: chosen.map((exercise) => exercise.number),
    client: [...mine, ...defaultClientConditions],
    server: [...mine, ...defaultServerConditions],
  }
}
