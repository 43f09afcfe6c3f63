/**
 * A leader a, its follower b, and two queues of messages between them. Their disks
 * are done at once. What is delivered, lost and doubled is said step by step.
 */
import { inWords } from '#raft/in-words'
import type { Log } from '#raft/log'
import type { Index, Message } from '#raft/messages'
import type { RaftOptions } from '#raft/raft'
import type { Progress } from '#raft/state'
import type { Story } from '../law.ts'
import { OneServer } from './one-server.ts'
import { termsOf } from './two-logs.ts'

export type Way = 'toFollower' | 'toLeader'

export class Pair {
  readonly leader: OneServer
  readonly follower: OneServer
  /** What is under way, oldest first. */
  readonly underWay: Record<Way, Message[]> = { toFollower: [], toLeader: [] }
  /** The entries of each append that has left since the first acknowledgement came. */
  readonly sentAhead: Index[] = []
  #isKnown = false
  readonly #story: Story

  constructor(logs: readonly [Log, Log], story: Story, options: Partial<RaftOptions>) {
    const [{ entries: leaders }, { entries: followers }] = logs
    const term = Math.max(leaders.at(-1)?.term ?? 0, followers.at(-1)?.term ?? 0)
    this.#story = story
    story.tell(`a has ${termsOf(logs[0])}, b has ${termsOf(logs[1])}`)
    this.follower = new OneServer({ ...options, members: ['b', 'a'], term, log: followers })
    this.leader = new OneServer({ ...options, members: ['a', 'b'], term, log: leaders }).leads()
    this.#carryOut(this.leader)
  }

  /** What the leader believes of its follower. */
  get progress(): Progress {
    const { role } = this.leader.state
    const progress = role.kind === 'leader' ? role.followers.get('b') : undefined
    if (progress === undefined) throw new Error('a leads no more, though nobody has a later term')
    return progress
  }

  get messageCount(): number {
    return this.underWay.toFollower.length + this.underWay.toLeader.length
  }

  propose(count: number): void {
    this.#story.tell(`${count} commands are proposed`)
    this.#carryOut(this.leader.isAsked(...Array.from({ length: count }, (_, n) => `command ${n}`)))
  }

  heartbeat(): void {
    this.#story.tell('a heartbeat is due')
    this.#carryOut(this.leader.timesOut())
  }

  /** One of the messages under way arrives, the oldest if `at` is 0; with `again` it will arrive once more. */
  deliver(way: Way, at = 0, again = false): void {
    const queue = this.underWay[way]
    if (queue.length === 0) return
    const message = again ? queue[at % queue.length] : queue.splice(at % queue.length, 1)[0]
    if (message === undefined) return
    const [from, receiver] = way === 'toLeader' ? (['b', this.leader] as const) : (['a', this.follower] as const) // a tuple each
    this.#story.tell(`from ${from}: ${inWords(message)}${again ? ', which will come again' : ''}`)
    if (message.kind === 'appended') this.#isKnown = true
    this.#carryOut(receiver.hears(from, message))
  }

  lose(way: Way, at: number): void {
    const queue = this.underWay[way]
    const [message] = queue.splice(at % Math.max(1, queue.length), 1)
    if (message !== undefined) this.#story.tell(`lost: ${inWords(message)}`)
  }

  /** Everything arrives, in order, and what follows from it, until nothing is under way. */
  deliverAll(messagesMax = 200): void {
    for (let n = 0; this.messageCount > 0; n++) {
      if (n === messagesMax) throw new Error(`after ${messagesMax} messages they are still talking`)
      this.deliver(this.underWay.toFollower.length > 0 ? 'toFollower' : 'toLeader')
    }
  }

  /** What a step asks for is done: saves at once, messages into the queue. */
  #carryOut(server: OneServer): void {
    const queue = this.underWay[server === this.leader ? 'toFollower' : 'toLeader']
    for (const { message } of server.sends) this.#send(queue, message)
    for (const { message } of server.settles().sends) this.#send(queue, message)
  }

  #send(queue: Message[], message: Message): void {
    queue.push(message)
    if (message.kind !== 'append' || !this.#isKnown) return
    for (const offset of message.entries.keys()) this.sentAhead.push(message.prevIndex + 1 + offset)
  }
}
