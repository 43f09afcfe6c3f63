/**
 * A simulated machine, as the program that runs on it sees it: a name, a clock,
 * some chance, and messages.
 *
 * A program is a function, called when the host starts and again whenever it
 * restarts. What it keeps in its own variables is lost in a crash; what was made
 * outside of it survives, as a disk would.
 *
 * It takes messages in one of two ways. `host.inbox` is a channel, for programs
 * that are async functions. `host.onMessage` registers a handler that is called
 * for each message, for programs that never wait; they run several times as fast,
 * since the simulation need not let promises settle after each event.
 */
import { Channel } from '#message-passing/channel'
import type { CancelTimer, Clock } from '#message-passing/clock'
import type { LocalTime } from '#message-passing/local-time'
import type { Random } from '#message-passing/random'
import type { Trace } from '#message-passing/trace'

/**
 * What a machine runs: called when it starts, and again at each restart. A
 * program that waits for anything returns the promise of its end: without one
 * the simulation does not know that promises must settle after each event.
 */
export type HostProgram<M> = (host: Host<M>) => void | Promise<void>

/** A message, and who sent it. */
export interface Envelope<M> {
  readonly from: string
  readonly message: M
}

/** What a host asks of the world that it lives in. */
export interface World<M> {
  readonly nowMs: number
  readonly trace: Trace | undefined
  readonly network: { send(from: string, to: string, message: M): void }
  /** Calls `wake` after a delay in the world's time, if `host` still runs then. */
  schedule(host: Host<M>, delayMs: number, wake: () => void): CancelTimer
}

/** Messages that may wait in an inbox. One that comes on top is lost, as in the buffer of a real socket. */
export const INBOX_MESSAGES_MAX = 10_000

export class Host<M> {
  readonly name: string
  /** Chance of the host's own, which doesn't depend on what the others draw. */
  readonly random: Random
  readonly clock: Clock
  readonly #world: World<M>
  readonly #time: LocalTime
  readonly #runs: () => boolean
  #inbox: Channel<Envelope<M>> | undefined
  #handler: ((from: string, message: M) => void) | undefined

  /** `runs` tells whether the machine still runs this host. After a crash nothing that the old program does has an effect. */
  constructor(name: string, world: World<M>, random: Random, time: LocalTime, runs: () => boolean) {
    this.name = name
    this.random = random
    this.#world = world
    this.#time = time
    this.#runs = runs
    this.clock = {
      now: () => time.elapsedMs(world.nowMs),
      schedule: (delayMs, wake) => world.schedule(this, delayMs / time.rate, wake),
    }
  }

  /** What the clock on the wall says. Unlike `clock`, it may be wrong, and jump. */
  wallClockMs(): number {
    return this.#time.wallMs(this.#world.nowMs)
  }

  /** Messages for this host, oldest first. */
  get inbox(): Channel<Envelope<M>> {
    this.#inbox ??= new Channel(INBOX_MESSAGES_MAX)
    return this.#inbox
  }

  /** From now on `handle` is called for each message, and nothing goes into the inbox. It must not wait for anything. */
  onMessage(handle: (from: string, message: M) => void): void {
    this.#handler = handle
  }

  /** Puts a message on its way. It may be lost, and nobody will say so. */
  send(to: string, message: M): void {
    if (this.#runs()) this.#world.network.send(this.name, to, message)
  }

  /** Writes a line into the trace. */
  note(text: string): void {
    if (this.#runs()) this.#world.trace?.record({ atMs: this.#world.nowMs, kind: 'note', host: this.name, text })
  }

  /** Writes into the trace what state the host is in, for whoever looks at the run later. */
  state(state: unknown): void {
    if (!this.#runs()) return
    this.#world.trace?.record({
      atMs: this.#world.nowMs,
      kind: 'state',
      host: this.name,
      state: structuredClone(state),
    })
  }

  /** Called by the world when a message arrives. Returns false when the inbox is full. */
  deliver(from: string, message: M): boolean {
    if (this.#handler === undefined) return this.inbox.trySend({ from, message })
    const answer: unknown = this.#handler(from, message)
    if (answer instanceof Promise) {
      throw new TypeError('its handler of messages is an async function: take them from host.inbox instead')
    }
    return true
  }
}
