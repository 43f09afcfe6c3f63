/**
 * Directed scenarios: a cluster, and a script of what befalls it, played with
 * many seeds. The script says what happens; chance decides the rest: latencies,
 * timeouts, and what is lost on a network that loses.
 */
import { type Distribution, exponential, uniform } from '#message-passing/distributions'
import type { Random } from '#message-passing/random'
import type { Simulation } from '#message-passing/simulation'
import { Cluster, type ClusterOptions } from '#raft/cluster'
import type { Outcome } from '#raft/driver'
import type { Entry, Index, Message, ServerId } from '#raft/messages'
import { simulated } from '../simulated.ts'

export interface DirectedOptions extends ClusterOptions {
  readonly servers: number
  /** A network that delays up to 27 ms, and loses one message in ten: MIT's unreliable one. */
  readonly unreliable?: boolean
  readonly latencyMs?: Distribution
  /** Fewer than others have, for a script that is slow. A campaign plays it as often as all others. */
  readonly seeds?: number
}

/** In `npm test`, if a script doesn't say otherwise. */
const SEEDS = 10

/** How many seeds the campaign wants, and `SEEDS=100 npx vitest run …`. */
const SEEDS_WANTED = process.env.SEEDS

/** A timer that is due at once, again and again, ends the run soon, and not the watchdog. */
const EVENTS_AT_ONCE_MAX = 2_000

const COMMIT_MS_MAX = 10_000
const ELECTION_MS_MAX = 5_000
const STEP_MS = 5

/** Plays a script with many seeds, each twice. Rejects with the story of the first run in which it fails. */
export function directed(options: DirectedOptions, script: (stage: Stage) => Promise<void>): Promise<void> {
  const { servers, unreliable = false, latencyMs, seeds: few = SEEDS, ...cluster } = options
  const seeds = SEEDS_WANTED === undefined ? few : Number(SEEDS_WANTED)
  const link = unreliable
    ? { latencyMs: latencyMs ?? uniform(0, 27), loss: 0.1 }
    : { latencyMs: latencyMs ?? exponential(2), ordered: true }
  const world = {
    hosts: servers,
    durationMs: 1,
    seeds,
    twiceEvery: seeds,
    shrinkRunsMax: 0,
    eventsAtOnceMax: EVENTS_AT_ONCE_MAX,
    copy: same,
    link,
  }
  return simulated<Message>(world, async (simulation, hosts) => {
    const stage = new Stage(simulation, hosts, cluster)
    await stage.pass(0) // lets the servers start
    await script(stage)
  })
}

function same(message: Message): Message {
  return message // no server changes a message
}

/** What a script can say. */
export class Stage {
  readonly servers: readonly ServerId[]
  readonly cluster: Cluster
  readonly simulation: Simulation<Message>
  readonly random: Random
  readonly #cut = new Set<ServerId>()
  #commands = 0

  constructor(simulation: Simulation<Message>, servers: readonly ServerId[], options: ClusterOptions) {
    this.servers = servers
    this.simulation = simulation
    this.random = simulation.random.fork('script')
    this.cluster = new Cluster(simulation, servers, options)
  }

