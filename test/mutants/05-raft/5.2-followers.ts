/** Mistakes that people make when entries come from a leader, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const replication = 'solutions/05-raft/replication.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'takes entries from the leader of an earlier term',
    file: replication,
    find: 'if (append.term < state.term) {',
    replace: 'if (append.term < 0) {',
    caughtBy: 'is refused, with the term of the receiver, and changes nothing',
    lists: [],
  },
  {
    name: 'tells a leader of an earlier term the term that it knows already',
    file: replication,
    find: "{ kind: 'refused', term: state.term, prevIndex, conflictIndex: prevIndex }",
    replace: "{ kind: 'refused', term: append.term, prevIndex, conflictIndex: prevIndex }",
    caughtBy: 'is refused, with the term of the receiver, and changes nothing',
    lists: [],
  },
  {
    name: 'takes entries behind a hole',
    file: replication,
    find: 'if (!matchesAt(state.log, prevIndex, prevTerm)) {',
    replace: 'if (prevIndex <= raft.lastIndex && !matchesAt(state.log, prevIndex, prevTerm)) {',
    caughtBy: 'is refused with the reason: the log is too short',
    lists: ['RA23'],
  },
  {
    name: 'stands for election while its leader looks for the place where the logs agree',
    file: replication,
    find: `  follow(raft, from)
  if (!matchesAt(state.log, prevIndex, prevTerm)) {
    const conflict = conflictAt(state.log, prevIndex)
    return raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, ...conflict })
  }`,
    replace: `  if (!matchesAt(state.log, prevIndex, prevTerm)) {
    const conflict = conflictAt(state.log, prevIndex)
    return raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, ...conflict })
  }
  follow(raft, from)`,
    caughtBy: 'comes from the leader all the same: it puts the election off',
    lists: [],
  },
  {
    name: 'acknowledges all that it has',
    file: replication,
    find: 'const matchIndex = prevIndex + entries.length',
    replace: 'const matchIndex = raft.lastIndex',
    caughtBy: 'acknowledges what the message covered, and no more',
    lists: ['RA25'],
  },
  {
    name: 'commits what the leader has committed, as far as its own log goes',
    file: replication,
    find: 'commitUpTo(raft, Math.min(append.commitIndex, matchIndex))',
    replace: 'commitUpTo(raft, Math.min(append.commitIndex, raft.lastIndex))',
    caughtBy: 'is committed here as far as the message goes',
    lists: ['RA20'],
  },
  {
    name: 'commits what the leader has committed, before it knows whether the logs agree',
    file: replication,
    find: `  follow(raft, from)
  if (!`,
    replace: `  follow(raft, from)
  commitUpTo(raft, Math.min(append.commitIndex, raft.lastIndex))
  if (!`,
    caughtBy: 'is refused with the reason',
    lists: ['RA20'],
  },
  {
    name: 'acknowledges entries that are not on the disk yet',
    file: replication,
    find: "raft.sendWhenSaved(from, { kind: 'appended', term: state.term, matchIndex })",
    replace: "raft.sendNow(from, { kind: 'appended', term: state.term, matchIndex })",
    caughtBy: 'leaves once the entries are on the disk',
    lists: ['RA2'],
  },
  {
    name: 'forgets to have the new entries saved',
    file: replication,
    find: '  if (changedFrom !== undefined) raft.unsaved.markLog(changedFrom)\n',
    replace: '  if (changedFrom === undefined) raft.unsaved.markVote()\n',
    caughtBy: 'leaves once the entries are on the disk',
    lists: ['RA2'],
  },
  {
    name: 'saves entries that it has had for long again and again',
    file: replication,
    find: 'if (changedFrom !== undefined) raft.unsaved.markLog(changedFrom)',
    replace: 'raft.unsaved.markLog(changedFrom ?? prevIndex + 1)',
    caughtBy: 'nothing goes without a conflict',
    lists: [],
  },
  {
    name: 'follows a second leader of the term',
    file: replication,
    find: '  if (contradictsLeader(state, from)) return\n',
    replace: '',
    caughtBy: 'an append of a second leader of the term',
    lists: [],
  },
  {
    name: 'replaces what is committed because a message says so',
    file: replication,
    find: '  if (contradictsCommitted(raft, prevIndex, entries)) return\n',
    replace: '',
    caughtBy: 'entries in the place of committed ones',
    lists: [],
  },
  {
    name: 'leaves the leader of an earlier term without an answer, as it follows another',
    file: replication,
    find: `  if (append.term < state.term) {
    return`,
    replace: `  if (contradictsLeader(state, from)) return
  if (append.term < state.term) {
    return`,
    caughtBy: 'is refused by a follower of another leader too',
    lists: [],
  },
  {
    name: 'leaves the leader of an earlier term without an answer, as it leads itself',
    file: replication,
    find: '  if (append.term < state.term) {',
    replace: "  if (state.role.kind === 'leader') return\n  if (append.term < state.term) {",
    caughtBy: 'is refused by a leader too',
    lists: [],
  },
  {
    name: 'tells a new term with its refusal before that term is on the disk',
    file: replication,
    find: "raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, ...conflict })",
    replace: "raft.sendNow(from, { kind: 'refused', term: state.term, prevIndex, ...conflict })",
    caughtBy: 'is refused once the term that the refusal tells is on the disk',
    lists: [],
  },
  {
    name: 'tells an earlier leader a new term before that term is on the disk',
    file: replication,
    find: "raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, conflictIndex: prevIndex })",
    replace: "raft.sendNow(from, { kind: 'refused', term: state.term, prevIndex, conflictIndex: prevIndex })",
    caughtBy: 'is refused once the term that the refusal tells is on the disk',
    lists: [],
  },
  {
    name: 'leaves a question about what is committed without an answer',
    file: replication,
    find: '  if (!matchesAt(state.log, prevIndex, prevTerm)) {',
    replace: '  if (prevIndex < state.commitIndex) return\n  if (!matchesAt(state.log, prevIndex, prevTerm)) {',
    caughtBy: 'acknowledges also what was committed long ago',
    lists: [],
  },
]
