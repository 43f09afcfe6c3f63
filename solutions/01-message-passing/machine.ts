/**
 * A simulated machine: it is up or down, running or paused, and outlives the
 * programs that run on it.
 *
 * Each start makes a new `Host`. That is how a crash takes everything that the
 * program kept: timers and sends belong to a host, and the next one is another.
 */
import type { Happening } from '#message-passing/happening'
import { Host, type HostProgram, type World } from '#message-passing/host'
import { LocalTime } from '#message-passing/local-time'
import type { Random } from '#message-passing/random'

/** One machine of a simulation. */
export class Machine<M> {
  readonly name: string
  readonly time = new LocalTime()
  readonly #program: HostProgram<M>
  readonly #world: World<M>
  readonly #random: Random
  /** What runs on it now. Undefined while it is down. */
  #host: Host<M> | undefined
  #isAsync = false
  #hasEnded = false
  /** What would have happened since it was paused. Undefined unless it is. */
  #backlog: Happening[] | undefined

  constructor(name: string, program: HostProgram<M>, world: World<M>, random: Random) {
    this.name = name
    this.#program = program
    this.#world = world
    this.#random = random
  }

  get isUp(): boolean {
    return this.#host !== undefined
  }

  /** Whether its program is an async function, so that promises must settle after each event. */
  get isAsync(): boolean {
    return this.#isAsync
  }

  /** Whether an async program runs on it that has not ended. */
  get isBusy(): boolean {
    return this.isUp && this.#isAsync && !this.#hasEnded
  }

  /** Whether `host` is what runs on it now, and no earlier one. */
  runs(host: Host<M>): boolean {
    return this.#host === host
  }

  /** Starts the program from the beginning. `fail` is called when it throws or rejects. Throws a `RangeError` when it is up. */
  start(fail: (error: unknown) => void): void {
    if (this.#host !== undefined) throw new RangeError(`${this.name} is up: crash it first`)
    const host: Host<M> = new Host(this.name, this.#world, this.#random, this.time, () => this.runs(host))
    this.#host = host
    this.#hasEnded = false
    this.#isAsync = false
    try {
      const running = this.#program(host)
      if (!(running instanceof Promise)) return
      this.#isAsync = true
      this.#follow(host, running, fail)
    } catch (error) {
      fail(error)
    }
  }

  /**
   * Stops where it is, and loses everything but what was made outside of its program. A pause ends with it.
   * Throws a `RangeError` when it is down already.
   *
   * @exercise 1.5e Take the host away, end the pause, and forget what had piled up.
   */
  crash(): void {
    if (this.#host === undefined) throw new RangeError(`${this.name} is down already`)
    this.#host = undefined
    this.#backlog = undefined
  }

  /** From now on events are held back. Pausing again does nothing. */
  pause(): void {
    this.#backlog ??= []
  }

  /** Ends the pause. Returns what was held back, in order. */
  resume(): readonly Happening[] {
    const late = this.#backlog ?? []
    this.#backlog = undefined
    return late
  }

  /** Keeps an event for later if the machine is paused. Returns whether it did. */
  holdsBack(event: Happening): boolean {
    this.#backlog?.push(event)
    return this.#backlog !== undefined
  }

  /**
   * Gives a message to the host. Returns why it could not, if so: *down*, or *inbox full*.
   *
   * @exercise 1.5e Give it to whoever runs now, even if somebody else ran when it was sent.
   */
  deliver(from: string, message: M): string | undefined {
    if (this.#host === undefined) return 'down'
    return this.#host.deliver(from, message) ? undefined : 'inbox full'
  }

  #follow(host: Host<M>, running: Promise<void>, fail: (error: unknown) => void): void {
    const end = () => {
      if (!this.runs(host)) return
      this.#hasEnded = true
      this.#world.trace?.record({ atMs: this.#world.nowMs, kind: 'end', host: this.name })
    }
    running.then(end, (error) => {
      if (this.runs(host)) fail(error)
    })
  }
}
