/**
 * Everything that one server knows (the state of Figure 2), as plain data:
 * `structuredClone` copies it, and a trace can show it.
 */
import { emptyLog, type Log } from '#raft/log'
import type { Index, ServerId, Term } from '#raft/messages'

export interface RaftState {
  readonly id: ServerId
  /** All servers of the cluster, this one among them. */
  readonly members: readonly ServerId[]

  // on the disk, before anybody is told
  term: Term
  votedFor: ServerId | undefined
  readonly log: Log

  // forgotten in a crash
  role: Role
  /** Up to here the log will never change, on any server. */
  commitIndex: Index
  /** Up to here the entries were handed to the state machine. */
  appliedIndex: Index
  /** Up to here the log is known to be on this server's disk. */
  durableIndex: Index
  /** The number of saves that were asked for. */
  saves: number
  /** Those that are not known to be on the disk, oldest first, and up to where each takes the log. */
  pending: readonly PendingSave[]
}

/** A save that is under way. */
export interface PendingSave {
  readonly save: number
  readonly lastIndex: Index
}

/** What a server is in its term. Each role has the state that only it needs. */
export type Role = Follower | Candidate | Leader

/** It answers leaders and candidates, and waits. */
export interface Follower {
  readonly kind: 'follower'
  /** The leader of this term, once it was heard of. */
  readonly leader: ServerId | undefined
  /** When it stops waiting for one. */
  electionDueMs: number
}

/** It has asked for votes, and counts them. */
export interface Candidate {
  readonly kind: 'candidate'
  /** Who has granted a vote: a set, since a vote may arrive twice. */
  readonly votes: Set<ServerId>
  /** When it tries again. */
  readonly electionDueMs: number
}

/** It takes commands, and hands entries on. */
export interface Leader {
  readonly kind: 'leader'
  /** What it knows of each other server. */
  readonly followers: ReadonlyMap<ServerId, Progress>
  heartbeatDueMs: number
}

/** How far a follower has come, as its leader knows it. */
export interface Progress {
  /** The entry to send next. */
  nextIndex: Index
  /** Up to here the follower's log is the leader's, and on the follower's disk. It stays true while the leader probes. */
  matchIndex: Index
  mode: Probing | Streaming
}

/** The leader doesn't know where the follower's log agrees with its own, and tries one append at a time. */
export interface Probing {
  readonly kind: 'probing'
  /** One is under way. If it is lost, the next heartbeat finds the place as well. */
  isWaiting: boolean
}

/** The logs agree up to `matchIndex`, and the leader sends ahead of the answers. */
export interface Streaming {
  readonly kind: 'streaming'
  /** The last index of each append that was sent and not answered, oldest first. */
  inFlight: readonly Index[]
}

/** A server as it starts: for the first time, or again with what is on its disk. */
export function initialState(
  id: ServerId,
  members: readonly ServerId[],
  saved: { readonly term: Term; readonly votedFor: ServerId | undefined; readonly log: Log } | undefined,
  electionDueMs: number,
): RaftState {
  if (!members.includes(id)) throw new RangeError(`${id} is none of the members ${members.join(', ')}`)
  const log = saved?.log ?? emptyLog()
  return {
    id,
    members,
    term: saved?.term ?? 0,
    votedFor: saved?.votedFor,
    log,
    role: { kind: 'follower', leader: undefined, electionDueMs },
    commitIndex: 0,
    appliedIndex: 0,
    durableIndex: log.entries.length,
    saves: 0,
    pending: [],
  }
}

/** How many servers are a majority. Two majorities have a server in common. */
export function quorumOf({ members }: Pick<RaftState, 'members'>): number {
  return Math.floor(members.length / 2) + 1
}
