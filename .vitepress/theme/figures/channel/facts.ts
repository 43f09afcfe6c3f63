/**
 * What the channel figure is told and what it records. A run is a pure function
 * of a `Setup` and a list of `Input`s; its outcome is a list of `Fact`s in the
 * order in which they happened. All of it is plain values, so that it can
 * travel to a worker and back.
 */

/** How a run begins. */
export interface Setup {
  readonly seed: number
  /** Fixed for the whole run, as it is for every channel. */
  readonly capacity: number
  readonly producers: number
  readonly consumers: number
  /** What it takes a producer, on average, to make one message. */
  readonly produceMs: number
  /** What it takes a consumer, on average, to deal with one message. */
  readonly consumeMs: number
}

/** What the reader does to a run while it goes on. */
export type Action =
  | { readonly kind: 'producers'; readonly count: number }
  | { readonly kind: 'consumers'; readonly count: number }
  | { readonly kind: 'produce'; readonly everyMs: number }
  | { readonly kind: 'consume'; readonly everyMs: number }
  | { readonly kind: 'close' }
  | { readonly kind: 'cancel-send'; readonly producer: number }
  | { readonly kind: 'cancel-receive'; readonly consumer: number }

export interface Input {
  readonly atMs: number
  readonly action: Action
}

/** Why a wait in the channel ended without a message changing hands. */
export type GivenUp = 'cancelled' | 'closed'

/** One thing that happened. `id` numbers messages in the order in which their sends were called. */
export type Fact =
  | { readonly what: 'making'; readonly atMs: number; readonly producer: number; readonly untilMs: number }
  | {
      readonly what: 'sending'
      readonly atMs: number
      readonly producer: number
      readonly id: number
      readonly label: string
    }
  | { readonly what: 'sent'; readonly atMs: number; readonly producer: number; readonly id: number }
  | {
      readonly what: 'unsent'
      readonly atMs: number
      readonly producer: number
      readonly id: number
      readonly why: GivenUp
    }
  | { readonly what: 'receiving'; readonly atMs: number; readonly consumer: number }
  | { readonly what: 'received'; readonly atMs: number; readonly consumer: number; readonly id: number }
  | { readonly what: 'empty-handed'; readonly atMs: number; readonly consumer: number; readonly why: GivenUp }
  | { readonly what: 'working'; readonly atMs: number; readonly consumer: number; readonly untilMs: number }
  | { readonly what: 'producer-left'; readonly atMs: number; readonly producer: number; readonly sentAway: boolean }
  | { readonly what: 'consumer-left'; readonly atMs: number; readonly consumer: number; readonly sentAway: boolean }
  | { readonly what: 'closed'; readonly atMs: number }

/** What ended a run early: a sentence for the reader. */
export interface Problem {
  readonly atMs: number
  readonly sentence: string
}

export const TASKS_MAX = 5
export const CAPACITY_MAX = 8
export const RUN_MS = 60_000

/** Producers are called by letter, consumers by number. */
export function producerName(producer: number): string {
  return String.fromCharCode(65 + producer)
}
export function consumerName(consumer: number): string {
  return `${consumer + 1}`
}
