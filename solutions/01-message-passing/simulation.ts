/**
 * A world in a box: hosts, the network between them, and time, all in one
 * process and all decided by a seed.
 *
 * One step takes the next event, moves time to it, lets it happen, and lets
 * every promise settle before the next. So a run is a function of its seed and
 * of the programs in it, and any run can be had again.
 */
import { type CancelTimer, requireDelay } from '#message-passing/clock'
import { EventQueue } from '#message-passing/event-queue'
import { Direction, type Happening, HostTimer, Late } from '#message-passing/happening'
import type { Host, HostProgram } from '#message-passing/host'
import { Machine } from '#message-passing/machine'
import { macrotask } from '#message-passing/macrotask'
import { Network, type NetworkOptions, type Transit } from '#message-passing/network'
import { Random } from '#message-passing/random'
import { RuleBroken, Rules } from '#message-passing/rules'
import { HostFailed, RunStuck } from '#message-passing/run-failures'
import type { Trace } from '#message-passing/trace'

/** Where chance comes from, and what the network is like. */
export interface SimulationOptions<M> extends NetworkOptions<M> {
  readonly seed: number
  /** Where to write what happens. Without one the run is faster, and can't be drawn. */
  readonly trace?: Trace
  /** How many events may happen at one moment before the run is given up. */
  readonly eventsAtOnceMax?: number
}

export class Simulation<M = unknown> {
  readonly seed: number
  readonly trace: Trace | undefined
  readonly random: Random
  readonly network: Network<M>
  readonly rules = new Rules()
  readonly #eventsAtOnceMax: number
  readonly #events = new EventQueue<Happening>()
  readonly #machines = new Map<string, Machine<M>>()
  #nowMs = 0
  #happened = 0
  #eventsAtOnce = 0
  #failure: HostFailed | undefined

