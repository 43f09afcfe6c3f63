/**
 * What happened in a run, event by event: the input of everything that draws,
 * and the evidence when a check fails.
 */

/** One thing that happened, at a moment of virtual time. */
export type TraceEvent = { readonly atMs: number } & (
  | {
      readonly kind: 'send'
      readonly host: string
      readonly to: string
      readonly id: number
      readonly message: unknown
    }
  | {
      readonly kind: 'receive'
      readonly host: string
      readonly from: string
      readonly id: number
      readonly message: unknown
    }
  | { readonly kind: 'lose'; readonly host: string; readonly to: string; readonly id: number; readonly why: string }
  | { readonly kind: 'crash' | 'restart' | 'pause' | 'resume' | 'end'; readonly host: string }
  | { readonly kind: 'cut' | 'repair' | 'hold' | 'release'; readonly host: string; readonly to: string }
  | { readonly kind: 'drift'; readonly host: string; readonly rate: number }
  | { readonly kind: 'jump'; readonly host: string; readonly byMs: number }
  /** A host says something about itself: a line of text, or its state. */
  | { readonly kind: 'note'; readonly host: string; readonly text: string }
  | { readonly kind: 'state'; readonly host: string; readonly state: unknown }
  | { readonly kind: 'broken'; readonly rule: string; readonly seen: string }
)

/** The format of `toJsonLines`. A reader refuses every other. */
const VERSION = 1

export class Trace {
  readonly #capacity: number
  /** A ring: event n stands at `n % capacity`. */
  readonly #ring: TraceEvent[] = []
  #recorded = 0

  /** Keeps the last `capacity` events. */
  constructor(capacity = 100_000) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`a trace keeps a whole number of events from 1 up, not ${capacity}`)
    }
    this.#capacity = capacity
  }

  /** The number of events recorded, kept or not. */
  get recorded(): number {
    return this.#recorded
  }

  /** The number of events that have been overwritten. */
  get dropped(): number {
    return Math.max(0, this.#recorded - this.#capacity)
  }

  record(event: TraceEvent): void {
    this.#ring[this.#recorded % this.#capacity] = event
    this.#recorded += 1
  }

  /** The events that are kept, in the order in which they happened. */
  events(): readonly TraceEvent[] {
    const start = this.#recorded > this.#capacity ? this.#recorded % this.#capacity : 0
    return [...this.#ring.slice(start), ...this.#ring.slice(0, start)]
  }

  /** One JSON object a line: a header, then the events. */
  toJsonLines(header: Readonly<Record<string, unknown>> = {}): string {
    const events = this.events()
    const first = { ...header, trace: VERSION, events: events.length, dropped: this.dropped }
    return [first, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  /** Sixteen hexadecimal digits that are the same for the same events, and almost surely others for others. */
  hash(): string {
    let low = 0x811c_9dc5
    let high = 0x01c9_dc51
    for (const event of this.events()) {
      const text = JSON.stringify(event)
      for (let index = 0; index < text.length; index++) {
        low = Math.imul(low ^ text.charCodeAt(index), 0x0100_0193)
        high = Math.imul(high ^ text.charCodeAt(index), 0x85eb_ca6b)
      }
    }
    return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

/** A trace that was written by `toJsonLines`, or what is wrong with it, and in which line. */
export type ReadTrace =
  | { readonly ok: true; readonly header: Readonly<Record<string, unknown>>; readonly events: readonly TraceEvent[] }
  | { readonly ok: false; readonly line: number; readonly problem: string }

/** Reads a trace back, and refuses one that was cut off or is of another version. */
export function readJsonLines(text: string): ReadTrace {
  const lines = text.split('\n')
  const objects: Record<string, unknown>[] = []
  if (lines.pop() !== '')
    return { ok: false, line: lines.length + 1, problem: 'the last line has no end: the file was cut off' }
  for (const [index, line] of lines.entries()) {
    const object = parsed(line)
    if (object === undefined) return { ok: false, line: index + 1, problem: `not a JSON object: ${line.slice(0, 60)}` }
    objects.push(object)
  }
  const [header, ...events] = objects
  if (header === undefined) return { ok: false, line: 1, problem: 'the file is empty' }
  if (header.trace !== VERSION) {
    return { ok: false, line: 1, problem: `this reader knows version ${VERSION} of the format, not ${header.trace}` }
  }
  if (header.events !== events.length) {
    const problem = `the header speaks of ${header.events} events, and ${events.length} are there: the file was cut off`
    return { ok: false, line: lines.length + 1, problem }
  }
  const strange = events.findIndex((event) => typeof event.atMs !== 'number' || typeof event.kind !== 'string')
  if (strange >= 0) return { ok: false, line: strange + 2, problem: 'an event needs atMs and kind' }
  return { ok: true, header, events: events as unknown as readonly TraceEvent[] } // what drawing needs was looked at above
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined // any object has keys
  } catch {
    return undefined
  }
}
