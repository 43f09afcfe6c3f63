/**
 * Prepared situations: each a setup, and what befalls the cluster. Their seeds
 * and moments were found by searching; test/cluster-situations says what each
 * must show.
 */
import type { Input, Setup } from './setups.ts'

export interface Situation {
  readonly name: string
  readonly label: string
  readonly setup: Setup
  readonly inputs: readonly Input[]
  /** A moment that shows what it is about: of a still picture, or to look at first. */
  readonly stillMs: number
}

const calm: Setup = { seed: 5, servers: 5, lossPercent: 0, mistake: undefined }

const election: Situation = {
  name: 'election',
  label: 'A quiet start',
  setup: calm,
  inputs: [
    { atMs: 600, action: { kind: 'command' } },
    { atMs: 800, action: { kind: 'command' } },
  ],
  stillMs: 612,
}

const splitVote: Situation = {
  name: 'split-vote',
  label: 'A split vote',
  setup: { ...calm, seed: 8, servers: 4 },
  inputs: [],
  stillMs: 204,
}

const leaderCrash: Situation = {
  name: 'leader-crash',
  label: 'The leader crashes',
  setup: calm,
  inputs: [
    { atMs: 500, action: { kind: 'command' } },
    { atMs: 700, action: { kind: 'crash', server: 'a' } },
    { atMs: 800, action: { kind: 'command' } },
    { atMs: 1_500, action: { kind: 'restart', server: 'a' } },
  ],
  stillMs: 905,
}

/** While `a`, its leader, is cut off together with `b`, the others elect another one. */
const staleLeader: Situation = {
  name: 'stale-leader',
  label: 'A stale leader',
  setup: calm,
  inputs: [
    { atMs: 500, action: { kind: 'command' } },
    { atMs: 700, action: { kind: 'partition', servers: ['a', 'b'] } },
    { atMs: 800, action: { kind: 'command', server: 'a' } },
    { atMs: 1_200, action: { kind: 'command' } },
    { atMs: 1_700, action: { kind: 'repair' } },
  ],
  stillMs: 1_400,
}

/** `a` has entries that nobody else gets, and the leader that it finds when it is back doesn't know how far it agrees. */
export const logRepair: Situation = {
  name: 'log-repair',
  label: 'A log is repaired',
  setup: { ...calm, servers: 3 },
  inputs: [
    { atMs: 500, action: { kind: 'command' } },
    { atMs: 700, action: { kind: 'partition', servers: ['a'] } },
    ...[740, 760, 780, 800].map((atMs): Input => ({ atMs, action: { kind: 'command', server: 'a' } })),
    ...[1_200, 1_250, 1_300].map((atMs): Input => ({ atMs, action: { kind: 'command' } })),
    { atMs: 1_600, action: { kind: 'repair' } },
    { atMs: 1_600, action: { kind: 'campaign', server: 'b' } },
  ],
  stillMs: 1_652,
}

/** The four scenes of Figure 8 of the paper, with their letters. */
export const figure8: Situation = {
  name: 'figure-8',
  label: 'Figure 8',
  setup: calm,
  inputs: [
    // (a) leader a has an entry of term 1 that reaches b alone, and crashes
    { atMs: 400, action: { kind: 'partition', servers: ['a', 'b'] } },
    { atMs: 420, action: { kind: 'command', server: 'a' } },
    { atMs: 446, action: { kind: 'crash', server: 'a' } },
    // (b) c and d elect e; its entry of term 2 reaches nobody, and it crashes
    { atMs: 456, action: { kind: 'repair' } },
    { atMs: 456, action: { kind: 'campaign', server: 'e' } },
    { atMs: 470, action: { kind: 'partition', servers: ['e'] } },
    { atMs: 493, action: { kind: 'crash', server: 'e' } },
    // (c) a is elected again, and brings its entry of term 1 to a majority
    { atMs: 503, action: { kind: 'repair' } },
    { atMs: 503, action: { kind: 'restart', server: 'a' } },
    { atMs: 505, action: { kind: 'campaign', server: 'a' } },
    { atMs: 553, action: { kind: 'campaign', server: 'a' } },
    { atMs: 627, action: { kind: 'partition', servers: ['a'] } },
    { atMs: 667, action: { kind: 'crash', server: 'a' } },
    // (d) e is elected again, and overwrites it
    { atMs: 677, action: { kind: 'repair' } },
    { atMs: 677, action: { kind: 'restart', server: 'e' } },
    { atMs: 679, action: { kind: 'campaign', server: 'e' } },
    { atMs: 727, action: { kind: 'campaign', server: 'e' } },
    { atMs: 1_167, action: { kind: 'restart', server: 'a' } },
  ],
  stillMs: 640,
}

/** What the home page opens with: three servers, one of which leads. */
export const HOME: Situation = {
  name: 'home',
  label: 'Three servers',
  setup: { ...calm, servers: 3 },
  inputs: [
    { atMs: 300, action: { kind: 'command' } },
    { atMs: 450, action: { kind: 'command' } },
  ],
  stillMs: 461,
}

export const SITUATIONS: readonly Situation[] = [election, splitVote, leaderCrash, staleLeader, logRepair, figure8]
