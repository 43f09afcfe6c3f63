/**
 * A cluster in a simulation: servers on hosts, each with a disk of its own, and
 * the invariants looked at after every step and every message that is sent.
 */
import type { Clock } from '#message-passing/clock'
import type { Host } from '#message-passing/host'
import type { Random } from '#message-passing/random'
import { RuleBroken } from '#message-passing/rules'
import type { Simulation } from '#message-passing/simulation'
import { Driver, type Outcome } from '#raft/driver'
import type { Effect } from '#raft/effects'
import { InvariantBroken, Invariants } from '#raft/invariants'
import type { Entry, Message, ServerId } from '#raft/messages'
import { portraitOf } from '#raft/portrait'
import type { RaftOptions } from '#raft/raft'
import { SimulatedStorage } from '#raft/simulated-storage'
import type { RaftState } from '#raft/state'
import type { Saved, Storage } from '#raft/storage'

/** What each server has one of. It survives the server's crashes, and each life of the server opens it. */
export interface ServerDisk {
  /** What is on it for certain. */
  readonly saved: Saved | undefined
  /** What is left on it after a crash. `onFatal` is called when it has failed, and its server must stop. */
  open(clock: Clock, random: Random, latencyMs: number, onFatal: () => void): Storage | Promise<Storage>
}

export interface ClusterOptions extends Partial<RaftOptions> {
  /** A disk for each server (a `SimulatedStorage`, which is fast). */
  readonly newDisk?: (id: ServerId) => ServerDisk
  /** How long a disk takes for a sync. */
  readonly syncMs?: number
}

/** What a server has handed to its state machine since it was started. */
interface Running {
  readonly driver: Driver
  readonly applied: Entry[]
}

export class Cluster {
  readonly members: readonly ServerId[]
  readonly simulation: Simulation<Message>
  readonly invariants: Invariants
  /** Messages that were sent, and entries in them, since the last `resetCounts`. */
  sent = { messages: 0, entries: 0, commandBytes: 0 }
  /** Called with each message that is sent, for whoever collects them. */
  onSend: ((from: ServerId, to: ServerId, message: Message) => void) | undefined
  /** Called after each step of a server, for whoever watches. */
  onStep: ((state: RaftState) => void) | undefined
  readonly #options: ClusterOptions
  readonly #disks = new Map<ServerId, ServerDisk>()
  readonly #running = new Map<ServerId, Running>()
  /** Up, and still reading what is on the disk. */
  readonly #opening = new Set<ServerId>()

  /** Adds the servers to the simulation. They start when it runs on. */
  constructor(simulation: Simulation<Message>, members: readonly ServerId[], options: ClusterOptions = {}) {
    this.simulation = simulation
    this.members = members
    this.#options = options
    this.invariants = new Invariants(members, (id) => this.#disks.get(id)?.saved)
    for (const id of members) this.#add(id)
  }

  #add(id: ServerId): void {
    const { newDisk, syncMs = 1 } = this.#options
    const disk = newDisk?.(id) ?? new SimulatedStorage()
    this.#disks.set(id, disk)
    this.simulation.host(id, (host) => {
      const storage = disk.open(host.clock, host.random, syncMs, () => this.#stop(id))
      if (!(storage instanceof Promise)) return this.#start(id, host, storage)
      this.#opening.add(id)
      return this.#startLater(id, host, storage)
    })
  }

  /** The server's program when its disk takes time. It doesn't end, and rejects when an invariant breaks in what a save leads to. */
  async #startLater(id: ServerId, host: Host<Message>, opening: Promise<Storage>): Promise<void> {
    const storage = await this.#named(opening)
    this.#opening.delete(id)
    await new Promise<void>((_, reject) => {
      const save: Storage['save'] = (changed, done) =>
        storage.save(changed, () => {
          try {
            done()
          } catch (error) {
            reject(error)
          }
        })
      this.#start(id, host, { saved: storage.saved, save })
    })
  }

  #start(id: ServerId, host: Host<Message>, storage: Storage): void {
    const { newDisk, syncMs, ...options } = this.#options
    const applied: Entry[] = []
    let isStart = true
    const driver = new Driver({
      ...options,
      id,
      members: this.members,
      clock: host.clock,
      random: host.random,
      storage,
      send: (to, message) => {
        this.#watch(() => this.invariants.observeSend(id, to, message))
        this.#count(message)
        this.onSend?.(id, to, message)
        host.send(to, message)
      },
      apply: (_, entry) => applied.push(entry),
      onStep: (state: RaftState, effects: readonly Effect[]) => {
        this.#watch(() => this.invariants.observe(state, effects, isStart))
        isStart = false
        this.onStep?.(state)
        if (this.simulation.trace !== undefined) host.state(portraitOf(state))
      },
    })
    this.#running.set(id, { driver, applied })
    host.onMessage((from, message) => driver.receive(from, message))
  }

  /** A server whose disk has failed is stopped, behind all that happens at this moment. */
  #stop(id: ServerId): void {
    this.simulation.at(this.simulation.nowMs, () => {
      if (this.simulation.isUp(id)) this.simulation.crash(id)
    })
  }

  /** What a server knows. Of one that is down, what it knew last. */
  state(id: ServerId): RaftState {
    return this.#server(id).driver.state
  }

  /** The entries that a server has applied since it was started. */
  applied(id: ServerId): readonly Entry[] {
    return this.#server(id).applied
  }

  /** Whether a server is up, and has read what is on its disk. */
  isServing(id: ServerId): boolean {
    return this.simulation.isUp(id) && !this.#opening.has(id)
  }

  /** The servers that are up and believe that they lead, of the latest term first. */
  leaders(among: readonly ServerId[] = this.members): readonly ServerId[] {
    const leading = among.filter((id) => this.isServing(id) && this.state(id).role.kind === 'leader')
    return [...leading].sort((a, b) => this.state(b).term - this.state(a).term)
  }

  /** Asks a server for a command in the log. */
  propose(id: ServerId, command: Uint8Array, settle: (outcome: Outcome) => void = () => {}): void {
    this.#server(id).driver.propose(command, settle)
  }

  /** Lets a server stand for election now. */
  campaign(id: ServerId): void {
    this.#server(id).driver.campaign()
  }

  resetCounts(): void {
    this.sent = { messages: 0, entries: 0, commandBytes: 0 }
  }

  #watch(look: () => void): void {
    try {
      look()
    } catch (error) {
      throw this.#broken(error)
    }
  }

  async #named<T>(look: Promise<T>): Promise<T> {
    try {
      return await look
    } catch (error) {
      throw this.#broken(error)
    }
  }

  /** Turns a broken invariant into a broken rule of the simulation, with its moment, and marks it in the trace. */
  #broken(error: unknown): unknown {
    if (!(error instanceof InvariantBroken)) return error
    const { rule, seen } = error
    const atMs = this.simulation.nowMs
    this.simulation.trace?.record({ atMs, kind: 'broken', rule, seen })
    return new RuleBroken(rule, seen, atMs)
  }

  #count(message: Message): void {
    this.sent.messages += 1
    if (message.kind !== 'append') return
    this.sent.entries += message.entries.length
    for (const { command } of message.entries) this.sent.commandBytes += command?.length ?? 0
  }

  #server(id: ServerId): Running {
    const running = this.#running.get(id)
    if (running === undefined) throw new RangeError(`${id} has not been started`)
    return running
  }
}
