/**
 * One server of a cluster, alone with a check: what it hears is said line by line,
 * and what it does because of it can be looked at. Nobody else exists; `b`, `c` and so on
 * are names in messages.
 *
 *     const a = new OneServer({ term: 3, log: [1, 1, 2] })   // 'a' of 'a', 'b', 'c', as it restarts
 *     a.hears('b', { kind: 'requestVote', term: 4, lastIndex: 3, lastTerm: 2 })
 *     a.messages       // [{ to: 'b', kind: 'vote', term: 4, granted: true }]
 *     a.save           // what it asks its disk for, in this step
 *     new OneServer({}).leads()                              // leader of term 1
 */
import { Random } from '#message-passing/random'
import type { Effect, Input, Save } from '#raft/effects'
import type { Entry, Message, ServerId, Term } from '#raft/messages'
import { RaftNode } from '#raft/node'
import type { RaftOptions } from '#raft/raft'
import { quorumOf, type RaftState } from '#raft/state'

export interface OneServerOptions extends Partial<RaftOptions> {
  /** Everybody: `['a', 'b', 'c']` if not given. */
  readonly members?: readonly ServerId[]
  /** Which of them it is: the first if not given. */
  readonly id?: ServerId
  /** What is on its disk: its term, its vote in it, and the terms of its entries (`[1, 1, 2]`), or the entries. */
  readonly term?: Term
  readonly votedFor?: ServerId
  readonly log?: readonly (Term | Entry)[]
  readonly seed?: number
}

/** A message and where it goes. */
export type Sent = Message & { readonly to: ServerId }

type SendEffect = Extract<Effect, { readonly kind: 'send' }>

export class OneServer {
  readonly node: RaftNode
  nowMs = 0
  /** What the last step has led to, in order; after `settles` or `leads`, all that these steps have led to. */
  effects: readonly Effect[] = []
  /** The saves that were asked for and are not on the disk. */
  readonly #unsaved: number[] = []
  #savedUpTo = 0
  /** Messages to itself that have not arrived. */
  readonly #toItself: SendEffect[] = []

  constructor({ members = ['a', 'b', 'c'], id, term, votedFor, log = [], seed = 1, ...options }: OneServerOptions) {
    const entries = log.map((each, offset) => (typeof each === 'number' ? entryOf(each, offset + 1) : each))
    const saved = { term: term ?? entries.at(-1)?.term ?? 0, votedFor, log: { entries } }
    this.node = new RaftNode({
      ...options,
      id: id ?? members[0] ?? 'a',
      members,
      random: new Random(seed),
      nowMs: 0,
      saved,
    })
  }

  get state(): RaftState {
    return this.node.state
  }

  /** How long it will wait from now on before it stands for election, or beats if it leads. */
  get waitMs(): number {
    return this.node.wakeAtMs - this.nowMs
  }

  /** `follower of 3` */
  get standing(): string {
    return `${this.state.role.kind} of ${this.state.term}`
  }

  /** The terms of the entries in its log. */
  get logTerms(): readonly Term[] {
    return this.state.log.entries.map((entry) => entry.term)
  }

  /** What the last step asks the disk for, if it asks for anything. */
  get save(): Save | undefined {
    return this.effects.find((effect) => effect.kind === 'save')
  }

  /** The messages of the last step, those to itself among them. */
  get sends(): readonly SendEffect[] {
    return this.effects.filter((effect) => effect.kind === 'send')
  }

  /** The same without the saves that they wait for: `{ to: 'b', kind: 'vote', term: 1, granted: true }`. */
  get messages(): readonly Sent[] {
    return this.sends.map(({ to, message }) => ({ to, ...message }))
  }

  /** The same in a few words, those of votes above all: `yes to b in term 4`, `no to b in term 4`, `appended to c in term 4`. */
  get answers(): readonly string[] {
    return this.messages.map((message) => {
      const what = message.kind !== 'vote' ? message.kind : message.granted ? 'yes' : 'no'
      return `${what} to ${message.to} in term ${message.term}`
    })
  }

  /** Whom it takes for the leader, if it is a follower and knows one. */
  get leader(): ServerId | undefined {
    const { role } = this.state
    return role.kind === 'follower' ? role.leader : undefined
  }

  /** The entries that the last step hands to the state machine. */
  get applied(): readonly Entry[] {
    return this.effects.flatMap((effect) => (effect.kind === 'apply' ? effect.entries : []))
  }

  step(input: Input): this {
    this.effects = this.node.step(this.nowMs, input)
    for (const effect of this.effects) {
      if (effect.kind === 'save') this.#unsaved.push(effect.save)
      if (effect.kind === 'send' && effect.to === this.state.id) this.#toItself.push(effect)
    }
    return this
  }

  /** A message arrives. */
  hears(from: ServerId, message: Message): this {
    return this.step({ kind: 'message', from, message })
  }

  /** Somebody wants commands in the log. */
  isAsked(...commands: readonly string[]): this {
    return this.step({ kind: 'propose', commands: commands.map(encoded) })
  }

  /** Time passes, and a tick comes at the end of it. */
  passes(durationMs: number): this {
    this.nowMs += durationMs
    return this.step({ kind: 'tick' })
  }

  /** It waits until its timeout is over: it stands for election, or beats if it leads. */
  timesOut(): this {
    return this.passes(this.waitMs)
  }

  /** The oldest save that was asked for is on the disk, and no later one. Messages to itself don't arrive. */
  saves(): this {
    const save = this.#unsaved.shift()
    if (save === undefined) throw new RangeError('nothing is to be saved')
    this.#savedUpTo = save
    return this.step({ kind: 'saved', save })
  }

  /** All that was asked for is on the disk, and what it has sent itself behind that arrives. */
  settles(): this {
    const effects: Effect[] = []
    while (this.#unsaved.length > 0 || this.#toItself.some(({ afterSave }) => afterSave <= this.#savedUpTo)) {
      if (this.#unsaved.length > 0) this.saves()
      else this.#hearsItself()
      effects.push(...this.effects)
    }
    this.effects = effects
    return this
  }

  #hearsItself(): void {
    const sent = this.#toItself.shift()
    if (sent !== undefined) this.hears(sent.to, sent.message)
  }

  /** It stands for election, and its vote for itself is on the disk and counted. */
  stands(): this {
    return this.timesOut().settles()
  }

  /** It stands for election, and gets votes of a majority. Its first entry, the no-op, is in its log, and not on its disk. */
  leads(): this {
    this.stands()
    const others = this.state.members.filter((id) => id !== this.state.id)
    for (const from of others.slice(0, quorumOf(this.state) - 1)) {
      this.hears(from, { kind: 'vote', term: this.state.term, granted: true })
    }
    if (this.state.role.kind === 'leader') return this
    const own = 'Its own vote is one of them: does startElection send it, and does onVote count it?'
    throw new Error(`a majority has voted for it, and it is ${this.standing}. ${own}`)
  }
}

/** The entry that `OneServer` puts at an index: in every log the same one for an index and a term. */
export function entryOf(term: Term, index: number): Entry {
  return { term, command: encoded(`${index} of term ${term}`) }
}

export function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
