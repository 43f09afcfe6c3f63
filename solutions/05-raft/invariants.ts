/**
 * What must hold of a cluster at every moment (Figure 3 of the paper, and the
 * TLA+ specification of etcd's implementation), looked at after every step of any
 * server. It remembers: two leaders of one term are two, even if the first has
 * crashed long before the second wins.
 *
 * An observation costs as much as has changed. Only a start or an election costs as much as there is.
 */
import type { Effect } from '#raft/effects'
import { termAt } from '#raft/log'
import { type Entry, type Index, isSameEntry, type Message, type ServerId, type Term } from '#raft/messages'
import { quorumOf, type RaftState } from '#raft/state'
import type { Saved } from '#raft/storage'

/** A rule of Raft that does not hold. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken'
  readonly code = 'INVARIANT_BROKEN'
  readonly rule: string
  readonly seen: string

  constructor(rule: string, seen: string) {
    super(`${rule}\n  but ${seen}`)
    this.rule = rule
    this.seen = seen
  }
}

/** What was last seen of a server. */
interface Sight {
  readonly term: Term
  readonly votedFor: ServerId | undefined
  readonly roleKind: RaftState['role']['kind']
  readonly lastIndex: Index
  readonly commitIndex: Index
  readonly appliedIndex: Index
  readonly matched: ReadonlyMap<ServerId, Index>
}

export class Invariants {
  readonly #quorum: number
  readonly #members: readonly ServerId[]
  /** What is on the disk of a server. */
  readonly #diskOf: (id: ServerId) => Saved | undefined
  readonly #leaders = new Map<Term, ServerId>()
  /** The entries that were ever committed: the same ones for all servers, for ever. */
  readonly #committed: Entry[] = []
  /** What stands at an index in a term, wherever it does: the entry, and the term of the one before. */
  readonly #written = new Map<string, { readonly entry: Entry; readonly termBefore: Term }>()
  readonly #seen = new Map<ServerId, Sight>()

  constructor(members: readonly ServerId[], diskOf: (id: ServerId) => Saved | undefined) {
    this.#members = members
    this.#quorum = quorumOf({ members })
    this.#diskOf = diskOf
  }

  /** The number of entries that are committed. */
  get committedCount(): number {
    return this.#committed.length
  }

  /** A server has made a step, and asks for `effects`; or it has been started, and this is its first. Throws `InvariantBroken`. */
  observe(state: RaftState, effects: readonly Effect[], isStart = false): void {
    const before = this.#seen.get(state.id)
    if (before !== undefined && !isStart) this.#checkOrder(state, before)
    this.#checkLog(state, effects, isStart ? undefined : before)
    this.#checkLeader(state, before)
    this.#checkCommit(state, isStart ? 0 : (before?.commitIndex ?? 0))
    this.#checkApplied(state, effects, isStart ? 0 : (before?.appliedIndex ?? 0))
    this.#seen.set(state.id, sightOf(state))
  }

  /**
   * A message leaves a server: what it says is on the sender's disk, and so will be
   * true after a crash. Throws `InvariantBroken`.
   */
  observeSend(id: ServerId, to: ServerId, message: Message): void {
    const disk = this.#diskOf(id)
    const rule = 'a server tells nobody what is not on its disk'
    if ((disk?.term ?? 0) < message.term) {
      throw new InvariantBroken(rule, `${id} speaks of term ${message.term}, and has ${disk?.term ?? 'nothing'} on it`)
    }
    if (message.kind === 'vote' && message.granted && disk?.term === message.term && disk.votedFor !== to) {
      throw new InvariantBroken(rule, `${id} votes for ${to}, and has ${disk.votedFor ?? 'nobody'} on it`)
    }
    if (message.kind === 'appended' && disk?.term === message.term && disk.log.entries.length < message.matchIndex) {
      const seen = `${id} acknowledges entries up to ${message.matchIndex}, and has those up to ${disk.log.entries.length} on it`
      throw new InvariantBroken(rule, seen)
    }
  }

