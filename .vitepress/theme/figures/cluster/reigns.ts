/** Who led when, for the line of time: a leader's term, from its election until it is known to be over. */
import type { TraceEvent } from '#message-passing/trace'
import { sightOf } from './portraits.ts'

export interface Reign {
  readonly leader: string
  readonly term: number
  readonly fromMs: number
  /** `undefined` while it lasts. */
  toMs: number | undefined
  /** Two leaders at a time are drawn one below the other. */
  readonly lane: number
}

export class Reigns {
  readonly all: Reign[] = []
  readonly #lasting = new Map<string, Reign>()

  add(events: readonly TraceEvent[]): void {
    for (const event of events) {
      if (event.kind === 'crash') this.#end(event.host, event.atMs)
      const sight = event.kind === 'state' ? sightOf(event.state) : undefined
      if (event.kind === 'state' && sight !== undefined) this.#stand(event.host, event.atMs, sight)
    }
  }

  #stand(host: string, atMs: number, { role, term }: { readonly role: string; readonly term: number }): void {
    const before = this.#lasting.get(host)
    if (before !== undefined && (role !== 'leader' || term !== before.term)) this.#end(host, atMs)
    if (role !== 'leader' || this.#lasting.has(host)) return
    const taken = new Set([...this.#lasting.values()].map(({ lane }) => lane))
    const lane = [0, 1, 2].find((free) => !taken.has(free)) ?? 0
    const reign: Reign = { leader: host, term, fromMs: atMs, toMs: undefined, lane }
    this.#lasting.set(host, reign)
    this.all.push(reign)
  }

  #end(host: string, atMs: number): void {
    const reign = this.#lasting.get(host)
    if (reign !== undefined) reign.toMs = atMs
    this.#lasting.delete(host)
  }
}
