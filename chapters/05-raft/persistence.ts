// Exercise 5.4, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.4-persistence.md, then let `npm run check 5.4` tell you how far you are.
// Stub dfdef794: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * What must be on the disk before which message leaves (Figure 2: "updated on
 * stable storage before responding to RPCs").
 *
 * A promise is what a server says of itself: *I am in this term, I voted for you,
 * I have your entries*. Raft is safe because a server keeps its promises, also
 * across a crash. So a promise waits for the save that makes it true. A leader's
 * append promises nothing but its term, which was on the disk before it was
 * elected: it goes out at once, and the leader's own disk may come last.
 */
import type { Save } from '#raft/effects'
import { lastIndexOf } from '#raft/log'
import type { Index } from '#raft/messages'
import type { RaftState } from '#raft/state'
import { unimplemented } from '#unimplemented'

/** What has changed since the last save was asked for. */
export class Unsaved {
  readonly #state: RaftState
  /** The part of the log that must be saved: from this index on. */
  #logFrom: Index | undefined
  #isChanged = false

  constructor(state: RaftState) {
    this.#state = state
  }

  /** Term or vote have changed. */
  markVote(): void {
    this.#isChanged = true
  }

  /**
   * The log changes from `index` on, and is on the disk up to the entry before it at most. That also
   * holds of saves that are under way: what they write from `index` on is no longer the log.
   *
   * A leader calls this before it appends, since it knows where. A follower calls it afterwards, since only then
   * does it know from where on the log has changed. So don't look at the log here, only at `index`.
   *
   * @exercise 5.4a Remember the smallest index. Take back what was believed of the disk beyond it.
   */
  markLog(index: Index): void {
    throw unimplemented('5.4a', 'Remember the smallest index. Take back what was believed of the disk beyond it.')
  }

  /**
   * The save after which a promise that is made now may leave: the next one if
   * anything has changed, and otherwise the last that was asked for, which may still be under way.
   *
   * @exercise 5.4b Saves are numbered from 1. `state.saves` were asked for.
   */
  get afterSave(): number {
    throw unimplemented('5.4b', 'Saves are numbered from 1. `state.saves` were asked for.')
  }

  /**
   * Asks for a save of all that has changed, or for none if nothing has. It is under way from now on, in
   * `state.pending`, and takes the log to its last index of now, even if it has no entries.
   *
   * @exercise 5.4b The term, the vote, and the log from the first index that has changed.
   */
  take(): Save | undefined {
    throw unimplemented('5.4b', 'The term, the vote, and the log from the first index that has changed.')
  }
}

/**
 * The save of this number and all before it are on the disk: so is the log, as
 * far as they have taken it and it has not changed since. They are no longer in `state.pending`.
 *
 * @exercise 5.4c Not up to the last index of now: more may have been appended meanwhile.
 */
export function noteSaved(state: RaftState, save: number): void {
  throw unimplemented('5.4c', 'Not up to the last index of now: more may have been appended meanwhile.')
}
