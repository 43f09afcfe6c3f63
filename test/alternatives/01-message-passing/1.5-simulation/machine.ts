/** Another machine: one union says whether it is down, up or paused, and carries what belongs to that. */
import type { Happening } from '#message-passing/happening'
import { Host, type HostProgram, type World } from '#message-passing/host'
import { LocalTime } from '#message-passing/local-time'
import type { Random } from '#message-passing/random'

type State<M> =
  | { readonly name: 'down' }
  | { readonly name: 'up'; readonly host: Host<M> }
  | { readonly name: 'paused'; readonly host: Host<M>; readonly backlog: Happening[] }

export class Machine<M> {
  readonly name: string
  readonly time = new LocalTime()
  readonly #program: HostProgram<M>
  readonly #world: World<M>
  readonly #random: Random
  #state: State<M> = { name: 'down' }
  #progress: 'plain' | 'running' | 'ended' = 'plain'

  constructor(name: string, program: HostProgram<M>, world: World<M>, random: Random) {
    this.name = name
    this.#program = program
    this.#world = world
    this.#random = random
  }

  get isUp(): boolean {
    return this.#state.name !== 'down'
  }

  get isAsync(): boolean {
    return this.#progress !== 'plain'
  }

  get isBusy(): boolean {
    return this.isUp && this.#progress === 'running'
  }

  runs(host: Host<M>): boolean {
    return this.#state.name !== 'down' && this.#state.host === host
  }

  start(fail: (error: unknown) => void): void {
    if (this.isUp) throw new RangeError(`${this.name} is running, and can't be started again`)
    const host: Host<M> = new Host(this.name, this.#world, this.#random, this.time, () => this.runs(host))
    this.#state = { name: 'up', host }
    this.#progress = 'plain'
    const failed = (error: unknown) => {
      if (this.runs(host)) fail(error)
    }
    try {
      const running = this.#program(host)
      if (running === undefined) return
      this.#progress = 'running'
      running.then(() => this.#end(host)).catch(failed)
    } catch (error) {
      fail(error)
    }
  }

  crash(): void {
    if (!this.isUp) throw new RangeError(`${this.name} does not run, and so can't crash`)
    this.#state = { name: 'down' }
  }

  pause(): void {
    if (this.#state.name === 'up') this.#state = { name: 'paused', host: this.#state.host, backlog: [] }
  }

  resume(): readonly Happening[] {
    if (this.#state.name !== 'paused') return []
    const { host, backlog } = this.#state
    this.#state = { name: 'up', host }
    return backlog
  }

  holdsBack(event: Happening): boolean {
    if (this.#state.name !== 'paused') return false
    this.#state.backlog.push(event)
    return true
  }

  deliver(from: string, message: M): string | undefined {
    if (this.#state.name === 'down') return 'down'
    return this.#state.host.deliver(from, message) ? undefined : 'inbox full'
  }

  #end(host: Host<M>): void {
    if (!this.runs(host)) return
    this.#progress = 'ended'
    this.#world.trace?.record({ atMs: this.#world.nowMs, kind: 'end', host: this.name })
  }
}
