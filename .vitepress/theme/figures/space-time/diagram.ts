/**
 * A trace, arranged for drawing: which hosts there are, which way each message
 * went, and for how long hosts and links were in which condition. It grows as
 * events are added, so that a long trace can be read in stretches.
 *
 * Everything is given by the event's place in the trace. Where that is on the
 * screen is for a `Scale` to say.
 */
import type { TraceEvent } from '#message-passing/trace'

/** An event that the trace does not have: it came before the trace begins, or after its end. */
export const OUTSIDE = -1

/** One copy of a message on its way. A message that was duplicated has two. */
export interface Passage {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly message: unknown
  /** The event of its sending, or `OUTSIDE`. */
  readonly sent: number
  /** The event of its receipt or loss, or `OUTSIDE` when the trace ends before. */
  end: number
  /** Why it was lost, if it was. */
  lost: string | undefined
}

/** A host that is down or paused, from one event to another, or to the end of the trace. */
export interface Span {
  readonly kind: 'down' | 'paused'
  readonly lane: number
  readonly begin: number
  end: number
}

/** A link that is cut or on hold. */
export interface Band {
  readonly kind: 'cut' | 'held'
  readonly from: number
  readonly to: number
  readonly begin: number
  end: number
}

export class Diagram {
  readonly events: TraceEvent[] = []
  readonly lanes: string[] = []
  /** By the event at which they are first seen. */
  readonly passages: Passage[] = []
  readonly spans: Span[] = []
  readonly bands: Band[] = []
  readonly #sent = new Map<number, Passage>()
  readonly #open = new Map<string, Span | Band>()
  readonly #laneOf = new Map<string, number>()

  /** Hosts that are named here come first, in this order. The others follow as they are met. */
  constructor(lanes: readonly string[] = []) {
    for (const name of lanes) this.lane(name)
  }

  static of(events: readonly TraceEvent[], lanes: readonly string[] = []): Diagram {
    const diagram = new Diagram(lanes)
    diagram.add(events)
    return diagram
  }

  /** The lane of a host. */
  lane(name: string): number {
    const known = this.#laneOf.get(name)
    if (known !== undefined) return known
    this.#laneOf.set(name, this.lanes.length)
    return this.lanes.push(name) - 1
  }

  /** The passage that a message was sent on, if the trace has its sending. */
  passageOf(id: number): Passage | undefined {
    return this.#sent.get(id)
  }

  add(events: readonly TraceEvent[]): void {
    for (const event of events) this.#arrange(event, this.events.push(event) - 1)
  }

  #arrange(event: TraceEvent, index: number): void {
    switch (event.kind) {
      case 'send':
        return this.#send(event, index)
      case 'receive':
        return this.#end(event.id, this.lane(event.from), this.lane(event.host), event.message, index, undefined)
      case 'lose':
        return this.#end(event.id, this.lane(event.host), this.lane(event.to), undefined, index, event.why)
      case 'crash':
        this.#shut(`paused ${event.host}`, index)
        return this.#begin(`down ${event.host}`, { kind: 'down', lane: this.lane(event.host), begin: index })
      case 'pause':
        return this.#begin(`paused ${event.host}`, { kind: 'paused', lane: this.lane(event.host), begin: index })
      case 'restart':
        return this.#shut(`down ${event.host}`, index)
      case 'resume':
        return this.#shut(`paused ${event.host}`, index)
      case 'cut':
      case 'hold': {
        const kind = event.kind === 'cut' ? 'cut' : 'held'
        const link = { from: this.lane(event.host), to: this.lane(event.to) }
        return this.#begin(`${kind} ${link.from} ${link.to}`, { kind, ...link, begin: index })
      }
      case 'repair':
      case 'release': {
        const kind = event.kind === 'repair' ? 'cut' : 'held'
        return this.#shut(`${kind} ${this.lane(event.host)} ${this.lane(event.to)}`, index)
      }
      case 'broken':
        return
      default:
        if (typeof event.host === 'string') this.lane(event.host)
    }
  }

  #send({ id, host, to, message }: TraceEvent & { readonly kind: 'send' }, index: number): void {
    const passage: Passage = {
      id,
      from: this.lane(host),
      to: this.lane(to),
      message,
      sent: index,
      end: OUTSIDE,
      lost: undefined,
    }
    this.#sent.set(id, passage)
    this.passages.push(passage)
  }

  #end(id: number, from: number, to: number, message: unknown, index: number, lost: string | undefined): void {
    const sent = this.#sent.get(id)
    if (sent?.end === OUTSIDE) {
      sent.end = index
      sent.lost = lost
    } else {
      const copied = sent?.message ?? message
      this.passages.push({ id, from, to, message: copied, sent: sent?.sent ?? OUTSIDE, end: index, lost })
    }
  }

  #begin(key: string, begun: Omit<Span, 'end'> | Omit<Band, 'end'>): void {
    if (this.#open.has(key)) return
    const open: Span | Band = { ...begun, end: OUTSIDE }
    this.#open.set(key, open)
    if ('lane' in open) this.spans.push(open)
    else this.bands.push(open)
  }

  #shut(key: string, index: number): void {
    const open = this.#open.get(key)
    if (open === undefined) return
    open.end = index
    this.#open.delete(key)
  }
}

/** What can be seen of a list whose members begin and end, between two events. `max` bounds how many. */
export function overlapping<T extends { readonly end: number }>(
  all: readonly T[],
  beginOf: (each: T) => number,
  first: number,
  last: number,
  max = Infinity,
): readonly T[] {
  const found: T[] = []
  for (const each of all) {
    if (found.length >= max) break
    if (beginOf(each) <= last && (each.end === OUTSIDE || each.end >= first)) found.push(each)
  }
  return found
}
