/**
 * What goes into the core, and what comes out: it decides everything and does
 * nothing. Whoever drives it owns the clock, the network and the disk.
 */
import type { Entry, Index, Message, ServerId, Term } from '#raft/messages'

/** Something has happened. */
export type Input =
  /** Time has passed. */
  | { readonly kind: 'tick' }
  /** A server is to stand for election now, though its timeout isn't over. A leader goes on leading. */
  | { readonly kind: 'campaign' }
  /** A message has arrived. It may be old, or come twice. */
  | { readonly kind: 'message'; readonly from: ServerId; readonly message: Message }
  /** Somebody wants commands in the log. */
  | { readonly kind: 'propose'; readonly commands: readonly Uint8Array[] }
  /** The save of this number, and all before it, are on the disk. */
  | { readonly kind: 'saved'; readonly save: number }

/**
 * Something has to be done. The order matters only as far as it says:
 *
 * 1. Saves go to the disk in their order.
 * 2. A message goes out once the save `afterSave` is on the disk, and those before it: what it says
 *    must be true after a crash as well. 0 is for what needs none.
 * 3. Applies are done in their order, at once or later.
 */
export type Effect =
  | Save
  | { readonly kind: 'send'; readonly to: ServerId; readonly message: Message; readonly afterSave: number }
  /** Entries are committed: hand them to the state machine, the first with this index. */
  | { readonly kind: 'apply'; readonly index: Index; readonly entries: readonly Entry[] }
  /** The commands of a proposal have these indexes, if this term's leader stays leader. They are not committed yet. */
  | { readonly kind: 'accepted'; readonly index: Index; readonly count: number; readonly term: Term }
  /** The proposal was not accepted, and nothing of it ever will be. `leader` may know more. */
  | { readonly kind: 'declined'; readonly leader: ServerId | undefined }

/** What must be on the disk: the term and the vote as they are now, and the log from `from` on. */
export interface Save {
  readonly kind: 'save'
  readonly save: number
  readonly term: Term
  readonly votedFor: ServerId | undefined
  /** All entries from this index on, in the place of whatever the disk has from there on; `undefined` if the log is as it was. */
  readonly from: Index | undefined
  readonly entries: readonly Entry[]
}
