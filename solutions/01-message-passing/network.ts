/**
 * The network of a simulated world: a link each way between every two hosts,
 * and the hardships that can befall them.
 *
 * `partition` and `repair` act on messages that are sent from then on: what is
 * on its way arrives. `hold` keeps everything that would arrive, in order, until
 * `release` lets it go. That is how a message becomes very late on cue.
 */
import { Direction, type Happening } from '#message-passing/happening'
import { Link, type LinkSettings, PERFECT_LINK } from '#message-passing/link'
import type { Random } from '#message-passing/random'
import type { Trace, TraceEvent } from '#message-passing/trace'

/** What the network needs from the world that it is part of. */
export interface Ground<M> {
  readonly random: Random
  readonly trace: Trace | undefined
  readonly nowMs: number
  add(event: Happening): void
  /** Gives a message to a host. Returns why it could not, if so. */
  deliver(transit: Transit<M>): string | undefined
  /** Throws a `RangeError` when no host has this name. */
  requireHost(name: string): void
}

/** What the links are like, and how messages are copied, measured and garbled. */
export interface NetworkOptions<M> {
  readonly link?: Partial<LinkSettings>
  /**
   * Called for each copy of a message that arrives, so that hosts don't share objects.
   * `structuredClone` by default; for messages that nobody changes, `(message) => message` is faster.
   */
  readonly copy?: (message: M) => M
  /** The size of a message, for links with a limited `bytesPerMs`. By default the length of its JSON. */
  readonly sizeBytes?: (message: M) => number
  /** What a corrupted message looks like. Needed when a link's `corruption` is above 0. */
  readonly corrupted?: (message: M, random: Random) => M
}

/** A link, and the messages held on it: undefined unless it is on hold. */
interface Route<M> {
  readonly link: Link
  held: Transit<M>[] | undefined
}

/** One copy of a message, on its way. */
export class Transit<M> implements Happening {
  readonly atMs: number
  order = 0
  readonly from: string
  readonly host: string
  readonly id: number
  readonly message: M
  readonly #network: Network<M>

  constructor(network: Network<M>, atMs: number, from: string, to: string, id: number, message: M) {
    this.#network = network
    this.atMs = atMs
    this.from = from
    this.host = to
    this.id = id
    this.message = message
  }

  happen(): void {
    this.#network.arrive(this)
  }
}

export class Network<M> {
  /** Copies a message, as the options say. */
  readonly copy: (message: M) => M
  readonly #ground: Ground<M>
  readonly #options: NetworkOptions<M>
  readonly #routes = new Map<string, Map<string, Route<M>>>()
  readonly #random: Random
  readonly #sizeBytes: (message: M) => number
  #sent = 0

