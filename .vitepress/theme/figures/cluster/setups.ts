/**
 * What a run of the cluster figure is told: a pure function of a `Setup` and a
 * list of `Input`s, whose outcome is a trace. All of it is plain values, so that
 * it can travel to a worker, and into a link.
 */
import type { ServerId } from '#raft/messages'
import type { TimedAction } from '../inputs.ts'

export interface Setup {
  readonly seed: number
  /** From `SERVERS_MIN` to `SERVERS_MAX`. */
  readonly servers: number
  /** How many of a hundred messages are lost. */
  readonly lossPercent: number
  /** The famous mistake that the servers make, by its id in `mistakes`. */
  readonly mistake: string | undefined
}

/** What befalls the cluster while it runs. */
export type Action =
  | { readonly kind: 'crash' | 'restart'; readonly server: ServerId }
  /** These can't reach the others from now on, nor the others them. Whatever was cut before is repaired. */
  | { readonly kind: 'partition'; readonly servers: readonly ServerId[] }
  | { readonly kind: 'repair' }
  /** A client asks this server for a command. Without one, it finds the leader of the latest term. */
  | { readonly kind: 'command'; readonly server?: ServerId }
  /** A server stands for election, though its timeout isn't over. */
  | { readonly kind: 'campaign'; readonly server: ServerId }

export type Input = TimedAction<Action>

export const SERVERS_MIN = 3
export const SERVERS_MAX = 7
export const LOSS_PERCENT_MAX = 40
/** How long a run is. */
export const RUN_MS = 5_000

/** The names of the servers, in the order in which they stand on the circle. */
export function serverNames(count: number): readonly ServerId[] {
  return [...'abcdefg'].slice(0, count)
}
