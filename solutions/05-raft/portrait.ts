/** A server's state in brief, for a trace: what somebody wants to see who looks at a run. */
import type { RaftState } from '#raft/state'

/** The end of a log that a portrait shows. */
const ENTRIES_SHOWN = 8

export interface Portrait {
  readonly role: RaftState['role']['kind']
  readonly term: number
  readonly votedFor: string
  readonly committed: number
  /** When it stands for election, or, of a leader, sends its next heartbeat: by its own clock, in milliseconds, to a tenth. */
  readonly dueMs: number
  /** The terms of the last entries: `1 1 2`, after the number of those before, if there are any: `40 and 3 3 3 4 4 4 4 5`. */
  readonly log: string
}

/** The state in brief. It costs the same however long the log is. */
export function portraitOf({ role, term, votedFor, commitIndex, log }: RaftState): Portrait {
  const first = Math.max(0, log.entries.length - ENTRIES_SHOWN)
  const terms = log.entries.slice(first).map((entry) => entry.term)
  const before = first === 0 ? '' : `${first} and `
  return {
    role: role.kind,
    term,
    votedFor: votedFor ?? 'nobody',
    committed: commitIndex,
    dueMs: Math.round(10 * (role.kind === 'leader' ? role.heartbeatDueMs : role.electionDueMs)) / 10,
    log: before + terms.join(' '),
  }
}
