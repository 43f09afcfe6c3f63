/**
 * What the open page knows about the reader's progress. In `npm start` the dev
 * server tells it, at once and after each save; in the static build it stays empty.
 */
import { type InjectionKey, inject, type ShallowRef, shallowRef } from 'vue'
import type { LiveState } from '../live/state.ts'
import { liveEvents, nothingYet } from '../live/state.ts'

export interface Live {
  /** Whether checks run on this site, that is, whether it is the one of `npm start`. */
  readonly served: boolean
  readonly state: Readonly<ShallowRef<LiveState>>
}

export const liveKey: InjectionKey<Live> = Symbol('live')

/** Listens to the dev server, and asks it for the last state. It can ask for nothing else. */
export function createLive(): Live {
  const state = shallowRef<LiveState>(nothingYet)
  if (import.meta.hot) {
    import.meta.hot.on(liveEvents.state, (latest: LiveState) => {
      state.value = latest
    })
    import.meta.hot.send(liveEvents.ask)
  }
  return { served: import.meta.hot !== undefined, state }
}

export function useLive(): Live {
  const live = inject(liveKey)
  if (live === undefined) throw new Error('useLive() needs the theme: call it in a component of the site')
  return live
}
