/** What a reader does to a run, in the order of the run's time. */

/** An action at a moment of the run. */
export interface TimedAction<A> {
  readonly atMs: number
  readonly action: A
}

/** The inputs after the reader does something at `nowMs`: what was to come later is forgotten. */
export function withAction<A>(inputs: readonly TimedAction<A>[], nowMs: number, action: A): readonly TimedAction<A>[] {
  const atMs = Math.round(nowMs)
  return [...inputs.filter((input) => input.atMs <= atMs), { atMs, action }]
}