  /** Within one life a server's term, its vote in it, and what it has committed and applied never go back. */
  #checkOrder(state: RaftState, life: Sight): void {
    const { id } = state
    if (state.term < life.term) {
      throw new InvariantBroken("a server's term never goes back", `${id} went from ${life.term} to ${state.term}`)
    }
    if (state.term === life.term && life.votedFor !== undefined && state.votedFor !== life.votedFor) {
      const seen = `${id} voted for ${life.votedFor} and then for ${state.votedFor ?? 'nobody'} in term ${state.term}`
      throw new InvariantBroken('a server votes once in a term', seen)
    }
    if (state.commitIndex < life.commitIndex) {
      const seen = `${id} went from ${life.commitIndex} to ${state.commitIndex}`
      throw new InvariantBroken('what is committed stays committed', seen)
    }
    if (state.appliedIndex < life.appliedIndex || state.appliedIndex > state.commitIndex) {
      const seen = `${id} has applied ${state.appliedIndex}, before ${life.appliedIndex}, committed ${state.commitIndex}`
      throw new InvariantBroken('entries are applied in order, once, and only when they are committed', seen)
    }
  }

  /** Log Matching: the same index and term, the same entry, and the same before it. Terms grow along a log. */
  #checkLog(state: RaftState, effects: readonly Effect[], life: Sight | undefined): void {
    const from = life === undefined ? 1 : changedFrom(effects)
    if (from === undefined) return
    if (life?.roleKind === 'leader' && life.term === state.term && from <= life.lastIndex) {
      const seen = `${state.id}, leader of term ${state.term}, wrote at ${from} though its log went to ${life.lastIndex}`
      throw new InvariantBroken('a leader only appends to its log', seen)
    }
    if (life !== undefined && from <= life.commitIndex) {
      const seen = `${state.id} wrote at ${from} and had committed up to ${life.commitIndex}`
      throw new InvariantBroken('a committed entry is never overwritten', seen)
    }
    for (let index = from; index <= state.log.entries.length; index++) this.#checkEntry(state, index)
  }

  #checkEntry({ id, log }: RaftState, index: Index): void {
    const entry = log.entries[index - 1]
    const termBefore = termAt(log, index - 1)
    if (entry === undefined || termBefore === undefined) return
    if (entry.term < termBefore) {
      const seen = `${id} has term ${entry.term} at ${index} behind term ${termBefore}`
      throw new InvariantBroken('terms never go back along a log', seen)
    }
    const key = `${index} ${entry.term}`
    const known = this.#written.get(key)
    if (known === undefined) this.#written.set(key, { entry, termBefore })
    else if (!isSameEntry(known.entry, entry) || known.termBefore !== termBefore) {
      const seen = `${id} has another entry, or another one before it, at index ${index} in term ${entry.term}`
      throw new InvariantBroken('logs that agree in an index and a term agree up to there', seen)
    }
  }

  /** Election Safety, and Leader Completeness; and what a leader believes of its followers only grows. */
  #checkLeader(state: RaftState, before: Sight | undefined): void {
    if (state.role.kind !== 'leader') return
    const other = this.#leaders.get(state.term)
    if (other !== undefined && other !== state.id) {
      const seen = `${other} and ${state.id} were both elected in term ${state.term}`
      throw new InvariantBroken('there is one leader a term at most', seen)
    }
    for (const [follower, { matchIndex, nextIndex }] of state.role.followers) {
      const earlier = before?.roleKind === 'leader' && before.term === state.term ? before.matched.get(follower) : 0
      if (matchIndex >= nextIndex || matchIndex < (earlier ?? 0)) {
        const seen = `${state.id} has ${follower} matched at ${matchIndex} (before: ${earlier ?? 0}), next ${nextIndex}`
        throw new InvariantBroken('what is known of a follower only grows, and stays below what is sent next', seen)
      }
    }
    if (other === state.id) return
    this.#leaders.set(state.term, state.id)
    for (const [offset, entry] of this.#committed.entries()) {
      const own = state.log.entries[offset]
      if (own !== undefined && isSameEntry(own, entry)) continue
      const seen = `${state.id}, elected in term ${state.term}, lacks the committed entry ${offset + 1} of term ${entry.term}`
      throw new InvariantBroken('a leader has every committed entry', seen)
    }
  }

  /** State Machine Safety; and what is committed is on the disks of a majority. */
  #checkCommit(state: RaftState, beforeIndex: Index): void {
    const { id, commitIndex, log } = state
    if (commitIndex === beforeIndex) return
    if (state.role.kind === 'leader' && commitIndex > beforeIndex && termAt(log, commitIndex) !== state.term) {
      const seen = `${id} committed entry ${commitIndex} of term ${termAt(log, commitIndex) ?? 'none'} in term ${state.term}`
      throw new InvariantBroken('only entries of its own term are committed by counting', seen)
    }
    for (let index = beforeIndex + 1; index <= commitIndex; index++) this.#commit(id, index, log.entries[index - 1])
  }

  /** What is handed to the state machine goes on where the last step ended, and is what is committed. */
  #checkApplied({ id, appliedIndex }: RaftState, effects: readonly Effect[], beforeIndex: Index): void {
    const rule = 'entries are applied in order, once, and only when they are committed'
    let next = beforeIndex + 1
    for (const effect of effects) {
      if (effect.kind !== 'apply') continue
      if (effect.index !== next) throw new InvariantBroken(rule, `${id} applies ${effect.index} where ${next} is next`)
      for (const entry of effect.entries) {
        const committed = this.#committed[next - 1]
        if (!isSameEntry(entry, committed)) {
          const seen = `${id} applies an entry of term ${entry.term} at ${next}, where one of term ${committed?.term ?? 'none'} is committed`
          throw new InvariantBroken(rule, seen)
        }
        next += 1
      }
    }
    if (appliedIndex !== next - 1) {
      throw new InvariantBroken(rule, `${id} says that it has applied ${appliedIndex}, and has applied ${next - 1}`)
    }
  }

  #commit(id: ServerId, index: Index, entry: Entry | undefined): void {
    if (entry === undefined) throw new InvariantBroken('what is committed is in the log', `${id} lacks entry ${index}`)
    const known = this.#committed[index - 1]
    if (known !== undefined) {
      if (isSameEntry(known, entry)) return
      const seen = `${id} commits an entry of term ${entry.term} at ${index}, where one of term ${known.term} was committed`
      throw new InvariantBroken('no two servers apply different entries at one index', seen)
    }
    const disks = this.#members.map((member) => this.#diskOf(member))
    const holders = disks.filter((disk) => disk?.log.entries[index - 1]?.term === entry.term).length
    if (holders < this.#quorum) {
      const seen = `${id} commits entry ${index}, which is on ${holders} of ${disks.length} disks`
      throw new InvariantBroken('what is committed is on the disks of a majority', seen)
    }
    this.#committed.push(entry)
  }
}

/** The first index that a step has written. */
function changedFrom(effects: readonly Effect[]): Index | undefined {
  for (const effect of effects) if (effect.kind === 'save') return effect.from
  return undefined
}

function sightOf({ term, votedFor, role, log, commitIndex, appliedIndex }: RaftState): Sight {
  const followers = role.kind === 'leader' ? [...role.followers] : []
  const matched = new Map(followers.map(([follower, { matchIndex }]) => [follower, matchIndex]))
  return { term, votedFor, roleKind: role.kind, lastIndex: log.entries.length, commitIndex, appliedIndex, matched }
}
