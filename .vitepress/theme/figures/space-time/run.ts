/**
 * The run that a space-time figure shows. Before anything is changed it is the
 * one that was recorded beforehand; each change runs the world again, in a
 * worker. While one run is under way only the latest further wish is kept, so
 * that a fast drag doesn't starve the picture.
 */
import { onBeforeUnmount, shallowRef } from 'vue'
import type { TraceEvent } from '#message-passing/trace'
import { Recorder, type Trouble } from '../recorder.ts'
import type { Input, Setup } from './setups.ts'

interface Wish<S extends Setup> {
  readonly setup: S
  readonly inputs: readonly Input[]
}

export function useRun<S extends Setup>(setup: S, opening: readonly TraceEvent[], endMs: number) {
  const events = shallowRef(opening)
  const trouble = shallowRef<Trouble>()
  /** What the events shown came from. */
  const shown = shallowRef<Wish<S>>({ setup, inputs: [] })
  let underWay: Wish<S> | undefined
  let wanted: Wish<S> | undefined

  const recorder = new Recorder<Setup, Input, TraceEvent>(
    () => new Worker(new URL('./space-time.worker.ts', import.meta.url), { type: 'module' }),
    (piece) => {
      trouble.value = piece.trouble
      if (underWay !== undefined && (piece.facts.length > 0 || piece.trouble === undefined)) {
        events.value = piece.facts
        shown.value = underWay
      }
      underWay = undefined
      if (wanted !== undefined) start(wanted)
    },
  )
  onBeforeUnmount(() => recorder.close())

  function start(wish: Wish<S>): void {
    wanted = undefined
    underWay = wish
    recorder.record(wish.setup, wish.inputs, endMs)
  }

  return {
    events,
    trouble,
    shown,
    /** What was asked for last, whether it is shown already or not. */
    latest: (): Wish<S> => wanted ?? underWay ?? shown.value,
    run(setup: S, inputs: readonly Input[] = []): void {
      if (underWay === undefined) start({ setup, inputs })
      else wanted = { setup, inputs }
    },
    /** Ends the worker while nobody looks. */
    rest(): void {
      recorder.close()
      underWay = undefined
      wanted = undefined
    },
  }
}
