/** Three cores that hand each other their messages, with disks that take no time. */
import { Random } from '#message-passing/random'
import type { Input } from '#raft/effects'
import type { Message, ServerId } from '#raft/messages'
import { RaftNode } from '#raft/node'
import { type Case, cpuMicros } from '../measure.ts'
import { etcdPort, etcdPortCase } from './peers/etcd-port.ts'

const BY_64 = 'proposed 64 at a time'
const BY_ONE = 'proposed one by one'

export const SIXTY_FOUR = `RaftNode, ${BY_64}`
export const ONE_BY_ONE = `RaftNode, ${BY_ONE}`
export const PEER_SIXTY_FOUR = etcdPort(BY_64)
export const PEER_ONE_BY_ONE = etcdPort(BY_ONE)

const MEMBERS: readonly ServerId[] = ['a', 'b', 'c']
/** Proposals between two rounds of messages: the leader sends ahead. */
const AHEAD = 4

export function coreCases(): readonly Case[] {
  return [
    coreCase(SIXTY_FOUR, 64, 16_000),
    etcdPortCase(BY_64, 64, 4_000),
    coreCase(ONE_BY_ONE, 1, 200_000),
    etcdPortCase(BY_ONE, 1, 40_000),
  ]
}

function coreCase(name: string, batch: number, times: number): Case {
  return {
    name,
    measure: async () => {
      const commands = Array.from({ length: batch }, () => new Uint8Array(100))
      new Cores().commit(commands, times / 4)
      const cores = new Cores()
      const start = process.cpuUsage()
      cores.commit(commands, times)
      return ((batch * times) / cpuMicros(start)) * 1_000
    },
  }
}

class Cores {
  readonly #nodes = new Map(
    MEMBERS.map((id, index) => [id, new RaftNode({ id, members: MEMBERS, random: new Random(index + 1), nowMs: 0 })]),
  )
  readonly #applied = new Map(MEMBERS.map((id) => [id, 0]))
  #underWay: { readonly from: ServerId; readonly to: ServerId; readonly message: Message }[] = []

  /** Elects a leader, and proposes these commands to it so many times. Throws unless all servers apply them. */
  commit(commands: readonly Uint8Array[], times: number): void {
    this.#step('a', { kind: 'tick' }, 1_000)
    this.#deliver()
    for (let proposed = 0; proposed < times; proposed++) {
      this.#step('a', { kind: 'propose', commands })
      if (proposed % AHEAD === AHEAD - 1) this.#deliver()
    }
    this.#deliver()
    this.#step('a', { kind: 'tick' }, 1_100) // tells the others what is committed
    this.#deliver()
    const count = commands.length * times
    for (const [id, applied] of this.#applied) {
      if (applied !== count + 1) throw new Error(`${id} has applied ${applied} entries instead of ${count} and a no-op`)
    }
  }

  #step(id: ServerId, input: Input, nowMs = 1_000): void {
    let save = 0
    for (const effect of this.#nodes.get(id)?.step(nowMs, input) ?? []) {
      if (effect.kind === 'save') save = effect.save
      else if (effect.kind === 'send') this.#underWay.push({ from: id, to: effect.to, message: effect.message })
      else if (effect.kind === 'apply') {
        this.#applied.set(id, (this.#applied.get(id) ?? 0) + effect.entries.length)
      }
    }
    if (save > 0) this.#step(id, { kind: 'saved', save }, nowMs)
  }

  #deliver(): void {
    while (this.#underWay.length > 0) {
      const due = this.#underWay
      this.#underWay = []
      for (const { from, to, message } of due) this.#step(to, { kind: 'message', from, message })
    }
  }
}
