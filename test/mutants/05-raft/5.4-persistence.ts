/** Mistakes about what must be on the disk before which message leaves, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/05-raft/persistence.ts'

const inPromises: readonly Mutant[] = [
  {
    name: 'sends votes and acknowledgements before anything is on the disk',
    file,
    find: 'return this.#state.saves + (this.#isChanged ? 1 : 0)',
    replace: 'return 0',
    caughtBy: 'a vote leaves when the term and the vote are on the disk',
    lists: ['RA2'],
  },
  {
    name: 'waits for the save before the one that has the vote',
    file,
    find: 'return this.#state.saves + (this.#isChanged ? 1 : 0)',
    replace: 'return this.#state.saves',
    caughtBy: 'a vote leaves when the term and the vote are on the disk',
    lists: ['RA2'],
  },
  {
    name: 'waits for its disk only when the same message has changed something',
    file,
    find: 'return this.#state.saves + (this.#isChanged ? 1 : 0)',
    replace: 'return this.#isChanged ? this.#state.saves + 1 : 0',
    caughtBy: 'entries that are being saved already are acknowledged after that save',
    lists: ['RA2'],
  },
  {
    name: 'waits for a save that nobody asks for',
    file,
    find: 'return this.#state.saves + (this.#isChanged ? 1 : 0)',
    replace: 'return this.#state.saves + 1',
    caughtBy: 'a vote that is granted twice waits for the same save',
    lists: [],
  },
]

const inSaves: readonly Mutant[] = [
  {
    name: 'saves the term, and not the vote',
    file,
    find: 'votedFor: state.votedFor, from',
    replace: 'votedFor: undefined, from',
    caughtBy: 'a vote leaves when the term and the vote are on the disk',
    lists: ['RA2'],
  },
  {
    name: 'saves entries, and leaves the term that they came in to a later save',
    file,
    find: 'term: state.term, votedFor',
    replace: 'term: from === undefined ? state.term : (state.log.entries[from - 2]?.term ?? 0), votedFor',
    caughtBy: 'in one save with the term they came in',
    lists: ['RA40'],
  },
  {
    name: 'saves the entries behind the first that has changed',
    file,
    find: 'state.log.entries.slice(from - 1)',
    replace: 'state.log.entries.slice(from)',
    caughtBy: 'entries are acknowledged when they are on the disk',
    lists: [],
  },
  {
    name: 'saves the whole log each time',
    file,
    find: 'const from = this.#logFrom\n',
    replace: 'const from = this.#logFrom === undefined ? undefined : 1\n',
    caughtBy: 'has what has changed since the one before',
    lists: [],
  },
  {
    name: 'saves once more what the save before has taken',
    file,
    find: '    this.#logFrom = undefined\n',
    replace: '',
    caughtBy: 'has what has changed since the one before',
    lists: [],
  },
  {
    name: 'remembers the last index that has changed, and not the smallest',
    file,
    find: 'this.#logFrom = Math.min(index, this.#logFrom ?? index)',
    replace: 'this.#logFrom = index',
    caughtBy: 'has the log from the smallest index on that has changed',
    lists: [],
  },
  {
    name: 'saves with every message, whether anything has changed or not',
    file,
    find: '    if (!this.#isChanged) return undefined\n',
    replace: '',
    caughtBy: 'is asked for when something has changed, and not otherwise',
    lists: [],
  },
  {
    name: 'saves entries only together with a vote',
    file,
    find: '    const state = this.#state\n    this.#isChanged = true\n',
    replace: '    const state = this.#state\n',
    caughtBy: 'entries that are being saved already are acknowledged after that save',
    lists: [],
  },
]

const inWhatIsKnown: readonly Mutant[] = [
  {
    name: 'believes that the disk has what it was asked for',
    file,
    find: 'state.saves += 1\n',
    replace: 'state.saves += 1\n    state.durableIndex = lastIndexOf(state.log)\n',
    caughtBy: 'counts itself only for what its own disk has',
    lists: ['RA26'],
  },
  {
    name: 'takes a save that is done for one of the whole log as it is now',
    file,
    find: 'state.durableIndex = Math.max(state.durableIndex, pending.lastIndex)',
    replace: 'state.durableIndex = lastIndexOf(state.log)',
    caughtBy: 'as far as the save has taken it, and not as far as it reaches by now',
    lists: ['RA26'],
  },
  {
    name: 'forgets to take back what it knows of its disk when the log is cut off',
    file,
    find: '    state.durableIndex = Math.min(state.durableIndex, index - 1)\n',
    replace: '',
    caughtBy: 'up to the place where it was cut off, at most',
    lists: ['RA26'],
  },
  {
    name: 'takes back one entry too few',
    file,
    find: 'Math.min(state.durableIndex, index - 1)',
    replace: 'Math.min(state.durableIndex, index)',
    caughtBy: 'up to the place where it was cut off, at most',
    lists: ['RA26'],
  },
  {
    name: 'forgets the saves that are under way when the log is cut off',
    file,
    find: 'lastIndex: Math.min(lastIndex, index - 1) }',
    replace: 'lastIndex }',
    caughtBy: 'a save that is overtaken does not count for what has come in the place of its entries',
    lists: ['RA26'],
  },
  {
    name: 'takes back what the newest save has taken when the log is cut off, and forgets those before it',
    file,
    find: 'state.pending.map(({ save, lastIndex }) => ({ save, lastIndex: Math.min(lastIndex, index - 1) }))',
    replace: `[
      ...state.pending.slice(0, -1),
      ...state.pending.slice(-1).map(({ save, lastIndex }) => ({ save, lastIndex: Math.min(lastIndex, index - 1) })),
    ]`,
    caughtBy: 'and of several saves that are overtaken, none does',
    lists: ['RA26'],
  },
  {
    name: 'keeps saves that are done among those under way, for ever',
    file,
    find: '  state.pending = state.pending.filter((pending) => pending.save > save)\n',
    replace: '',
    caughtBy: 'and a save that is done stands for all before it',
    lists: [],
  },
  {
    name: 'looks at the log instead of the index when it is told of a change',
    file,
    find: '    state.durableIndex = Math.min(state.durableIndex, index - 1)\n',
    replace: '    state.durableIndex = Math.min(state.durableIndex, lastIndexOf(state.log))\n',
    caughtBy: 'up to the place where it was cut off, at most',
    lists: ['RA26'],
  },
  {
    name: 'counts all saves that are under way when one of them is done',
    file,
    find: 'if (pending.save <= save) state',
    replace: 'state',
    caughtBy: 'as far as the save has taken it, and not as far as it reaches by now',
    lists: ['RA26'],
  },
]

export const mutants: readonly Mutant[] = [...inPromises, ...inSaves, ...inWhatIsKnown]
