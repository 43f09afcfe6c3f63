/** Where a server keeps what it must not forget, as its driver sees it. */
import type { Save } from '#raft/effects'
import { emptyLog } from '#raft/log'
import type { RaftState } from '#raft/state'

/** What a server finds on its disk when it starts. */
export type Saved = Pick<RaftState, 'term' | 'votedFor' | 'log'>

export interface Storage {
  /** What is on it: absent if nothing was ever saved. */
  readonly saved: Saved | undefined
  /**
   * Puts this on the disk, behind all that was given before. `done` is called once
   * it is there, and would be there after a power cut; for saves in their order, and never before
   * `save` has returned, since the driver is in the middle of a step then.
   * When it can't be known whether that is so, `done` is never called.
   */
  save(save: Save, done: () => void): void
}

/** A save without its number, and with or without what hasn't changed. */
type Changes = Pick<Save, 'term' | 'entries'> & Partial<Pick<Save, 'votedFor' | 'from'>>

/**
 * What is saved after these changes. The log of `before` becomes part of it, and is changed.
 *
 * Term and vote are those of the changes, even if the vote is for nobody: one of an earlier term has no
 * meaning in this one. The entries take the place of all from `from` on, though they may be fewer.
 */
export function savedAfter(before: Saved | undefined, { term, votedFor, from, entries }: Changes): Saved {
  const log = before?.log ?? emptyLog()
  if (from !== undefined) {
    log.entries.length = from - 1
    for (const entry of entries) log.entries.push(entry)
  }
  return { term, votedFor, log }
}
