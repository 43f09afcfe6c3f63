/**
 * A member of a cluster that says what it likes: well-formed messages that no
 * server would send. It sees the whole world, and answers before anything else can
 * happen. There are promises that it keeps, for without them nobody could be safe:
 *
 * 1. it votes for one server a term at most;
 * 2. it acknowledges no entries, since it has none;
 * 3. it never takes the part of a leader: an append of its own asks its receiver to
 *    commit nothing and to keep no entry, or is one that no follower may take.
 *
 * Raft is made for servers that crash. One that breaks these three can break
 * everything (`BROKEN_PROMISES` in the test shows it).
 */
import { constant } from '#message-passing/distributions'
import type { Random } from '#message-passing/random'
import type { Cluster } from '#raft/cluster'
import { termAt } from '#raft/log'
import { type Entry, type Index, type Message, type ServerId, TERM_MAX, type Term } from '#raft/messages'
import type { RaftState } from '#raft/state'

/** More than any log has, whatever comes of it. */
const BEYOND = 2 ** 40

/** Much longer, and there would be no terms left to count. */
const JUMP_MAX = 2 ** 20

type Lie = (liar: HostileMember, victim: RaftState) => Message | undefined

export class HostileMember {
  readonly id: ServerId
  readonly random: Random
  readonly #cluster: Cluster
  readonly #votes = new Map<Term, ServerId>()
  readonly #sent: { readonly to: ServerId; readonly message: Message }[] = []
  #isWild = false
  /** How often it has said what. */
  readonly counts: Record<string, number> = {}

  /** Takes the place of `id`, whose own program is stopped for good. */
  constructor(cluster: Cluster, id: ServerId) {
    const { simulation, members } = cluster
    this.id = id
    this.#cluster = cluster
    this.random = simulation.random.fork('hostile member')
    simulation.crash(id)
    for (const to of members) {
      if (to !== id) simulation.network.link(id, to).change({ latencyMs: constant(0) })
    }
  }

  /** Says something to somebody who is up. */
  speak(): void {
    const { simulation, members } = this.#cluster
    const victims = members.filter((id) => id !== this.id && simulation.isUp(id))
    const to = this.pick(victims)
    if (to === undefined) return
    const [name, lie] = this.pick(LIES) ?? LIES[0]
    const message = name === 'says again what it has said' ? this.#old(to) : lie(this, this.#cluster.state(to))
    if (message === undefined) return
    this.counts[name] = (this.counts[name] ?? 0) + 1
    if (isTrueForEver(name)) this.#sent.push({ to, message })
    simulation.network.send(this.id, to, message)
  }

  /** What was once said to the same server. To another one, a vote would be a second vote. */
  #old(to: ServerId): Message | undefined {
    return this.pick(this.#sent.filter((each) => each.to === to))?.message
  }

