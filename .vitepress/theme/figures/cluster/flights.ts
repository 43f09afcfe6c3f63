/**
 * The messages of a trace, to be asked which of them are on their way at a moment.
 *
 * A trace says when a message was sent, and only later when it arrived, so what
 * is added settles what came before. The index is made when somebody asks.
 */
import type { TraceEvent } from '#message-passing/trace'
import type { Flight } from './scene.ts'

/** One copy of a message, from where it was sent to where its way ends. */
interface Way extends Pick<Flight, 'id' | 'from' | 'to' | 'kind' | 'entries' | 'isYes' | 'term'> {
  readonly sentMs: number
  /** `undefined` while the trace doesn't say. */
  endMs: number | undefined
  isLost: boolean
}

type Sending = Extract<TraceEvent, { readonly kind: 'send' }>

/** How many ways are told apart by looking at each. */
const CHUNK = 32
/** How far a message comes that is lost. */
const LOST_SHARE = 0.5
/** Where a message waits of which it isn't known when it arrives: it is late, or held. */
const WAITING_SHARE = 0.9
const LATENCY_MS = 10
const LATENCIES_MAX = 500

export class Flights {
  readonly #ways: Way[] = []
  readonly #byMessage = new Map<number, Way>()
  readonly #latenciesMs: number[] = []
  #latencyMs = LATENCY_MS
  #isIndexed = true
  /** For each chunk, the ways that began before it and have not ended where it begins. */
  #under: (readonly Way[])[] = []

  take(event: TraceEvent): void {
    if (event.kind === 'send') this.#send(event)
    if (event.kind === 'receive') this.#arrive(event.id, event.atMs)
    if (event.kind === 'lose') this.#lose(event.id, event.atMs)
  }

  /** What is on its way at a moment, in the order in which it was sent. */
  at(nowMs: number): readonly Flight[] {
    if (!this.#isIndexed) this.#index()
    const sent = this.#sentUpTo(nowMs)
    const chunk = Math.floor((sent - 1) / CHUNK)
    const flights: Flight[] = []
    const look = (way: Way) => {
      if (nowMs < this.#endOf(way)) flights.push(this.#flightOf(way, nowMs))
    }
    for (const way of this.#under[chunk] ?? []) look(way)
    for (const way of this.#ways.slice(Math.max(0, chunk * CHUNK), sent)) look(way)
    return flights
  }

  #send({ host, to, id, atMs, message }: Sending): void {
    if (host === to) return
    const way: Way = {
      id: this.#ways.length,
      from: host,
      to,
      ...headOf(message),
      sentMs: atMs,
      endMs: undefined,
      isLost: false,
    }
    this.#byMessage.set(id, way)
    this.#add(way)
  }

  /** The end of a copy's way. */
  #arrive(id: number, atMs: number): void {
    const way = this.#byMessage.get(id)
    if (way === undefined) return // it was sent before the trace begins
    this.#isIndexed = false
    if (this.#latenciesMs.length < LATENCIES_MAX) this.#latenciesMs.push(atMs - way.sentMs)
    if (way.endMs === undefined && !way.isLost) way.endMs = atMs
    else this.#add({ ...way, id: this.#ways.length, endMs: atMs, isLost: false }) // a second copy
  }

  /** On the way, it is lost at once. At its end, where nobody takes it, it has flown all the way. */
  #lose(id: number, atMs: number): void {
    const way = this.#byMessage.get(id)
    if (way === undefined) return
    if (atMs > way.sentMs) return this.#arrive(id, atMs)
    this.#isIndexed = false
    way.isLost = true
  }

  #add(way: Way): void {
    this.#isIndexed = false
    this.#ways.push(way)
  }

  #index(): void {
    this.#isIndexed = true
    this.#latencyMs = medianOf(this.#latenciesMs) ?? LATENCY_MS
    this.#ways.sort((a, b) => a.sentMs - b.sentMs || a.id - b.id) // almost in order already
    this.#under = []
    let under: readonly Way[] = []
    for (let from = 0; from < this.#ways.length; from += CHUNK) {
      const atMs = this.#ways[from]?.sentMs ?? 0
      const before = this.#ways.slice(Math.max(0, from - CHUNK), from)
      under = [...under, ...before].filter((way) => this.#endOf(way) > atMs)
      this.#under.push(under)
    }
  }

  #sentUpTo(nowMs: number): number {
    let low = 0
    let high = this.#ways.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ways[middle]?.sentMs ?? 0) <= nowMs) low = middle + 1
      else high = middle
    }
    return low
  }

  #endOf({ sentMs, endMs, isLost }: Way): number {
    return isLost ? sentMs + this.#latencyMs * LOST_SHARE : (endMs ?? Infinity)
  }

  #flightOf({ sentMs, endMs, ...way }: Way, nowMs: number): Flight {
    const durationMs = endMs === undefined ? this.#latencyMs : endMs - sentMs
    const share = (nowMs - sentMs) / durationMs
    return { ...way, share: endMs === undefined ? Math.min(share, WAITING_SHARE) : share }
  }
}

/** What a picture shows of a message. A message of another protocol has a kind at most. */
function headOf(message: unknown): Pick<Flight, 'kind' | 'entries' | 'isYes' | 'term'> {
  const { kind, term, entries, granted } = recordOf(message)
  return {
    kind: typeof kind === 'string' ? kind : '',
    term: typeof term === 'number' ? term : 0,
    entries: Array.isArray(entries) ? entries.length : typeof entries === 'number' ? entries : 0,
    isYes: kind === 'vote' ? granted === true : kind === 'appended' ? true : kind === 'refused' ? false : undefined,
  }
}

function recordOf(message: unknown): Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {} // any object has keys
}

function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
