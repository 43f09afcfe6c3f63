/**
 * What the servers of a cluster say to one another (the RPCs of Figure 2, Ongaro
 * and Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended
 * Version)", 2014), as schemas: the same messages on a simulated network and on a
 * real one. Requests and replies are messages alike, since each may be lost.
 */
import { bool, bytes, type Infer, list, optional, struct, u53, union } from '#serialization/schema'

/** Time in Raft: a number that only grows, and in which there is one leader at most. */
export type Term = number

/** No server takes a later term from another. Elections alone, one a millisecond, get there in 140,000 years. */
export const TERM_MAX: Term = 2 ** 52

/** The place of an entry in the log, from 1. */
export type Index = number

/** The name of a server. It is the name of its host too. */
export type ServerId = string

/** One entry of the log. Without a command it is the no-op with which a leader begins its term. */
export const Entry = struct({ term: u53, command: optional(bytes) })
/** An entry, as a value. */
export type Entry = Infer<typeof Entry>

/** All that servers send. `term` is the sender's. */
export const Message = union('kind', {
  /** A candidate asks for a vote. */
  requestVote: struct({ term: u53, lastIndex: u53, lastTerm: u53 }),
  /** The answer to it. */
  vote: struct({ term: u53, granted: bool }),
  /** A leader hands on entries, or none, to say that it is there. They follow the entry `prevIndex`. */
  append: struct({ term: u53, prevIndex: u53, prevTerm: u53, entries: list(Entry), commitIndex: u53 }),
  /** The log of the sender agrees with the leader's up to `matchIndex`. */
  appended: struct({ term: u53, matchIndex: u53 }),
  /**
   * It doesn't agree at `prevIndex`. There it has an entry of `conflictTerm`, of which `conflictIndex` is
   * the first, or it has none, and `conflictIndex` is the index behind its last entry: 1 if its log is empty.
   */
  refused: struct({ term: u53, prevIndex: u53, conflictIndex: u53, conflictTerm: optional(u53) }),
})
/** A message, as a value. */
export type Message = Infer<typeof Message>

/** The messages of one kind. */
export type MessageOf<K extends Message['kind']> = Extract<Message, { readonly kind: K }>

/** Whether two entries have the same term and the same command, if there are two. */
export function isSameEntry(one: Entry, other: Entry | undefined): boolean {
  if (one === other) return true
  if (one.term !== other?.term || one.command?.length !== other.command?.length) return false
  return one.command === undefined || one.command.every((byte, at) => byte === other.command?.[at])
}
