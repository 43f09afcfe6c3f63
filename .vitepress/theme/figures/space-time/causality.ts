/**
 * What happened before what in a trace, and what the three kinds of clocks say
 * about it. The clocks are the book's own, carried along as the trace tells:
 * each event of a host ticks them, and a message carries them over.
 */
import { HybridClock, type HybridTime } from '#message-passing/hybrid-clock'
import { LamportClock } from '#message-passing/lamport-clock'
import { LocalTime } from '#message-passing/local-time'
import type { TraceEvent } from '#message-passing/trace'
import { type Causality, compare, VectorClock, type VectorTime } from '#message-passing/vector-clock'
import type { Diagram } from './diagram.ts'

/** What the three clocks say at one event. */
export interface Stamps {
  readonly lamport: number
  readonly vector: VectorTime
  readonly hybrid: HybridTime
}

/** Something that a host does or meets: what logical clocks count. */
export type LogicalEvent = TraceEvent & { readonly kind: 'send' | 'receive' | 'note' }

export function isLogical(event: TraceEvent | undefined): event is LogicalEvent {
  return event?.kind === 'send' || event?.kind === 'receive' || event?.kind === 'note'
}

/** A host's clocks. */
class Clocks {
  readonly time = new LocalTime()
  readonly #lamport = new LamportClock()
  readonly #vector: VectorClock
  readonly #hybrid: HybridClock
  #nowMs = 0

  constructor(host: string) {
    this.#vector = new VectorClock(host)
    this.#hybrid = new HybridClock(() => this.time.wallMs(this.#nowMs), Infinity)
  }

  tick(atMs: number): Stamps {
    this.#nowMs = atMs
    return { lamport: this.#lamport.tick(), vector: this.#vector.tick(), hybrid: this.#hybrid.tick() }
  }

  receive(atMs: number, sent: Stamps): Stamps {
    this.#nowMs = atMs
    return {
      lamport: this.#lamport.receive(sent.lamport),
      vector: this.#vector.receive(sent.vector),
      hybrid: this.#hybrid.receive(sent.hybrid),
    }
  }
}

/** The clocks at each logical event, by its place in the trace. */
export function stampsOf(events: readonly TraceEvent[]): ReadonlyMap<number, Stamps> {
  const stamps = new Map<number, Stamps>()
  const sent = new Map<number, Stamps>()
  const hosts = new Map<string, Clocks>()
  const clocksOf = (host: string) => {
    const clocks = hosts.get(host) ?? new Clocks(host)
    hosts.set(host, clocks)
    return clocks
  }
  for (const [index, event] of events.entries()) {
    if (event.kind === 'jump') clocksOf(event.host).time.jump(event.byMs)
    if (event.kind === 'drift') clocksOf(event.host).time.drift(event.atMs, event.rate)
    if (!isLogical(event)) continue
    const clocks = clocksOf(event.host)
    const carried = event.kind === 'receive' ? sent.get(event.id) : undefined
    const stamp = carried === undefined ? clocks.tick(event.atMs) : clocks.receive(event.atMs, carried)
    stamps.set(index, stamp)
    if (event.kind === 'send') sent.set(event.id, stamp)
  }
  return stamps
}

/** How the event at one place stands to the one at another: `compare` of #message-passing/vector-clock. */
export function relation(stamps: ReadonlyMap<number, Stamps>, one: number, other: number): Causality {
  return compare(stamps.get(one)?.vector ?? {}, stamps.get(other)?.vector ?? {})
}

/**
 * The shortest chain of events that leads from one to another, both included:
 * each step is to the next event of a host, or along a message. Undefined when there is none.
 */
export function chain(diagram: Diagram, from: number, to: number): readonly number[] | undefined {
  const before = causesOf(diagram)
  const next = new Map<number, number>([[to, to]])
  const line = [to]
  for (const index of line) {
    if (index === from) return walk(next, from, to)
    for (const cause of before.get(index) ?? []) {
      if (cause < from || next.has(cause)) continue
      next.set(cause, index)
      line.push(cause)
    }
  }
  return undefined
}

/** For each logical event, those that directly precede it. */
function causesOf(diagram: Diagram): ReadonlyMap<number, readonly number[]> {
  const causes = new Map<number, readonly number[]>()
  const last = new Map<string, number>()
  for (const [index, event] of diagram.events.entries()) {
    if (!isLogical(event)) continue
    const own = last.get(event.host)
    const sending = event.kind === 'receive' ? diagram.passageOf(event.id)?.sent : undefined
    causes.set(
      index,
      [sending, own].filter((cause) => cause !== undefined),
    )
    last.set(event.host, index)
  }
  return causes
}

function walk(next: ReadonlyMap<number, number>, from: number, to: number): readonly number[] {
  const path = [from]
  for (let index = from; index !== to; ) {
    index = next.get(index) ?? to
    path.push(index)
  }
  return path
}
