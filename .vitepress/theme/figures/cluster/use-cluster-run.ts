/**
 * The run that a cluster figure shows: its setup, what was done to it, and the
 * history that a worker records. Until something is asked of it, it is the one
 * that was recorded beforehand. While a changed run is recorded, the figure goes
 * on showing the one before, which has the same past.
 */
import { onBeforeUnmount, ref, shallowRef, triggerRef } from 'vue'
import type { TraceEvent } from '#message-passing/trace'
import { withAction } from '../inputs.ts'
import { Recorder, type Trouble } from '../recorder.ts'
import { ClusterHistory } from './history.ts'
import { Reigns } from './reigns.ts'
import { type Action, type Input, RUN_MS, type Setup, serverNames } from './setups.ts'
import { openWorker } from './workers.ts'

/** What a run comes from. */
export interface Wish {
  readonly setup: Setup
  readonly inputs: readonly Input[]
}

/** A recorded run, as it is drawn. */
class Drawing {
  readonly history: ClusterHistory
  readonly reigns = new Reigns()
  readonly wish: Wish
  reachedMs = 0

  constructor(wish: Wish) {
    this.wish = wish
    this.history = new ClusterHistory(serverNames(wish.setup.servers))
  }

  add(events: readonly TraceEvent[], reachedMs: number): void {
    this.history.add(events)
    this.reigns.add(events)
    this.reachedMs = reachedMs
  }
}

/** A new run is shown when it has come this far past the moment shown. */
const LEAD_MS = 200

export function useClusterRun(first: Wish, opening: readonly TraceEvent[], openingMs: number, nowMs: () => number) {
  const drawing = shallowRef(new Drawing(first))
  drawing.value.add(opening, openingMs)
  const latest = shallowRef(first)
  const trouble = shallowRef<Trouble>()
  const isRecorded = ref(false)

  let draft = drawing.value
  let mistake = first.setup.mistake
  const recorder = new Recorder<Setup, Input, TraceEvent>(
    () => openWorker(mistake),
    (piece) => {
      draft.add(piece.facts, piece.reachedMs)
      const over = piece.reachedMs >= RUN_MS || piece.trouble !== undefined
      if (!over && draft !== drawing.value && piece.reachedMs < nowMs() + LEAD_MS) return
      drawing.value = draft
      triggerRef(drawing)
      trouble.value = piece.trouble
    },
  )
  onBeforeUnmount(() => recorder.close())

  function record(wish: Wish): void {
    latest.value = wish
    isRecorded.value = true
    draft = new Drawing(wish)
    if (mistake !== wish.setup.mistake) recorder.close()
    mistake = wish.setup.mistake
    recorder.record(wish.setup, wish.inputs, RUN_MS)
  }

  return {
    drawing,
    /** What was asked for last, whether it is shown already or not. */
    latest,
    trouble,
    record,
    act(action: Action): void {
      const { setup, inputs } = latest.value
      record({ setup, inputs: withAction(inputs, nowMs(), action) })
    },
    /** Sees to it that there is more than what was recorded beforehand. */
    wake(): void {
      if (!isRecorded.value) record(latest.value)
    },
    /** Ends the worker while nobody looks. */
    rest(): void {
      recorder.close()
      if (draft.reachedMs < RUN_MS && trouble.value === undefined) isRecorded.value = false
    },
  }
}
