/** Where a server keeps what it must not forget, as its driver sees it. */
import type { Save } from '#raft/effects'
import type { RaftState } from '#raft/state'

/** What a server finds on its disk when it starts. */
export type Saved = Pick<RaftState, 'term' | 'votedFor' | 'log'>

export interface Storage {
  /** What is on it: absent if nothing was ever saved. */
  readonly saved: Saved | undefined
  /**
   * Puts this on the disk, behind all that was given before. `done` is called once
   * it is there, and would be there after a power cut; and for saves in their order.
   * When it can't be known whether that is so, `done` is never called.
   */
  save(save: Save, done: () => void): void
}
