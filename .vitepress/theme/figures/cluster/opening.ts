/** What a figure shows before anything is asked of it: a run that was recorded beforehand, at a moment of it. */
import type { TraceEvent } from '#message-passing/trace'
import recorded from './golden/opening.json'
import { HOME, SITUATIONS, type Situation } from './situations.ts'

export interface Opening extends Situation {
  /** Enough to show its `stillMs`, and no more. */
  readonly events: readonly TraceEvent[]
}

/** The opening of a situation, or of the first one. Throws a `RangeError` if there is none of that name. */
export function openingOf(name = SITUATIONS[0]?.name): Opening {
  const situation = [HOME, ...SITUATIONS].find((each) => each.name === name)
  const found = Object.entries(recorded).find(([each]) => each === name)
  if (situation === undefined || found === undefined) throw new RangeError(`there is no situation ${name}`)
  // the file is written by a test from events; the type of JSON has strings for its literals
  return { ...situation, events: found[1] as readonly TraceEvent[] }
}
