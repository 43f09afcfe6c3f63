/**
 * A trace of a cluster, to be asked what was to be seen at any moment: of a run
 * of the figure, or of a failing check. Each question costs as much as there is
 * to be seen, and not as much as has happened.
 */
import type { TraceEvent } from '#message-passing/trace'
import { Track } from '../channel/track.ts'
import { Flights } from './flights.ts'
import type { Scene } from './scene.ts'
import { ServerHistory } from './servers.ts'

export { isRaftTrace } from './portraits.ts'

type Cuts = Scene['cuts']

const FAULTS: ReadonlySet<TraceEvent['kind']> = new Set(['cut', 'repair', 'hold', 'release', 'broken'])

export class ClusterHistory {
  readonly #servers = new Map<string, ServerHistory>()
  #order: readonly ServerHistory[] = []
  readonly #flights = new Flights()
  readonly #cuts = new Track<{ readonly cuts: Cuts }>({ cuts: [] })
  readonly #marksMs: number[] = []
  #broken: Scene['broken']

  /** Names the servers that are to be seen from the beginning, in their order. Others follow as the trace names them. */
  constructor(servers: readonly string[] = []) {
    for (const id of servers) this.#servers.set(id, new ServerHistory(id))
    this.#order = [...this.#servers.values()]
  }

  /** Takes in what has happened next. Pieces come in order. */
  add(events: readonly TraceEvent[]): void {
    const { size } = this.#servers
    for (const event of events) this.#take(event)
    if (this.#servers.size > size) this.#sort(size)
  }

  /** What is to be seen at a moment. From a broken rule on, everything stands still. */
  sceneAt(ms: number): Scene {
    const broken = this.#broken !== undefined && ms >= this.#broken.atMs ? this.#broken : undefined
    const nowMs = broken?.atMs ?? ms
    const servers = this.#order.map((server) => server.at(nowMs))
    return { atMs: ms, servers, flights: this.#flights.at(nowMs), cuts: this.#cuts.at(nowMs).cuts, broken }
  }

  /** Moments worth stopping at, in order: a message arrives, a server looks otherwise, something breaks. */
  marksMs(): readonly number[] {
    return this.#marksMs
  }

  /** When a rule was found to be broken. The run ends there. */
  get brokenAtMs(): number | undefined {
    return this.#broken?.atMs
  }

  #take(event: TraceEvent): void {
    if (event.kind === 'broken') this.#broken ??= { atMs: event.atMs, rule: event.rule, seen: event.seen }
    else if (event.kind === 'cut' || event.kind === 'repair')
      this.#cut(event.atMs, event.host, event.to, event.kind === 'cut')
    const looksOtherwise = event.kind !== 'broken' && this.#server(event.host).take(event)
    if ('to' in event) this.#server(event.to)
    this.#flights.take(event)
    if (looksOtherwise || event.kind === 'receive' || FAULTS.has(event.kind)) this.#mark(event.atMs)
  }

  #cut(atMs: number, from: string, to: string, isCut: boolean): void {
    const others = this.#cuts.last.cuts.filter((cut) => cut.from !== from || cut.to !== to)
    this.#cuts.set(atMs, { cuts: isCut ? [...others, { from, to }] : others })
  }

  #mark(atMs: number): void {
    if (this.#marksMs.at(-1) !== atMs) this.#marksMs.push(atMs)
  }

  #server(id: string): ServerHistory {
    let server = this.#servers.get(id)
    if (server === undefined) {
      server = new ServerHistory(id)
      this.#servers.set(id, server)
    }
    return server
  }

  /** Those that were named stay in front. */
  #sort(named: number): void {
    const all = [...this.#servers.values()]
    const found = all.slice(named).sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
    this.#order = [...all.slice(0, named), ...found]
  }
}