  /** The servers that are up and not cut off. */
  get connected(): readonly ServerId[] {
    return this.servers.filter((id) => this.simulation.isUp(id) && !this.#cut.has(id))
  }

  pass(durationMs: number): Promise<void> {
    return this.simulation.run(this.simulation.nowMs + durationMs)
  }

  /** Lets time pass until `condition` holds. Throws if it takes longer than `withinMs`. */
  async until(what: string, withinMs: number, condition: () => boolean): Promise<void> {
    const byMs = this.simulation.nowMs + withinMs
    await this.pass(0)
    while (!condition()) {
      if (this.simulation.nowMs >= byMs) throw new Error(`${what} within ${withinMs} ms\n${this.#describe()}`)
      await this.pass(STEP_MS)
    }
  }

  /** The one leader of those who are connected, once they all know it. */
  async leader(): Promise<ServerId> {
    const agreed = () => {
      const [leader] = this.cluster.leaders(this.connected)
      if (leader === undefined) return false
      const { term } = this.cluster.state(leader)
      return this.connected.every((id) => this.cluster.state(id).term === term)
    }
    await this.until('the connected servers agree on a leader', ELECTION_MS_MAX, agreed)
    return this.cluster.leaders(this.connected)[0] ?? ''
  }

  /** Fails if a server that is connected believes that it leads. */
  requireNoLeader(): void {
    const leaders = this.cluster.leaders(this.connected)
    if (leaders.length > 0) throw new Error(`nobody can have a majority, but ${leaders.join()} leads`)
  }

  /** A command that nobody has proposed before, of `size` bytes at least. */
  command(size = 0): Uint8Array {
    this.#commands += 1
    return new TextEncoder().encode(String(this.#commands).padEnd(size, '.'))
  }

  /** Proposes a command to a server, and does not wait. */
  propose(to: ServerId, command = this.command()): { outcome: Outcome | undefined } {
    const result: { outcome: Outcome | undefined } = { outcome: undefined }
    this.cluster.propose(to, command, (outcome) => {
      result.outcome = outcome
    })
    return result
  }

  /** Proposes until a command is committed and applied by `count` servers. Returns its index. */
  async agree(count: number, command = this.command()): Promise<Index> {
    let index = 0
    const settle = (outcome: Outcome) => {
      if (outcome.kind === 'committed') index = outcome.index
    }
    const applied = () => index > 0 && this.#appliedBy(index, command).length >= count
    const byMs = this.simulation.nowMs + COMMIT_MS_MAX
    while (!applied()) {
      if (this.simulation.nowMs >= byMs) throw new Error(`${count} servers agree on a command\n${this.#describe()}`)
      const [leader] = this.cluster.leaders(this.connected)
      if (leader !== undefined && index === 0) this.cluster.propose(leader, command, settle)
      const retryAtMs = this.simulation.nowMs + 500
      while (!applied() && this.simulation.nowMs < retryAtMs) {
        await this.pass(STEP_MS)
        if (leader === undefined || !this.cluster.leaders(this.connected).includes(leader)) break
      }
    }
    return index
  }

  /** Those who have applied this very command at this index. */
  #appliedBy(index: Index, command: Uint8Array): readonly ServerId[] {
    return this.servers.filter((id) => isCommand(this.cluster.applied(id)[index - 1], command))
  }

  /** The greatest index that any server has committed. */
  get committed(): Index {
    return this.cluster.invariants.committedCount
  }

  /** Cuts a server off from all others, both ways. */
  cut(...ids: readonly ServerId[]): void {
    for (const id of ids) this.#cut.add(id)
    this.#reconnect()
  }

  /** Connects servers that were cut off. */
  join(...ids: readonly ServerId[]): void {
    for (const id of ids) this.#cut.delete(id)
    this.#reconnect()
  }

  #reconnect(): void {
    this.simulation.network.repair()
    for (const id of this.#cut) {
      const others = this.servers.filter((other) => other !== id)
      this.simulation.network.partition([id], others)
    }
  }

  crash(...ids: readonly ServerId[]): void {
    for (const id of ids) if (this.simulation.isUp(id)) this.simulation.crash(id)
  }

  restart(...ids: readonly ServerId[]): void {
    for (const id of ids) if (!this.simulation.isUp(id)) this.simulation.restart(id)
  }

  /** From now on one message in three takes up to two seconds longer: it arrives when much has happened. */
  slowDown(): void {
    const latencyMs: Distribution = (random) =>
      27 * random.uniform() + (random.chance(1 / 3) ? 2_000 * random.uniform() : 0)
    for (const from of this.servers) {
      for (const to of this.others(from)) this.simulation.network.link(from, to).change({ latencyMs })
    }
  }

  /** One of these, by chance. */
  pick(from: readonly ServerId[]): ServerId {
    return from[this.random.integer(0, from.length)] ?? ''
  }

  others(...than: readonly ServerId[]): readonly ServerId[] {
    return this.servers.filter((id) => !than.includes(id))
  }

  #describe(): string {
    const lines = this.servers.map((id) => {
      const { role, term, commitIndex, log } = this.cluster.state(id)
      const where = this.simulation.isUp(id) ? (this.#cut.has(id) ? ', cut off' : '') : ', down'
      return `  ${id}: ${role.kind} in term ${term}, ${log.entries.length} entries, ${commitIndex} committed${where}`
    })
    return [`  at ${Math.round(this.simulation.nowMs)} ms`, ...lines].join('\n')
  }
}

function isCommand(entry: Entry | undefined, command: Uint8Array): boolean {
  const found = entry?.command
  return found !== undefined && found.length === command.length && found.every((byte, at) => byte === command[at])
}
