/** Mistakes that people make around the core of Raft, in modules that are given, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const driver = 'solutions/05-raft/driver.ts'
const node = 'solutions/05-raft/node.ts'
const leadership = 'solutions/05-raft/leadership.ts'
const state = 'solutions/05-raft/state.ts'
const storage = 'solutions/05-raft/storage.ts'

const inDriver: readonly Mutant[] = [
  {
    name: 'tells whoever waits at an index that its command is committed, whatever stands there now',
    file: driver,
    find: "waiting.term === entry.term ? { kind: 'committed', index } : { kind: 'replaced' }",
    replace: "{ kind: 'committed', index }",
    caughtBy: 'is told that it was replaced when another entry is committed in its place',
    lists: ['RA31'],
  },
  {
    name: 'leaves a proposer without an answer when the server does not lead',
    file: driver,
    find: "if (effect.kind === 'declined') settle({ kind: 'declined', leader: effect.leader })",
    replace: '',
    caughtBy: 'is declined at once by a follower',
    lists: [],
  },
  {
    name: 'sends promises before the save that makes them true',
    file: driver,
    find: 'if (effect.afterSave <= this.#savedUpTo) this.#send(effect)\n        else this.#held.push(effect)',
    replace: 'this.#send(effect)',
    caughtBy: 'that promises something waits for the save that makes it true',
    lists: ['RA2'],
  },
  {
    name: 'lets go of all messages that wait when one save is done',
    file: driver,
    find: 'this.#held.filter((effect) => effect.afterSave <= save)',
    replace: 'this.#held',
    caughtBy: 'that waits for an earlier save does not wait for a later one',
    lists: ['RA2'],
  },
  {
    name: 'holds appends back until its own disk is done',
    file: driver,
    find: 'if (effect.afterSave <= this.#savedUpTo) this.#send(effect)',
    replace: 'if (effect.afterSave <= this.#savedUpTo && this.state.pending.length === 0) this.#send(effect)',
    caughtBy: 'that promises nothing new goes out at once',
    lists: [],
  },
  {
    name: 'does not tell the core that a save is done',
    file: driver,
    find: "    this.#step({ kind: 'saved', save })\n",
    replace: '',
    caughtBy: 'is told that it is committed when it is, and not before',
    lists: [],
  },
  {
    name: 'starts as a server that has never been there, whatever is on its disk',
    file: driver,
    find: '...(storage.saved ? { saved: storage.saved } : {})',
    replace: '',
    caughtBy: 'is what it begins with',
    lists: [],
  },
]

const inCore: readonly Mutant[] = [
  {
    name: 'hears of a later term in requests, and not in answers',
    file: node,
    find: 'if (message.term > raft.state.term) enterTerm',
    replace: "if (message.term > raft.state.term && ['requestVote', 'append'].includes(message.kind)) enterTerm",
    caughtBy: 'of a later term ends the leadership, whatever its kind',
    lists: ['RA13'],
  },
  {
    name: 'listens to strangers',
    file: node,
    find: '!raft.state.members.includes(from) || ',
    replace: '',
    caughtBy: 'from a stranger changes nothing',
    lists: [],
  },
  {
    name: 'takes any term from anybody, up to the end of the numbers',
    file: node,
    find: ' || message.term > TERM_MAX',
    replace: '',
    caughtBy: 'a term that no election can reach is not listened to',
    lists: [],
  },
  {
    name: 'begins its term without an entry of its own',
    file: leadership,
    find: 'appendOwn(raft, role, [{ term: state.term }])',
    replace: 'appendOwn(raft, role, [])',
    caughtBy: 'it is on three of five disks, and not committed',
    lists: [],
  },
  {
    name: 'believes that followers have its whole log when it is elected',
    file: leadership,
    find: 'matchIndex: 0, mode',
    replace: 'matchIndex: raft.lastIndex, mode',
    caughtBy: 'brings a follower up to date that has missed four commands',
    lists: [],
  },
  {
    name: 'sends no heartbeat when there is nothing to send',
    file: leadership,
    find: 'sendHeartbeat(raft, role, follower)',
    replace: 'replicateTo(raft, role, follower)',
    caughtBy: 'makes a leader send heartbeats',
    lists: [],
  },
  {
    name: 'takes half of an even cluster for a quorum',
    file: state,
    find: 'Math.floor(members.length / 2) + 1',
    replace: 'Math.ceil(members.length / 2)',
    caughtBy: 'of four is what three of them have: two are no majority',
    lists: [],
  },
  {
    name: 'takes what is on its disk for applied when it starts again',
    file: state,
    find: 'appliedIndex: 0,',
    replace: 'appliedIndex: log.entries.length,',
    caughtBy: 'that starts again applies from the first entry on',
    lists: ['RA28'],
  },
  {
    name: 'keeps entries that stood behind those that a save replaces',
    file: storage,
    find: '    log.entries.length = from - 1\n    for (const entry of entries) log.entries.push(entry)',
    replace: '    log.entries.splice(from - 1, entries.length, ...entries)',
    caughtBy: 'puts its entries in the place of all from its index on',
    lists: ['RA22'],
  },
  {
    name: 'keeps the vote of an earlier term when a save says that there is none',
    file: storage,
    find: 'return { term, votedFor, log }',
    replace: 'return { term, votedFor: votedFor ?? before?.votedFor, log }',
    caughtBy: 'has the term and the vote of now',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inDriver, ...inCore]
