/**
 * One server of a cluster, without a clock, a network or a disk: what happens goes
 * in, what has to be done comes out, and nothing else is ever touched. So the same
 * code runs in a simulation, in a figure on a page, and on three machines.
 */
import type { Random } from '#message-passing/random'
import { onMatch } from '#raft/commit'
import type { Effect, Input } from '#raft/effects'
import { onRequestVote, onVote, startElection } from '#raft/election'
import { appendOwn, beat } from '#raft/leadership'
import { type Message, type ServerId, TERM_MAX } from '#raft/messages'
import { noteSaved } from '#raft/persistence'
import { DEFAULT_OPTIONS, Raft, type RaftOptions } from '#raft/raft'
import { onAppend, onAppended, onRefused } from '#raft/replication'
import { initialState, type RaftState } from '#raft/state'
import { enterTerm } from '#raft/terms'

/** Which server it is, and what it starts with. What isn't given of `RaftOptions` is as in `DEFAULT_OPTIONS`. */
export interface NodeOptions extends Partial<RaftOptions> {
  readonly id: ServerId
  readonly members: readonly ServerId[]
  readonly random: Random
  readonly nowMs: number
  /** What was on the disk: absent on the very first start. */
  readonly saved?: Pick<RaftState, 'term' | 'votedFor' | 'log'>
}

export class RaftNode {
  readonly #raft: Raft

  constructor({ id, members, random, nowMs, saved, ...options }: NodeOptions) {
    const state = initialState(id, members, saved, 0)
    this.#raft = new Raft(state, { ...DEFAULT_OPTIONS, ...options }, random)
    this.#raft.nowMs = nowMs
    if (state.role.kind === 'follower') state.role.electionDueMs = this.#raft.drawElectionDueMs()
  }

  /** To be looked at, and copied, but not changed. */
  get state(): RaftState {
    return this.#raft.state
  }

  /** When time alone will make a difference: a tick is due then. */
  get wakeAtMs(): number {
    const { role } = this.#raft.state
    return role.kind === 'leader' ? role.heartbeatDueMs : role.electionDueMs
  }

  /** Takes an input, at this moment. Returns what has to be done because of it. */
  step(nowMs: number, input: Input): readonly Effect[] {
    const raft = this.#raft
    raft.nowMs = nowMs
    switch (input.kind) {
      case 'tick':
        onTick(raft)
        break
      case 'campaign':
        if (raft.state.role.kind !== 'leader') startElection(raft)
        break
      case 'message':
        onMessage(raft, input.from, input.message)
        break
      case 'propose':
        onPropose(raft, input.commands)
        break
      case 'saved':
        onSaved(raft, input.save)
        break
    }
    return raft.finish()
  }
}

function onTick(raft: Raft): void {
  const { role } = raft.state
  if (role.kind === 'leader') {
    if (raft.nowMs >= role.heartbeatDueMs) beat(raft, role)
  } else if (raft.nowMs >= role.electionDueMs) startElection(raft)
}

/**
 * Rules for All Servers in Figure 2: whoever hears of a later term belongs to it from now on. A term
 * behind `TERM_MAX` can only be a lie, and would leave no terms for elections to come.
 */
function onMessage(raft: Raft, from: ServerId, message: Message): void {
  if (!raft.state.members.includes(from) || message.term > TERM_MAX) return
  if (message.term > raft.state.term) enterTerm(raft, message.term)
  switch (message.kind) {
    case 'requestVote':
      return onRequestVote(raft, from, message)
    case 'vote':
      return onVote(raft, from, message)
    case 'append':
      return onAppend(raft, from, message)
    case 'appended':
      return onAppended(raft, from, message)
    case 'refused':
      return onRefused(raft, from, message)
  }
}

function onPropose(raft: Raft, commands: readonly Uint8Array[]): void {
  const { role, term } = raft.state
  if (role.kind !== 'leader') {
    raft.do({ kind: 'declined', leader: role.kind === 'follower' ? role.leader : undefined })
    return
  }
  raft.do({ kind: 'accepted', index: raft.lastIndex + 1, count: commands.length, term })
  appendOwn(
    raft,
    role,
    commands.map((command) => ({ term, command })),
  )
}

/** More of the log is on this server's disk: a leader counts it. */
function onSaved(raft: Raft, save: number): void {
  noteSaved(raft.state, save)
  if (raft.state.role.kind === 'leader') onMatch(raft, raft.state.role)
}