  /** Whether a vote in this term, for this server, is the only one. */
  mayVote(term: Term, candidate: ServerId): boolean {
    const vote = this.#votes.get(term) ?? candidate
    this.#votes.set(term, vote)
    return vote === candidate
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.random.integer(0, Math.max(1, from.length))]
  }

  /** A number up to a little above `near`, or one beyond everything. */
  number(near: number): number {
    return this.random.chance(0.1) ? BEYOND + this.random.integer(0, 3) : this.random.integer(0, near + 3)
  }

  /** The term of `state`; or, for a while, sometimes the next one, and seldom one that is far ahead. */
  term({ term }: RaftState): Term {
    if (this.random.chance(this.#isWild ? 0.1 : 0.01)) this.#isWild = !this.#isWild // if it always were, nobody would ever lead
    if (!this.#isWild || this.random.chance(0.8)) return term
    return term + (this.random.chance(0.9) ? 1 : this.random.integer(1, JUMP_MAX))
  }

  /** Entries of any terms up to `termMax`, in any order. */
  entries(termMax: Term): Entry[] {
    const length = this.random.integer(1, 5)
    return Array.from({ length }, () => ({ term: this.random.integer(0, termMax + 1), command: new Uint8Array([6]) }))
  }

  /** Anything at all, in this term. */
  anything(term: Term, near: number): Message {
    const [index, other, third] = [this.number(near), this.number(near), this.number(near)]
    switch (this.random.integer(0, 5)) {
      case 0:
        return { kind: 'requestVote', term, lastIndex: index, lastTerm: other }
      case 1:
        return { kind: 'vote', term, granted: this.random.chance(0.5) }
      case 2:
        return { kind: 'appended', term, matchIndex: index }
      case 3:
        return { kind: 'refused', term, prevIndex: index, conflictIndex: other, conflictTerm: third }
      default:
        return { ...append(term, index, other), entries: this.entries(near), commitIndex: third }
    }
  }
}

/** What it can say, by name. */
const LIES: readonly [readonly [string, Lie], ...(readonly [string, Lie])[]] = [
  ['says anything, in a term that is over', (liar, victim) => pastLie(liar, victim)],
  ['says anything, in a term that is too late', (liar, victim) => lateLie(liar, victim)],
  ['says again what it has said', () => undefined],
  ['refuses what it likes', (liar, victim) => refusal(liar, victim)],
  ['acknowledges entries that nobody has', (liar, victim) => boundless(liar, victim)],
  ['votes for anybody, once a term', (liar, victim) => carelessVote(liar, victim)],
  ['asks for votes with a log that it does not have', (liar, victim) => falseRequest(liar, victim)],
  ['speaks as a leader, without entries', (liar, victim) => usurper(liar, victim)],
  ['sends entries beside a leader that is known', (liar, victim) => rebel(liar, victim)],
  ['sends entries whose terms go back, or are to come', (liar, victim) => disorder(liar, victim)],
  ['sends others in the place of committed entries', (liar, victim) => forgery(liar, victim)],
]

/** Whether it is still harmless later: not if it only was because of what its receiver knew at that moment. */
function isTrueForEver(name: string): boolean {
  return !/beside a leader|in the place of/.test(name)
}

/** Half of the time the very thing that its receiver waits for. */
function pastLie(liar: HostileMember, { term, log, role }: RaftState): Message | undefined {
  if (term === 0) return undefined
  const past = liar.random.chance(0.5) ? term - 1 : liar.random.integer(0, term)
  const last = log.entries.length
  if (role.kind === 'follower' || liar.random.chance(0.5)) return liar.anything(past, last)
  if (role.kind === 'candidate') return { kind: 'vote', term: past, granted: true }
  return { kind: 'appended', term: past, matchIndex: last }
}

function lateLie(liar: HostileMember, { log }: RaftState): Message {
  return liar.anything(liar.random.chance(0.5) ? TERM_MAX + 1 : Number.MAX_SAFE_INTEGER, log.entries.length)
}

function refusal(liar: HostileMember, victim: RaftState): Message {
  const near = victim.log.entries.length
  const conflict = { prevIndex: liar.number(near), conflictIndex: liar.number(near) }
  const conflictTerm = liar.random.chance(0.3) ? undefined : liar.number(victim.term)
  return { kind: 'refused', term: liar.term(victim), ...conflict, conflictTerm }
}

function boundless(liar: HostileMember, victim: RaftState): Message {
  return { kind: 'appended', term: liar.term(victim), matchIndex: BEYOND + liar.random.integer(0, 3) }
}

function carelessVote(liar: HostileMember, victim: RaftState): Message {
  const term = liar.term(victim)
  return { kind: 'vote', term, granted: liar.mayVote(term, victim.id) }
}

function falseRequest(liar: HostileMember, victim: RaftState): Message {
  const [lastIndex, lastTerm] = [liar.number(victim.log.entries.length), liar.number(victim.term)]
  return { kind: 'requestVote', term: liar.term(victim), lastIndex, lastTerm }
}

function usurper(liar: HostileMember, victim: RaftState): Message {
  const prevIndex = liar.number(victim.log.entries.length)
  return append(liar.term(victim), prevIndex, termAt(victim.log, prevIndex) ?? liar.number(victim.term))
}

function rebel(liar: HostileMember, victim: RaftState): Message | undefined {
  const { role, term, log } = victim
  const known = role.kind === 'leader' ? victim.id : role.kind === 'follower' ? role.leader : undefined
  if (known === undefined || known === liar.id) return undefined
  const prevIndex = liar.random.integer(0, log.entries.length + 1)
  const commitIndex = liar.number(log.entries.length)
  const entries = liar.random.chance(0.5) ? liar.entries(term) : [{ term, command: new Uint8Array([6]) }]
  return { ...append(term, prevIndex, termAt(log, prevIndex) ?? 0), entries, commitIndex }
}

function disorder(liar: HostileMember, victim: RaftState): Message {
  const term = Math.max(1, liar.term(victim))
  const prevIndex = liar.random.integer(0, victim.log.entries.length + 1)
  const terms = liar.random.chance(0.5) ? [term, term - 1] : [term, term + 1]
  const entries = terms.map((each) => ({ term: each, command: new Uint8Array([6]) }))
  const commitIndex = liar.number(victim.log.entries.length)
  return { ...append(term, prevIndex, termAt(victim.log, prevIndex) ?? 0), entries, commitIndex }
}

function forgery(liar: HostileMember, { term, log, commitIndex }: RaftState): Message | undefined {
  if (commitIndex === 0) return undefined
  const index = liar.random.integer(1, commitIndex + 1)
  const forged = liar.random.integer(0, term + 1)
  if (forged === termAt(log, index)) return undefined // then it would be the committed one, as far as anybody can tell
  const entries = [{ term: forged, command: new Uint8Array([6]) }]
  return { ...append(term, index - 1, termAt(log, index - 1) ?? 0), entries, commitIndex: liar.number(commitIndex) }
}

/** One that asks for nothing: it has no entries, and nothing is said to be committed. */
function append(term: Term, prevIndex: Index, prevTerm: Term): Message & { readonly kind: 'append' } {
  return { kind: 'append', term, prevIndex, prevTerm, entries: [], commitIndex: 0 }
}
