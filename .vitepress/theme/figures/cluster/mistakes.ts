/**
 * Famous mistakes that the servers of the figure can be made to make: those of
 * test/mutants/05-raft whose broken rule is to be seen. Each has a situation in
 * which it breaks. The plugin in `.vitepress/mistakes` makes the change.
 */
import type { Input, Setup } from './setups.ts'
import { figure8, logRepair, type Situation } from './situations.ts'

export interface Mistake {
  readonly id: string
  /** What such a server does: the name of the mistake in test/mutants/05-raft. */
  readonly label: string
  /** A run in which a rule breaks because of it, and doesn't without it. `stillMs` is shortly before. */
  readonly situation: Situation
}

const twoVotes: Mistake = {
  id: 'two-votes',
  label: 'grants two votes in one term',
  situation: showing('two-votes', { seed: 2, servers: 5 }, [], 178),
}

const forgottenVote: Mistake = {
  id: 'forgotten-vote',
  label: 'forgets whom it voted for when it starts again',
  situation: showing(
    'forgotten-vote',
    { seed: 3, servers: 3 },
    [
      { atMs: 120, action: { kind: 'campaign', server: 'a' } },
      { atMs: 126, action: { kind: 'campaign', server: 'b' } },
      { atMs: 139, action: { kind: 'crash', server: 'c' } },
      { atMs: 140, action: { kind: 'restart', server: 'c' } },
    ],
    153,
  ),
}

const anyLog: Mistake = {
  id: 'any-log',
  label: "votes without a look at the candidate's log",
  situation: showing(
    'any-log',
    { seed: 5, servers: 3 },
    [
      { atMs: 450, action: { kind: 'command' } },
      { atMs: 550, action: { kind: 'partition', servers: ['c'] } },
      { atMs: 600, action: { kind: 'command' } },
      { atMs: 650, action: { kind: 'command' } },
      { atMs: 850, action: { kind: 'repair' } },
      { atMs: 850, action: { kind: 'campaign', server: 'c' } },
    ],
    873,
  ),
}

const earlierTerms: Mistake = {
  id: 'earlier-terms',
  label: 'commits entries of earlier terms by counting',
  situation: showing('earlier-terms', figure8.setup, figure8.inputs, 632),
}

const keptConflict: Mistake = {
  id: 'kept-conflict',
  label: 'leaves entries that conflict with the leader where they are',
  situation: showing('kept-conflict', logRepair.setup, logRepair.inputs, 1_657),
}

const anyTerm: Mistake = {
  id: 'any-term',
  label: 'looks for an entry at the index, and not at its term',
  situation: showing('any-term', logRepair.setup, logRepair.inputs, 1_636),
}

const ownEnd: Mistake = {
  id: 'own-end',
  label: 'commits what the leader has committed, as far as its own log goes',
  situation: showing('own-end', { ...logRepair.setup, seed: 13 }, logRepair.inputs, 1_654),
}

const hastyAnswer: Mistake = {
  id: 'hasty-answer',
  label: 'acknowledges entries that are not on the disk yet',
  situation: showing('hasty-answer', { seed: 5, servers: 3 }, [], 190),
}

export const MISTAKES: readonly Mistake[] = [
  twoVotes,
  forgottenVote,
  anyLog,
  earlierTerms,
  keptConflict,
  anyTerm,
  ownEnd,
  hastyAnswer,
]

function showing(
  mistake: string,
  { seed, servers }: Pick<Setup, 'seed' | 'servers'>,
  inputs: readonly Input[],
  stillMs: number,
): Situation {
  return { name: mistake, label: 'A rule breaks', setup: { seed, servers, lossPercent: 0, mistake }, inputs, stillMs }
}
