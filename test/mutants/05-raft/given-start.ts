/** A mistake that people make when a server starts again, and the check that notices it. */
import type { Mutant } from '../../mutant.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'forgets whom it voted for when it starts again',
    file: 'solutions/05-raft/state.ts',
    find: 'votedFor: saved?.votedFor,',
    replace: 'votedFor: undefined,',
    caughtBy: 'a server that has crashed since keeps to the vote that is on its disk',
    lists: ['RA2'],
  },
]
