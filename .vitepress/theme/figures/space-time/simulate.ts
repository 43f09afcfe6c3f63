/** Runs one of the two worlds of the space-time figure, and hands over its trace. */
import { Trace, type TraceEvent } from '#message-passing/trace'
import type { Trouble } from '../recorder.ts'
import { countToTen } from './count-to-ten.ts'
import { noteAndFix } from './note-and-fix.ts'
import type { Input, Setup } from './setups.ts'

/** Hears what happened up to `reachedMs`, all at once: these runs are short. */
export type Listener = (events: readonly TraceEvent[], reachedMs: number, trouble?: Trouble) => boolean

export async function simulate(
  setup: Setup,
  inputs: readonly Input[],
  untilMs: number,
  listen: Listener,
): Promise<void> {
  const trace = new Trace()
  const simulation = setup.show === 'clocks' ? noteAndFix(setup, trace) : countToTen(setup, inputs, trace)
  try {
    await simulation.run(untilMs)
    listen(trace.events(), untilMs)
  } catch (error) {
    const atMs = simulation.nowMs
    listen(trace.events(), atMs, { atMs, sentence: error instanceof Error ? error.message : String(error) })
  }
}
