/**
 * Servers without a network, a clock or a disk: who acts, and which message
 * arrives, is said line by line. What each of them does is written down, so that a
 * page can quote it.
 */
import { Random } from '#message-passing/random'
import type { Effect, Input } from '#raft/effects'
import { inWords, logInWords } from '#raft/in-words'
import type { Message, ServerId } from '#raft/messages'
import { RaftNode } from '#raft/node'
import { type Saved, savedAfter } from '#raft/storage'

interface Post {
  readonly from: ServerId
  readonly to: ServerId
  readonly message: Message
}

export class Rehearsal {
  readonly lines: string[] = []
  readonly #members: readonly ServerId[]
  readonly #nodes = new Map<ServerId, RaftNode>()
  readonly #disks = new Map<ServerId, Saved>()
  #post: Post[] = []
  /** Entries in one append. */
  readonly #entriesMax: number
  #nowMs = 0

  constructor(members: readonly ServerId[], entriesMax = 64) {
    this.#entriesMax = entriesMax
    this.#members = members
    for (const id of members) this.#start(id)
  }

  say(text: string): void {
    this.lines.push('', text)
  }

  /** A server's election timeout is over, or a leader's heartbeat is due. */
  timeout(id: ServerId): void {
    const node = this.#node(id)
    this.#nowMs = Math.max(this.#nowMs, node.wakeAtMs)
    this.#step(id, { kind: 'tick' })
  }

  propose(id: ServerId, command: string): void {
    this.lines.push(`  ${id} is asked for "${command}"`)
    this.#step(id, { kind: 'propose', commands: [new TextEncoder().encode(command)] })
  }

  /** Everything that is under way between these servers arrives, and what follows from it, until nothing is. The rest is lost. */
  deliver(...among: readonly ServerId[]): void {
    for (let post = this.#post.shift(); post !== undefined; post = this.#post.shift()) {
      if (!among.includes(post.from) || !among.includes(post.to) || !this.#nodes.has(post.to)) continue
      this.#step(post.to, { kind: 'message', from: post.from, message: post.message })
    }
  }

  /** Whatever `happen` does isn't written down: it is not what the scene is about. */
  quietly(happen: () => void): void {
    const { length } = this.lines
    happen()
    this.lines.length = length
  }

  /** The next message from one server to another arrives. What follows from it is under way. */
  arrives(from: ServerId, to: ServerId): void {
    const at = this.#post.findIndex((post) => post.from === from && post.to === to)
    const [post] = at < 0 ? [] : this.#post.splice(at, 1)
    if (post === undefined) throw new RangeError(`nothing is under way from ${from} to ${to}`)
    this.#step(to, { kind: 'message', from, message: post.message })
  }

  /** What is under way is lost. */
  lose(): void {
    this.#post = []
  }

  crash(id: ServerId): void {
    this.lines.push(`  ${id} crashes`)
    this.#nodes.delete(id)
  }

  restart(id: ServerId): void {
    this.lines.push(`  ${id} starts again`)
    this.#start(id)
  }

  /** The log of each server: the terms of its entries, with a bar behind what it knows to be committed. */
  logs(): void {
    for (const id of this.#members) {
      const node = this.#nodes.get(id)
      const disk = this.#disks.get(id)?.log.entries.map((entry) => entry.term) ?? []
      if (node === undefined) this.lines.push(`  ${id}  down               ${disk.join(' ')}`)
      else
        this.lines.push(
          `  ${id}  ${`${node.state.role.kind} of ${node.state.term}`.padEnd(18)} ${logInWords(node.state)}`,
        )
    }
  }

  #start(id: ServerId): void {
    const disk = this.#disks.get(id)
    const saved = disk === undefined ? {} : { saved: { ...disk, log: { entries: [...disk.log.entries] } } }
    const random = new Random(id.charCodeAt(0))
    const options = { id, members: this.#members, random, nowMs: this.#nowMs, entriesMax: this.#entriesMax }
    this.#nodes.set(id, new RaftNode({ ...options, ...saved }))
  }

  #node(id: ServerId): RaftNode {
    const node = this.#nodes.get(id)
    if (node === undefined) throw new RangeError(`${id} is down`)
    return node
  }

  /** A step, whose saves are on the disk at once. */
  #step(id: ServerId, input: Input): void {
    const node = this.#node(id)
    const before = node.state.role.kind
    const { commitIndex } = node.state
    if (input.kind === 'message' && input.from !== id) {
      this.lines.push(`  ${input.from} → ${id}  ${inWords(input.message)}  (term ${input.message.term})`)
    }
    const effects = node.step(this.#nowMs, input)
    const { role, term } = node.state
    if (role.kind !== before) this.lines.push(`  ${id} is ${role.kind} of term ${term}`)
    if (node.state.commitIndex > commitIndex) this.lines.push(`  ${id} has committed up to ${node.state.commitIndex}`)
    for (const effect of effects) this.#carryOut(id, effect)
  }

  #carryOut(id: ServerId, effect: Effect): void {
    if (effect.kind === 'send') this.#post.push({ from: id, to: effect.to, message: effect.message })
    if (effect.kind !== 'save') return
    this.#disks.set(id, savedAfter(this.#disks.get(id), effect))
    this.#step(id, { kind: 'saved', save: effect.save })
  }
}
