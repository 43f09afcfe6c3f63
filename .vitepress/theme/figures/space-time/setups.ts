/**
 * What the two runs of the space-time figure are told. A run is a pure function
 * of a `Setup` and a list of `Input`s; its outcome is a trace. All of it is plain
 * values, so that it can travel to a worker and back.
 */
import type { TimedAction } from '../inputs.ts'

/** A note, a correction of it, and how long each message of theirs travels. */
export interface ClocksSetup {
  readonly show: 'clocks'
  /** By the message's name, see `nameOf` in note-and-fix. */
  readonly latencyMs: Readonly<Record<string, number>>
}

/** A client that counts to ten on a server, over a link that loses messages. */
export interface FaultsSetup {
  readonly show: 'faults'
  readonly seed: number
  readonly loss: number
}

export type Setup = ClocksSetup | FaultsSetup

/** What the reader does to a run while it goes on. */
export type Action =
  | { readonly kind: 'crash' | 'restart' | 'pause' | 'resume'; readonly host: string }
  | { readonly kind: 'cut' | 'repair' | 'hold' | 'release'; readonly from: string; readonly to: string }

export type Input = TimedAction<Action>

export const CLOCKS_END_MS = 240
export const FAULTS_END_MS = 800

/** What the client asks for. */
export const COUNT_TO = 10
export const PATIENCE_MS = 50
