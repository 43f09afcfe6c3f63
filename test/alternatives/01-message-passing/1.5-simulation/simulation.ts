/**
 * Another simulation: what will happen stands in a plain array, the next event
 * at its end, and each event is put into its place by bisection. Adding costs
 * O(events). Promises settle after every event, asked for or not: slower, and right.
 */
import { type CancelTimer, requireDelay } from '#message-passing/clock'
import type { Happening } from '#message-passing/happening'
import type { Host, HostProgram } from '#message-passing/host'
import { Machine } from '#message-passing/machine'
import { macrotask } from '#message-passing/macrotask'
import { Network, type NetworkOptions, type Transit } from '#message-passing/network'
import { Random } from '#message-passing/random'
import { RuleBroken, Rules } from '#message-passing/rules'
import { HostFailed, RunStuck } from '#message-passing/run-failures'
import type { Trace, TraceEvent } from '#message-passing/trace'

export interface SimulationOptions<M> extends NetworkOptions<M> {
  readonly seed: number
  readonly trace?: Trace
  readonly eventsAtOnceMax?: number
}

export class Simulation<M = unknown> {
  readonly seed: number
  readonly trace: Trace | undefined
  readonly random: Random
  readonly network: Network<M>
  readonly rules = new Rules()
  readonly #eventsAtOnceMax: number
  /** What will happen, the last first. */
  readonly #events: Happening[] = []
  readonly #machines: Machine<M>[] = []
  readonly #failures: HostFailed[] = []
  #now = { ms: 0, events: 0 }
  #happened = 0

  constructor(options: SimulationOptions<M>) {
    this.seed = options.seed
    this.trace = options.trace
    this.random = new Random(options.seed)
    this.#eventsAtOnceMax = options.eventsAtOnceMax ?? 100_000
    this.network = new Network(this, options)
  }

  get nowMs(): number {
    return this.#now.ms
  }

  get happened(): number {
    return this.#happened
  }

  host(name: string, program: HostProgram<M>): void {
    if (this.#find(name)) throw new RangeError(`two hosts can't both be named ${name}`)
    const machine = new Machine(name, program, this, this.random.fork(`host ${name}`))
    this.#machines.push(machine)
    this.at(this.nowMs, () => this.#start(machine))
  }

  crash(name: string): void {
    this.#require(name).crash()
    this.#record({ atMs: this.nowMs, kind: 'crash', host: name })
  }

  restart(name: string): void {
    const machine = this.#require(name)
    if (!machine.isUp) this.#record({ atMs: this.nowMs, kind: 'restart', host: name })
    this.#start(machine)
  }

  pause(name: string): void {
    this.#require(name).pause()
    this.#record({ atMs: this.nowMs, kind: 'pause', host: name })
  }

  resume(name: string): void {
    const machine = this.#require(name)
    this.#record({ atMs: this.nowMs, kind: 'resume', host: name })
    this.at(this.nowMs, () => {
      for (const late of machine.resume()) this.#addFor(late.host, this.nowMs, () => late.happen())
    })
  }

  drift(name: string, rate: number): void {
    this.#require(name).time.drift(this.nowMs, rate)
    this.#record({ atMs: this.nowMs, kind: 'drift', host: name, rate })
  }

  jump(name: string, byMs: number): void {
    this.#require(name).time.jump(byMs)
    this.#record({ atMs: this.nowMs, kind: 'jump', host: name, byMs })
  }

  isUp(name: string): boolean {
    return this.#require(name).isUp
  }

  at(atMs: number, happen: () => void): void {
    if (Number.isNaN(atMs) || atMs < this.nowMs)
      throw new RangeError(`at ${this.nowMs} ms it is too late for ${atMs} ms`)
    this.#addFor(undefined, atMs, happen)
  }

  add(event: Happening): void {
    let [least, end] = [0, this.#events.length]
    while (least < end) {
      const middle = (least + end) >> 1
      if ((this.#events[middle]?.atMs ?? 0) > event.atMs) least = middle + 1
      else end = middle
    }
    this.#events.splice(least, 0, event)
  }

  async run(untilMs: number): Promise<void> {
    do {
      await macrotask()
      for (const failure of this.#failures) throw failure
      if (this.#now.events > 0) this.#checkRules()
    } while (this.#step(untilMs))
    this.#now = { ms: Math.max(this.nowMs, untilMs), events: 0 }
    this.#checkRules()
  }

  async runToEnd(untilMs: number): Promise<void> {
    await this.run(this.nowMs)
    for (;;) {
      const names = this.#machines.filter((machine) => machine.isBusy).map((machine) => machine.name)
      if (names.length === 0) return
      const nextMs = this.#events.at(-1)?.atMs ?? Number.POSITIVE_INFINITY
      if (nextMs > untilMs)
        throw new RunStuck(`at ${this.nowMs} ms these have not ended, and will not: ${names.join(', ')}`)
      await this.run(nextMs)
    }
  }

  schedule(host: Host<M>, delayMs: number, wake: () => void): CancelTimer {
    requireDelay(delayMs)
    const timer = { isSet: true }
    this.#addFor(host.name, this.nowMs + delayMs, () => {
      if (timer.isSet && this.#require(host.name).runs(host)) wake()
    })
    return () => {
      timer.isSet = false
    }
  }

  deliver({ host, from, id, message }: Transit<M>): string | undefined {
    const machine = this.#require(host)
    if (machine.isUp && this.trace) {
      this.#record({ atMs: this.nowMs, kind: 'receive', host, from, id, message: this.network.copy(message) })
    }
    return machine.deliver(from, message)
  }

  requireHost(name: string): void {
    this.#require(name)
  }

  /** Lets the next event happen if it is due. Answers whether one was. */
  #step(untilMs: number): boolean {
    const event = this.#events.at(-1)
    if (event === undefined || event.atMs > untilMs) return false
    this.#events.pop()
    this.#happened++
    this.#now = { ms: event.atMs, events: event.atMs === this.nowMs ? this.#now.events + 1 : 1 }
    if (this.#now.events > this.#eventsAtOnceMax) {
      const what = `${this.#eventsAtOnceMax} events and more happen at ${this.nowMs} ms`
      throw new RunStuck(`${what}, and no end: look at ${event.host ?? 'the stage directions'}`)
    }
    if (event.host === undefined) event.happen()
    else if (!this.#require(event.host).holdsBack(event)) this.#happenTo(event.host, event)
    return true
  }

  #happenTo(host: string, event: Happening): void {
    try {
      event.happen()
    } catch (error) {
      throw new HostFailed(host, this.nowMs, error)
    }
  }

  #addFor(host: string | undefined, atMs: number, happen: () => void): void {
    this.add({ host, atMs, order: 0, happen })
  }

  #start(machine: Machine<M>): void {
    machine.start((error) => this.#failures.push(new HostFailed(machine.name, this.nowMs, error)))
  }

  #find(name: string): Machine<M> | undefined {
    return this.#machines.find((machine) => machine.name === name)
  }

  #require(name: string): Machine<M> {
    const machine = this.#find(name)
    if (machine !== undefined) return machine
    const known = this.#machines.map((each) => each.name).join(', ')
    throw new RangeError(`nobody here is named ${name}, only ${known}`)
  }

  #record(event: TraceEvent): void {
    this.trace?.record(event)
  }

  #checkRules(): void {
    try {
      this.rules.check(this.nowMs)
    } catch (error) {
      const { rule, seen } = error instanceof RuleBroken ? error : { rule: 'a rule', seen: String(error) }
      this.#record({ atMs: this.nowMs, kind: 'broken', rule, seen })
      throw error
    }
  }
}
