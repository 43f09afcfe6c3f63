/** Mistakes that people make in granting votes and counting them, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const election = 'solutions/05-raft/election.ts'

const inVoting: readonly Mutant[] = [
  {
    name: 'compares the lengths of two logs before their last terms',
    file: election,
    find: `  if (lastTerm !== ownTerm) return lastTerm > ownTerm
  return lastIndex >= lastIndexOf(state.log)`,
    replace: `  if (lastIndex !== lastIndexOf(state.log)) return lastIndex > lastIndexOf(state.log)
  return lastTerm >= ownTerm`,
    caughtBy: 'an earlier last term counts, though the log is longer',
    lists: ['RA4'],
  },
  {
    name: 'wants both the last term and the length to be no less, and may elect nobody',
    file: election,
    find: 'if (lastTerm !== ownTerm) return lastTerm > ownTerm',
    replace: 'if (lastTerm < ownTerm) return false',
    caughtBy: 'a later last term counts, though the log is shorter',
    lists: [],
  },
  {
    name: 'refuses a log that is as long as its own',
    file: election,
    find: 'return lastIndex >= lastIndexOf(state.log)',
    replace: 'return lastIndex > lastIndexOf(state.log)',
    caughtBy: 'the same log: the vote may be granted',
    lists: [],
  },
  {
    name: "votes without a look at the candidate's log",
    file: election,
    find: 'isFree && isUpToDate(state, request.lastIndex, request.lastTerm)',
    replace: 'isFree',
    caughtBy: 'a candidate with an old log is refused every time it asks',
    lists: ['RA5'],
  },
  {
    name: 'grants two votes in one term',
    file: election,
    find: 'const isFree = state.votedFor === undefined || state.votedFor === from',
    replace: 'const isFree = true',
    caughtBy: 'whoever asks first gets the vote, and nobody else gets one in this term',
    lists: ['RA1'],
  },
  {
    name: 'refuses the candidate that it has voted for, when the answer was lost',
    file: election,
    find: 'const isFree = state.votedFor === undefined || state.votedFor === from',
    replace: 'const isFree = state.votedFor === undefined',
    caughtBy: 'a candidate that asks again gets its vote again, without a second promise',
    lists: [],
  },
  {
    name: 'grants a vote for a term that is over',
    file: election,
    find: 'const granted = request.term === state.term && isFree',
    replace: 'const granted = isFree',
    caughtBy: 'a vote for an earlier term is refused, though the vote of the present one is free',
    lists: [],
  },
  {
    name: 'notes the vote before it has looked at the log',
    file: election,
    find: '  if (granted) {\n',
    replace: '  if (isFree) state.votedFor = from\n  if (granted) {\n',
    caughtBy: 'a candidate that is refused has not taken the vote',
    lists: [],
  },
  {
    name: 'does not save its vote, and gives another one after a crash',
    file: election,
    find: '    if (state.votedFor === undefined) raft.unsaved.markVote()\n',
    replace: '',
    caughtBy: 'a vote is on the disk before it is told',
    lists: ['RA2'],
  },
  {
    name: 'saves its vote, and tells it without waiting for the disk',
    file: election,
    find: "raft.sendWhenSaved(from, { kind: 'vote', term: state.term, granted })",
    replace: "raft.sendNow(from, { kind: 'vote', term: state.term, granted })",
    caughtBy: 'a vote is on the disk before it is told',
    lists: ['RA2'],
  },
  {
    name: 'puts its own election off for a candidate that it has refused',
    file: election,
    find: "    if (state.role.kind === 'follower') state.role.electionDueMs = raft.drawElectionDueMs()\n  }",
    replace: "  }\n  if (state.role.kind === 'follower') state.role.electionDueMs = raft.drawElectionDueMs()",
    caughtBy: 'a vote that is refused does not put off one’s own election',
    lists: ['RA11'],
  },
  {
    name: 'does not put its own election off for a candidate that it has voted for',
    file: election,
    find: "    if (state.role.kind === 'follower') state.role.electionDueMs = raft.drawElectionDueMs()\n",
    replace: '',
    caughtBy: 'a vote that is granted puts off one’s own election',
    lists: [],
  },
  {
    name: 'takes the candidate that it has voted for as its leader, and is deaf to who wins',
    file: election,
    find: "    if (state.role.kind === 'follower') state.role.electionDueMs = raft.drawElectionDueMs()\n",
    replace:
      "    if (state.role.kind === 'follower') state.role = { ...state.role, leader: from, electionDueMs: raft.drawElectionDueMs() }\n",
    caughtBy: 'a vote that is granted makes nobody leader',
    lists: [],
  },
  {
    name: 'forgets its leader when it grants a vote',
    file: election,
    find: "    if (state.role.kind === 'follower') state.role.electionDueMs = raft.drawElectionDueMs()\n",
    replace:
      "    if (state.role.kind === 'follower') state.role = { ...state.role, leader: undefined, electionDueMs: raft.drawElectionDueMs() }\n",
    caughtBy: 'a vote that is granted late takes no leader away',
    lists: [],
  },
  {
    name: 'compares logs as far as its own is on the disk',
    file: election,
    find: `  const ownTerm = lastTermOf(state.log)
  if (lastTerm !== ownTerm) return lastTerm > ownTerm
  return lastIndex >= lastIndexOf(state.log)`,
    replace: `  const ownTerm = state.log.entries[state.durableIndex - 1]?.term ?? 0
  if (lastTerm !== ownTerm) return lastTerm > ownTerm
  return lastIndex >= state.durableIndex`,
    caughtBy: 'a voter looks at its whole log',
    lists: [],
  },
]

const inCounting: readonly Mutant[] = [
  {
    name: 'counts messages with votes, and not those who have voted',
    file: election,
    find: 'state.role.votes.add(from)',
    replace: 'state.role.votes.add(from + String(state.role.votes.size))',
    caughtBy: 'a vote counts once, however often it arrives',
    lists: ['RA7'],
  },
  {
    name: 'counts a refusal as a vote',
    file: election,
    find: ' || !vote.granted) return',
    replace: ') return',
    caughtBy: 'a refusal is no vote',
    lists: ['RA8'],
  },
  {
    name: 'takes a vote back when a refusal comes from the same server',
    file: election,
    find: "  if (state.role.kind !== 'candidate' || vote.term !== state.term || !vote.granted) return\n",
    replace: `  if (state.role.kind !== 'candidate' || vote.term !== state.term) return
  if (!vote.granted) {
    state.role.votes.delete(from)
    return
  }\n`,
    caughtBy: 'a refusal takes no vote back',
    lists: [],
  },
  {
    name: 'puts its next candidacy off with each vote that it gets',
    file: election,
    find: '  state.role.votes.add(from)\n',
    replace: `  state.role = { ...state.role, electionDueMs: raft.drawElectionDueMs() }
  state.role.votes.add(from)\n`,
    caughtBy: 'a vote that is counted does not put off the next candidacy',
    lists: [],
  },
  {
    name: 'saves each vote that it gets, though nothing of it belongs on the disk',
    file: election,
    find: '  state.role.votes.add(from)\n',
    replace: '  state.role.votes.add(from)\n  raft.unsaved.markVote()\n',
    caughtBy: 'a vote that is counted is not saved',
    lists: [],
  },
  {
    name: 'counts a vote of an earlier term',
    file: election,
    find: ' || vote.term !== state.term ||',
    replace: ' ||',
    caughtBy: 'a vote of an earlier term does not count in this one',
    lists: [],
  },
  {
    name: 'leads with half of an even cluster',
    file: election,
    find: 'state.role.votes.size >= quorumOf(state)',
    replace: 'state.role.votes.size >= state.members.length / 2',
    caughtBy: 'in a cluster of 4 a leader needs 3 votes, its own among them',
    lists: [],
  },
  {
    name: 'needs one vote more than a majority, and the cluster stands still when two of five are gone',
    file: election,
    find: 'state.role.votes.size >= quorumOf(state)',
    replace: 'state.role.votes.size > quorumOf(state)',
    caughtBy: 'in a cluster of 5 a leader needs 3 votes, its own among them',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inVoting, ...inCounting]
