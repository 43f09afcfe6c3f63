/** How each host stands at any event of a trace: up or not, what it last said of its state, and what in it is new. */
import type { TraceEvent } from '#message-passing/trace'

export type Condition = 'up' | 'down' | 'paused'

export interface HostStanding {
  readonly host: string
  readonly condition: Condition
  /** What it said of its state, since it last started. */
  readonly state: readonly Member[]
  /** When it said so. */
  readonly sinceMs: number | undefined
}

export interface Member {
  readonly name: string
  readonly value: string
  /** Whether it was something else in the state before. */
  readonly isNew: boolean
}

interface History {
  readonly conditions: { readonly index: number; readonly condition: Condition }[]
  readonly starts: number[]
  readonly states: number[]
}

const VALUE_LETTERS_MAX = 400

export class HostStandings {
  readonly #events: readonly TraceEvent[]
  readonly #hosts: ReadonlyMap<string, History>
  #read = 0

  /** `events` may grow; `read` takes in what is new. */
  constructor(events: readonly TraceEvent[], hosts: readonly string[]) {
    this.#events = events
    this.#hosts = new Map(hosts.map((host) => [host, { conditions: [], starts: [], states: [] }]))
  }

  read(): void {
    for (; this.#read < this.#events.length; this.#read++) {
      const event = this.#events[this.#read]
      if (event === undefined || event.kind === 'broken') continue
      const history = this.#hosts.get(event.host)
      if (event.kind === 'state') history?.states.push(this.#read)
      const condition = conditionAfter[event.kind]
      if (condition !== undefined) history?.conditions.push({ index: this.#read, condition })
      if (event.kind === 'crash' || event.kind === 'restart') history?.starts.push(this.#read)
    }
  }

  /** How the hosts stand once the event at `index` has happened. */
  at(index: number): readonly HostStanding[] {
    return [...this.#hosts].map(([host, history]) => this.#standing(host, history, index))
  }

  #standing(host: string, { conditions, starts, states }: History, index: number): HostStanding {
    const condition = lastUpTo(conditions, (each) => each.index, index)?.condition ?? 'up'
    const start = lastUpTo(starts, itself, index) ?? -1
    const now = lastUpTo(states, itself, index) ?? -1
    if (now < start || now < 0) return { host, condition, state: [], sinceMs: undefined }
    const before = lastUpTo(states, itself, now - 1) ?? -1
    const earlier = before > start ? this.#stateAt(before) : undefined
    return { host, condition, state: membersOf(this.#stateAt(now), earlier), sinceMs: this.#events[now]?.atMs }
  }

  #stateAt(index: number): unknown {
    const event = this.#events[index]
    return event?.kind === 'state' ? event.state : undefined
  }
}

const conditionAfter: Readonly<Partial<Record<TraceEvent['kind'], Condition>>> = {
  crash: 'down',
  restart: 'up',
  pause: 'paused',
  resume: 'up',
}

function itself(index: number): number {
  return index
}

/** The last member of an ordered list that is not behind `limit`. By bisection. */
function lastUpTo<T>(list: readonly T[], indexOf: (each: T) => number, limit: number): T | undefined {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const each = list[middle]
    if (each !== undefined && indexOf(each) <= limit) low = middle + 1
    else high = middle
  }
  return list[low - 1]
}

function membersOf(state: unknown, before: unknown): readonly Member[] {
  const earlier = new Map(entriesOf(before))
  return entriesOf(state).map(([name, value]) => ({
    name,
    value,
    isNew: before !== undefined && earlier.get(name) !== value,
  }))
}

function entriesOf(state: unknown): readonly (readonly [string, string])[] {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return [['', textOf(state)]]
  return Object.entries(state).map(([name, value]) => [name, textOf(value)])
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
  return text.length <= VALUE_LETTERS_MAX ? text : `${text.slice(0, VALUE_LETTERS_MAX)}…`
}
