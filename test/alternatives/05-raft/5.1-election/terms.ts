/** Other terms: what a server was in the old one decides how long it waits in the new one. */
import type { ServerId, Term } from '#raft/messages'
import type { Raft } from '#raft/raft'
import type { RaftState } from '#raft/state'

export function enterTerm(raft: Raft, term: Term): void {
  raft.unsaved.markVote()
  Object.assign(raft.state, { term, votedFor: undefined, role: waiting(raft, raft.state) })
}

function waiting(raft: Raft, { role }: RaftState): RaftState['role'] {
  switch (role.kind) {
    case 'leader':
      return { kind: 'follower', leader: undefined, electionDueMs: raft.drawElectionDueMs() }
    case 'candidate':
    case 'follower':
      return { kind: 'follower', leader: undefined, electionDueMs: role.electionDueMs }
  }
}

export function follow(raft: Raft, leader: ServerId): void {
  raft.state.role = { kind: 'follower', leader, electionDueMs: raft.drawElectionDueMs() }
}
