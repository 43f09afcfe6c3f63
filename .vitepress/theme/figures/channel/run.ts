/**
 * The run that the channel figure shows: its setup, the inputs so far, and the
 * history that a worker records from them. While a changed run is recorded the
 * figure goes on showing the one before, which has the same past.
 */
import { onBeforeUnmount, ref, shallowRef, triggerRef } from 'vue'
import { Recorder } from '../recorder.ts'
import { type Action, type Fact, type Input, type Problem, RUN_MS, type Setup } from './facts.ts'
import opening from './golden/opening.json'
import { History } from './history.ts'
import { OPENING_MS, type Situation, withAction } from './situations.ts'

/** A new run is shown when it has come this far past the moment shown. */
const LEAD_MS = 1_000

export function useRun(situation: Situation, nowMs: () => number) {
  const setup = shallowRef(situation.setup)
  const inputs = shallowRef<readonly Input[]>([])
  const history = shallowRef(new History())
  const reachedMs = ref(OPENING_MS)
  const problem = shallowRef<Problem>()
  /** The capacity that the history shown was recorded with. */
  const capacity = ref(situation.setup.capacity)
  // the file is written by a test from `Fact`s; the type of JSON has strings for its literals
  history.value.add(opening[situation.name] as readonly Fact[])

  let draft = history.value
  let draftCapacity = capacity.value
  const recorder = new Recorder<Setup, Input, Fact>(
    () => new Worker(new URL('./channel.worker.ts', import.meta.url), { type: 'module' }),
    (piece) => {
      draft.add(piece.facts)
      const over = piece.reachedMs >= RUN_MS || piece.trouble !== undefined
      if (!over && draft !== history.value && piece.reachedMs < nowMs() + LEAD_MS) return
      history.value = draft
      capacity.value = draftCapacity
      triggerRef(history)
      reachedMs.value = piece.reachedMs
      problem.value = piece.trouble
    },
  )
  onBeforeUnmount(() => recorder.close())

  function record(): void {
    draft = new History()
    draftCapacity = setup.value.capacity
    recorder.record(setup.value, inputs.value, RUN_MS)
  }

  return {
    setup,
    inputs,
    history,
    capacity,
    reachedMs,
    problem,
    record,
    /** Ends the worker while nobody looks. */
    rest: () => recorder.close(),
    /** Starts anew from a setup, with nothing done yet. */
    begin(next: Setup): void {
      setup.value = next
      inputs.value = []
      record()
    },
    act(action: Action): void {
      inputs.value = withAction(inputs.value, nowMs(), action)
      record()
    },
    /** Asks what would have happened with another capacity: the same inputs, run again. */
    tryCapacity(capacity: number): void {
      setup.value = { ...setup.value, capacity }
      record()
    },
  }
}