  constructor({ seed, trace, eventsAtOnceMax = 100_000, ...options }: SimulationOptions<M>) {
    this.seed = seed
    this.trace = trace
    this.random = new Random(seed)
    this.#eventsAtOnceMax = eventsAtOnceMax
    this.network = new Network(this, options)
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** The number of events that have happened. */
  get happened(): number {
    return this.#happened
  }

  /** Adds a machine to the world. Its program starts as soon as the world runs on. */
  host(name: string, program: HostProgram<M>): void {
    if (this.#machines.has(name)) throw new RangeError(`there is a host named ${name} already`)
    const machine = new Machine(name, program, this, this.random.fork(`host ${name}`))
    this.#machines.set(name, machine)
    this.at(this.#nowMs, () => this.#start(machine))
  }

  /** A machine stops where it is, and loses everything but what was made outside of its program. */
  crash(name: string): void {
    this.#machine(name).crash()
    this.trace?.record({ atMs: this.#nowMs, kind: 'crash', host: name })
  }

  /** A machine that has crashed starts its program again, from the beginning. */
  restart(name: string): void {
    const machine = this.#machine(name)
    this.trace?.record({ atMs: this.#nowMs, kind: 'restart', host: name })
    this.#start(machine)
  }

  /** Nothing happens to the machine until it is resumed, as in a long garbage collection. Its clocks go on. */
  pause(name: string): void {
    this.#machine(name).pause()
    this.trace?.record({ atMs: this.#nowMs, kind: 'pause', host: name })
  }

  /** Everything that should have happened to the machine meanwhile happens now, in order. */
  resume(name: string): void {
    const machine = this.#machine(name)
    this.trace?.record({ atMs: this.#nowMs, kind: 'resume', host: name })
    this.at(this.#nowMs, () => {
      for (const late of machine.resume()) this.add(new Late(late, this.#nowMs))
    }) // behind what is due at this very moment: that came later than what has piled up
  }

  /** Lets a machine's clocks run at another rate: 1.01 is 1 % fast. */
  drift(name: string, rate: number): void {
    this.#machine(name).time.drift(this.#nowMs, rate)
    this.trace?.record({ atMs: this.#nowMs, kind: 'drift', host: name, rate })
  }

  /** Sets a machine's wall clock forward, or back. */
  jump(name: string, byMs: number): void {
    this.#machine(name).time.jump(byMs)
    this.trace?.record({ atMs: this.#nowMs, kind: 'jump', host: name, byMs })
  }

  isUp(name: string): boolean {
    return this.#machine(name).isUp
  }

  /** Lets something happen to the world as a whole, at a moment of the run: a stage direction. */
  at(atMs: number, happen: () => void): void {
    if (!(atMs >= this.#nowMs))
      throw new RangeError(`it is ${this.#nowMs} ms: nothing can happen at ${atMs} ms any more`)
    this.add(new Direction(atMs, happen))
  }

  add(event: Happening): void {
    this.#events.add(event)
  }

  /**
   * Lets everything happen that is due up to `untilMs`, and lets time pass until
   * then. Rejects when a rule is broken or a host fails. Throws a `RangeError`
   * when `untilMs` is not finite.
   */
  run(untilMs: number): Promise<void> {
    if (!Number.isFinite(untilMs)) throw new RangeError(`a run ends at a finite number of milliseconds, not ${untilMs}`)
    return this.#runUntil(untilMs)
  }

  /**
   * The loop of a run.
   *
   * @exercise 1.5d Step while an event is due; let promises settle if the step asks for it; look at the rules.
   */
  async #runUntil(untilMs: number): Promise<void> {
    await macrotask()
    this.#throwFailure()
    for (let event = this.#events.next; event !== undefined && event.atMs <= untilMs; event = this.#events.next) {
      if (this.#step()) await macrotask()
      this.#throwFailure()
      this.#checkRules()
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs)
    this.#checkRules()
  }

  /**
   * Runs until every program that is an async function has ended. Rejects when
   * one has not by `untilMs`, and names it.
   */
  async runToEnd(untilMs: number): Promise<void> {
    await this.run(this.#nowMs)
    while (this.#unended().length > 0) {
      const next = this.#events.next
      if (next === undefined || next.atMs > untilMs) throw this.#notEnded(untilMs)
      await this.run(next.atMs)
    }
  }

  /**
   * Takes the next event, moves time to it, and lets it happen. Returns whether
   * promises must settle before the next.
   *
   * @exercise 1.5c Move to the next event; let it happen, unless a paused machine holds it back.
   */
  #step(): boolean {
    const event = this.#events.take()
    if (event === undefined) return false
    this.#moveTo(event)
    const machine = event.host === undefined ? undefined : this.#machines.get(event.host)
    if (machine?.holdsBack(event)) return false
    try {
      event.happen()
    } catch (error) {
      throw event.host === undefined ? error : new HostFailed(event.host, this.#nowMs, error)
    }
    return machine === undefined || machine.isAsync
  }

  /**
   * A timer of a host. It doesn't ring once the host has crashed, even if the machine is up again.
   *
   * @exercise 1.5e Add a timer that looks, when it is due, whether its host is still the one that runs.
   */
  schedule(host: Host<M>, delayMs: number, wake: () => void): CancelTimer {
    requireDelay(delayMs)
    const machine = this.#machine(host.name)
    const timer = new HostTimer(this.#nowMs + delayMs, host.name, wake, () => machine.runs(host))
    this.add(timer)
    return () => timer.cancel()
  }

  /** Gives a message that has arrived to its machine. Returns why it could not, if so. */
  deliver({ host, from, id, message }: Transit<M>): string | undefined {
    const machine = this.#machine(host)
    if (machine.isUp && this.trace !== undefined) {
      const seen = this.network.copy(message) // the receiver may change its own
      this.trace.record({ atMs: this.#nowMs, kind: 'receive', host, from, id, message: seen })
    }
    return machine.deliver(from, message)
  }

  /** Throws a `RangeError` when no host has this name. */
  requireHost(name: string): void {
    this.#machine(name)
  }

  #machine(name: string): Machine<M> {
    const machine = this.#machines.get(name)
    if (machine === undefined) {
      throw new RangeError(`no host is named ${name}; there are ${[...this.#machines.keys()].join(', ') || 'none'}`)
    }
    return machine
  }

  #start(machine: Machine<M>): void {
    machine.start((error) => {
      this.#failure ??= new HostFailed(machine.name, this.#nowMs, error)
    })
  }

  /** The hosts whose programs have not ended. */
  #unended(): readonly string[] {
    return [...this.#machines.values()].flatMap((machine) => (machine.isBusy ? [machine.name] : []))
  }

  #notEnded(untilMs: number): RunStuck {
    const why = this.#events.next === undefined ? 'nothing more can happen' : `the end was expected by ${untilMs} ms`
    return new RunStuck(`at ${this.#nowMs} ms ${why}, and still waiting: ${this.#unended().join(', ')}`)
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  /** Moves time to an event, and gives up when too many happen at one moment. */
  #moveTo(event: Happening): void {
    this.#happened += 1
    this.#eventsAtOnce = event.atMs === this.#nowMs ? this.#eventsAtOnce + 1 : 0
    this.#nowMs = event.atMs
    if (this.#eventsAtOnce <= this.#eventsAtOnceMax) return
    const what = `${this.#eventsAtOnceMax} events happened at ${this.#nowMs} ms, and time does not move on.`
    throw new RunStuck(`${what} The last was for ${event.host ?? 'the world'}: does it wait 0 ms in a loop?`)
  }

  #checkRules(): void {
    try {
      this.rules.check(this.#nowMs)
    } catch (error) {
      if (error instanceof RuleBroken) {
        this.trace?.record({ atMs: this.#nowMs, kind: 'broken', rule: error.rule, seen: error.seen })
      }
      throw error
    }
  }
}