  constructor(ground: Ground<M>, options: NetworkOptions<M>) {
    this.#ground = ground
    this.#options = options
    this.copy = options.copy ?? ((message) => structuredClone(message)) // called by itself: browsers want no `this`
    this.#sizeBytes = options.sizeBytes ?? sizeOfJson
    this.#random = ground.random.fork('corruption')
    new Link({ ...PERFECT_LINK, ...options.link }, this.#random) // complains about bad settings now, and not at the first message
  }

  /** The number of messages that were sent, copies not counted. */
  get sent(): number {
    return this.#sent
  }

  /** The link from one host to another. */
  link(from: string, to: string): Link {
    return this.#route(from, to).link
  }

  /** Cuts every link from a host of `some` to one of `others`, and back. */
  partition(some: readonly string[], others: readonly string[]): void {
    this.partitionOneWay(some, others)
    this.partitionOneWay(others, some)
  }

  /** Cuts every link from a host of `some` to one of `others`. What `others` send still arrives. */
  partitionOneWay(some: readonly string[], others: readonly string[]): void {
    for (const from of some) {
      for (const to of others) {
        if (from === to) throw new RangeError(`${from} stands on both sides of the partition`)
        this.#route(from, to).link.cut()
        this.#record({ atMs: this.#ground.nowMs, kind: 'cut', host: from, to })
      }
    }
  }

  /** Repairs every link that is cut. */
  repair(): void {
    for (const [from, routes] of this.#routes) {
      for (const to of routes.keys()) this.#repair(from, to)
    }
  }

  /** Repairs what is cut of the links from a host of `some` to one of `others`, and not those back. */
  repairOneWay(some: readonly string[], others: readonly string[]): void {
    for (const from of some) {
      for (const to of others) this.#repair(from, to)
    }
  }

  /** Keeps what would arrive from `from` at `to`, until it is released. */
  hold(from: string, to: string): void {
    this.#route(from, to).held ??= []
    this.#record({ atMs: this.#ground.nowMs, kind: 'hold', host: from, to })
  }

  /** Lets everything that was held arrive now, in order, and ends the hold. */
  release(from: string, to: string): void {
    const route = this.#route(from, to)
    const { nowMs } = this.#ground
    this.#record({ atMs: nowMs, kind: 'release', host: from, to })
    const letGo = () => {
      const held = route.held ?? []
      route.held = undefined
      for (const { id, message } of held) this.#add(from, to, id, message, nowMs)
    }
    this.#ground.add(new Direction(nowMs, letGo)) // behind what arrives at this very moment: that was sent later
  }

  /** Puts a message on the link from one host to another. Throws a `RangeError` when there is no such host. */
  send(from: string, to: string, message: M): void {
    const { link } = this.#route(from, to)
    const id = ++this.#sent
    const { trace, nowMs } = this.#ground
    trace?.record({ atMs: nowMs, kind: 'send', host: from, to, id, message: this.copy(message) })
    this.#sendCopy(link, from, to, id, message)
    if (link.duplicates()) this.#sendCopy(link, from, to, id, message)
  }

  /** Called when a copy has come to the end of its link. */
  arrive(transit: Transit<M>): void {
    const { held } = this.#route(transit.from, transit.host)
    if (held !== undefined) return void held.push(transit)
    const refusal = this.#ground.deliver(transit)
    if (refusal !== undefined) this.#lose(transit.from, transit.host, transit.id, refusal)
  }

  #sendCopy(link: Link, from: string, to: string, id: number, message: M): void {
    const sizeBytes = link.settings.bytesPerMs === Infinity ? 0 : this.#sizeBytes(message)
    const fate = link.fate(this.#ground.nowMs, sizeBytes)
    if (typeof fate === 'string') return this.#lose(from, to, id, fate)
    this.#add(from, to, id, this.copy(link.corrupts() ? this.#corrupted(message) : message), fate)
  }

  #add(from: string, to: string, id: number, message: M, atMs: number): void {
    this.#ground.add(new Transit(this, atMs, from, to, id, message))
  }

  #lose(host: string, to: string, id: number, why: string): void {
    this.#ground.trace?.record({ atMs: this.#ground.nowMs, kind: 'lose', host, to, id, why })
  }

  #corrupted(message: M): M {
    const { corrupted } = this.#options
    if (corrupted === undefined) throw new TypeError('a link corrupts messages: say how, with the option `corrupted`')
    return corrupted(message, this.#random)
  }

  #route(from: string, to: string): Route<M> {
    let routes = this.#routes.get(from)
    if (routes === undefined) {
      this.#ground.requireHost(from)
      routes = new Map()
      this.#routes.set(from, routes)
    }
    let route = routes.get(to)
    if (route === undefined) {
      this.#ground.requireHost(to)
      const random = this.#ground.random.fork(`link ${from} -> ${to}`)
      route = { link: new Link({ ...PERFECT_LINK, ...this.#options.link }, random), held: undefined }
      routes.set(to, route)
    }
    return route
  }

  #repair(from: string, to: string): void {
    const { link } = this.#route(from, to)
    if (!link.isCut) return
    link.repair()
    this.#record({ atMs: this.#ground.nowMs, kind: 'repair', host: from, to })
  }

  #record(event: TraceEvent): void {
    this.#ground.trace?.record(event)
  }
}

function sizeOfJson(message: unknown): number {
  return JSON.stringify(message)?.length ?? 0
}
