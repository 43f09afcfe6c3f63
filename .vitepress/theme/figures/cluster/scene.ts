/** What is to be seen of a cluster at one moment: a pure function of a trace and a moment. */
import type { Role } from '#raft/state'

export interface Scene {
  readonly atMs: number
  readonly servers: readonly ServerScene[]
  readonly flights: readonly Flight[]
  /** The links that are cut, each direction by itself. */
  readonly cuts: readonly { readonly from: string; readonly to: string }[]
  /** The rule that was found to be broken, up to this moment. */
  readonly broken: { readonly atMs: number; readonly rule: string; readonly seen: string } | undefined
}

export interface ServerScene {
  readonly id: string
  /** Of a server that is down, all else is as it was when it crashed. */
  readonly condition: 'up' | 'down' | 'paused'
  readonly role: Role['kind']
  readonly term: number
  readonly votedFor: string | undefined
  /** The end of the log: the terms of its entries, the first of which has the index `firstIndex`. */
  readonly terms: readonly number[]
  readonly firstIndex: number
  readonly commitIndex: number
  /** How much of its waiting time is left, from 1 to 0: until an election, or until a leader's heartbeat. */
  readonly waitLeft: number
}

/** A message on its way. */
export interface Flight {
  readonly id: number
  readonly from: string
  readonly to: string
  readonly kind: string
  /** Whether it brings entries. */
  readonly entries: number
  /** A vote that is granted, an append that is taken: what it says is yes. Undefined for requests. */
  readonly isYes: boolean | undefined
  readonly term: number
  /** How far it has come, from 0 to 1. One that is lost comes as far as 0.5; one that finds its server down comes to 1. */
  readonly share: number
  /** It never arrives: it is drawn as it vanishes on the way. */
  readonly isLost: boolean
}
