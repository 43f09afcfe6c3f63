/** Mistakes that people make in Raft's terms and in standing for election, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const terms = 'solutions/05-raft/terms.ts'
const election = 'solutions/05-raft/election.ts'

const inTerms: readonly Mutant[] = [
  {
    name: 'keeps its vote when a new term begins',
    file: terms,
    find: '  state.votedFor = undefined\n',
    replace: '',
    caughtBy: 'a new term comes without a vote',
    lists: [],
  },
  {
    name: 'does not save a new term, and goes back to the old one in a crash',
    file: terms,
    find: '  raft.unsaved.markVote()\n',
    replace: '',
    caughtBy: 'a new term is on the disk before anybody hears of it',
    lists: ['RA2'],
  },
  {
    name: 'goes on leading when it hears of a later term',
    file: terms,
    find: "  state.role = { kind: 'follower', leader: undefined, electionDueMs }",
    replace: "  if (state.role.kind !== 'leader') state.role = { kind: 'follower', leader: undefined, electionDueMs }",
    caughtBy: 'a leader that hears of a later term in whatever message leads no more',
    lists: ['RA13'],
  },
  {
    name: 'stays a candidate in a term in which it has not voted for itself',
    file: terms,
    find: "  state.role = { kind: 'follower', leader: undefined, electionDueMs }",
    replace:
      "  if (state.role.kind !== 'candidate') state.role = { kind: 'follower', leader: undefined, electionDueMs }",
    caughtBy: 'a candidate that hears of a later term in whatever message is a candidate no more',
    lists: [],
  },
  {
    name: 'puts its election off whenever it hears of a later term',
    file: terms,
    find: "state.role.kind === 'leader' ? raft.drawElectionDueMs() : state.role.electionDueMs",
    replace: 'raft.drawElectionDueMs()',
    caughtBy: 'a follower that hears of a later term, and of no leader, waits on as before',
    lists: ['RA11'],
  },
  {
    name: 'goes to the next term, and not to that of the message',
    file: terms,
    find: '  state.term = term\n',
    replace: '  state.term += 1\n',
    caughtBy: 'terms may leap',
    lists: [],
  },
  {
    name: 'believes in the leader of the term before',
    file: terms,
    find: "  state.role = { kind: 'follower', leader: undefined, electionDueMs }",
    replace: `  const leader = state.role.kind === 'follower' ? state.role.leader : undefined
  state.role = { kind: 'follower', leader, electionDueMs }`,
    caughtBy: 'nobody is the leader of a term before it has been heard of',
    lists: [],
  },
  {
    name: 'believes that it leads the next term, since it led the one before',
    file: terms,
    find: 'leader: undefined, electionDueMs }',
    replace: "leader: state.role.kind === 'leader' ? state.id : undefined, electionDueMs }",
    caughtBy: 'nobody is the leader of a term before it has been heard of',
    lists: [],
  },
  {
    name: 'believes that it leads the next term, since it stood in the one before',
    file: terms,
    find: 'leader: undefined, electionDueMs }',
    replace: "leader: state.role.kind === 'candidate' ? state.id : undefined, electionDueMs }",
    caughtBy: 'nobody is the leader of a term before it has been heard of',
    lists: [],
  },
  {
    name: 'keeps its vote for itself when its office ends',
    file: terms,
    find: '  state.votedFor = undefined\n',
    replace: "  if (state.role.kind !== 'leader') state.votedFor = undefined\n",
    caughtBy: 'a new term comes without a vote',
    lists: [],
  },
]

const inStanding: readonly Mutant[] = [
  {
    name: 'stands again after a time that is always the same',
    file: election,
    find: 'votes: new Set(), electionDueMs: raft.drawElectionDueMs() }',
    replace: 'votes: new Set(), electionDueMs: raft.nowMs + raft.options.electionTimeoutMsMin }',
    caughtBy: 'the wait behind a candidacy is drawn anew each time, between the bounds',
    lists: ['RA10'],
  },
  {
    name: 'does not note its vote for itself, and votes for another candidate as well',
    file: election,
    find: '  state.votedFor = state.id\n',
    replace: '  state.votedFor = undefined\n',
    caughtBy: 'a candidate has voted for itself, and refuses all others',
    lists: ['RA14'],
  },
  {
    name: 'does not save its vote for itself',
    file: election,
    find: '  raft.unsaved.markVote()\n',
    replace: '',
    caughtBy: 'its vote for itself is on the disk before anybody is asked',
    lists: ['RA2', 'RA14'],
  },
  {
    name: 'counts its own vote before it is on the disk',
    file: election,
    find: 'votes: new Set(), electionDueMs: raft.drawElectionDueMs() }',
    replace: 'votes: new Set([state.id]), electionDueMs: raft.drawElectionDueMs() }',
    caughtBy: 'its vote for itself is a message to itself, and counts when it arrives',
    lists: ['RA2'],
  },
  {
    name: 'asks for votes before its own is on the disk',
    file: election,
    find: "raft.sendWhenSaved(member, { kind: 'requestVote', ...request })",
    replace: "raft.sendNow(member, { kind: 'requestVote', ...request })",
    caughtBy: 'its vote for itself is on the disk before anybody is asked',
    lists: ['RA2'],
  },
  {
    name: 'stands again in the term in which nobody has won',
    file: election,
    find: '  state.term += 1\n',
    replace: "  if (state.role.kind === 'follower') state.term += 1\n",
    caughtBy: 'a candidate that nobody elects tries again, in the next term',
    lists: [],
  },
  {
    name: 'says of its log only where it ends, and the present term in the place of the last',
    file: election,
    find: 'lastTerm: lastTermOf(state.log) }',
    replace: 'lastTerm: state.term }',
    caughtBy: 'a candidate says truly where its log ends',
    lists: ['RA5'],
  },
  {
    name: 'says where its log ended when it was last on the disk',
    file: election,
    find: 'lastIndex: lastIndexOf(state.log), lastTerm',
    replace: 'lastIndex: state.durableIndex, lastTerm',
    caughtBy: 'a candidate names the end of its whole log',
    lists: [],
  },
  {
    name: 'passes over the first of the members, and takes it for itself',
    file: election,
    find: `  for (const member of state.members) {
    if (member !== state.id) raft`,
    replace: `  for (const member of state.members.slice(1)) {
    raft`,
    caughtBy: 'it asks everybody else, wherever it stands in the list of members',
    lists: [],
  },
  {
    name: 'keeps the wait that is over, and stands again at once',
    file: election,
    find: 'votes: new Set(), electionDueMs: raft.drawElectionDueMs() }',
    replace: `votes: new Set(), electionDueMs: state.role.kind === 'leader' ? 0 : state.role.electionDueMs }`,
    caughtBy: 'a candidate waits anew, in case nobody wins',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inTerms, ...inStanding]
