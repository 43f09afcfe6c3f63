/**
 * The rows of a space-time diagram: what happened in a trace, as far as it
 * concerns some of the hosts, one row for what a reader takes in as one thing.
 */
import { labelOf } from '#message-passing/message-label'
import type { TraceEvent } from '#message-passing/trace'

/** One row. Lanes are between `from` and `to`, both of them among the hosts that are drawn. */
export type Row = { readonly atMs: number } & (
  | { readonly kind: 'leave'; readonly from: string; readonly to: string; readonly id: number; readonly label: string }
  | { readonly kind: 'arrive'; readonly from: string; readonly to: string; readonly id: number; readonly label: string }
  /** Lost on its way, or at its end: `id` is that of a message whose leaving has a row of its own. */
  | { readonly kind: 'lost'; readonly from: string; readonly to: string; readonly label: string; readonly why: string }
  | { readonly kind: 'refused'; readonly from: string; readonly to: string; readonly id: number; readonly why: string }
  /** A host says something, or something happens to it; and what its lane looks like from then on. */
  | { readonly kind: 'mark'; readonly host: string; readonly text: string; readonly lane?: Lane }
  | { readonly kind: 'everywhere'; readonly text: string }
)

/** Whether a host runs, stands still, or is down. */
export type Lane = 'up' | 'paused' | 'down'

type Of<K extends TraceEvent['kind']> = Extract<TraceEvent, { readonly kind: K }>
type LinkEvent = Of<'cut' | 'repair' | 'hold' | 'release'>

/** The rows for `hosts`. States are left out: they are for looking at, one by one, and not for a line of text. */
export function rowsOf(events: readonly TraceEvent[], hosts: readonly string[]): readonly Row[] {
  const isDrawn = (host: string) => hosts.includes(host)
  const arrivals = countArrivals(events)
  const labels = new Map<number, string>()
  const rows: Row[] = []
  for (let index = 0; index < events.length; index++) {
    const event = events[index] as TraceEvent // index < length
    if (event.kind === 'send') labels.set(event.id, labelOf(event.message))
    if (isOfLinks(event)) {
      const same = takeSame(event, events.slice(index))
      index += same.length - 1
      const drawn = same.filter(({ host, to }) => isDrawn(host) && isDrawn(to))
      if (drawn.length > 0) rows.push({ atMs: event.atMs, kind: 'everywhere', text: describeLinks(drawn) })
      continue
    }
    if (event.kind === 'send' && !arrivals.has(event.id) && isLossOf(events[index + 1], event.id)) {
      const { host, to, why } = events[++index] as Of<'lose'> // looked at in the line above
      rows.push(...lossRow(event.atMs, host, to, labels.get(event.id) ?? '', why, isDrawn))
      continue
    }
    if (event.kind === 'broken') rows.push({ atMs: event.atMs, kind: 'everywhere', text: `broken: ${event.rule}` })
    else rows.push(...rowOf(event, labels, isDrawn))
  }
  return rows
}

/** How often each message comes to an end after its sending: by its receipt, or refused at the door. */
export function countArrivals(events: readonly TraceEvent[]): ReadonlyMap<number, number> {
  const arrivals = new Map<number, number>()
  for (const event of events) {
    const arrives = event.kind === 'receive' || (event.kind === 'lose' && isRefusal(event.why))
    if (arrives) arrivals.set(event.id, (arrivals.get(event.id) ?? 0) + 1)
  }
  return arrivals
}

/** Whether the message came as far as its receiver's machine. */
function isRefusal(why: string): boolean {
  return why === 'down' || why === 'inbox full'
}

function isLossOf(event: TraceEvent | undefined, id: number): boolean {
  return event?.kind === 'lose' && event.id === id
}

function rowOf(
  event: TraceEvent,
  labels: ReadonlyMap<number, string>,
  isDrawn: (host: string) => boolean,
): readonly Row[] {
  const { atMs } = event
  switch (event.kind) {
    case 'send': {
      const { host: from, to, id } = event
      const label = labels.get(id) ?? ''
      if (isDrawn(from) && isDrawn(to) && from !== to) return [{ atMs, kind: 'leave', from, to, id, label }]
      return isDrawn(from) ? [{ atMs, kind: 'mark', host: from, text: `${label} → ${to}` }] : []
    }
    case 'receive': {
      const { from, host: to, id } = event
      const label = labelOf(event.message)
      if (isDrawn(from) && isDrawn(to) && from !== to) return [{ atMs, kind: 'arrive', from, to, id, label }]
      return isDrawn(to) ? [{ atMs, kind: 'mark', host: to, text: `${label} ← ${from}` }] : []
    }
    case 'lose': {
      const { host: from, to, id, why } = event
      if (!isRefusal(why)) return lossRow(atMs, from, to, labels.get(id) ?? '', why, isDrawn)
      return isDrawn(from) && isDrawn(to) ? [{ atMs, kind: 'refused', from, to, id, why }] : []
    }
    default: {
      const mark = markOf(event)
      return mark !== undefined && isDrawn(mark.host) ? [{ atMs, kind: 'mark', ...mark }] : []
    }
  }
}

function lossRow(
  atMs: number,
  from: string,
  to: string,
  label: string,
  why: string,
  isDrawn: (host: string) => boolean,
): readonly Row[] {
  if (isDrawn(from) && isDrawn(to)) return [{ atMs, kind: 'lost', from, to, label, why }]
  return isDrawn(from) ? [{ atMs, kind: 'mark', host: from, text: `${label} → ${to}: ${why}` }] : []
}

interface Mark {
  readonly host: string
  readonly text: string
  readonly lane?: Lane
}

function markOf(event: TraceEvent): Mark | undefined {
  switch (event.kind) {
    case 'crash':
      return { host: event.host, text: 'crashes', lane: 'down' }
    case 'restart':
      return { host: event.host, text: 'restarts', lane: 'up' }
    case 'pause':
      return { host: event.host, text: 'stands still', lane: 'paused' }
    case 'resume':
      return { host: event.host, text: 'goes on', lane: 'up' }
    case 'end':
      return { host: event.host, text: 'ends' }
    case 'drift':
      return { host: event.host, text: `clock at ${event.rate}` }
    case 'jump':
      return { host: event.host, text: `wall clock ${event.byMs > 0 ? '+' : ''}${event.byMs} ms` }
    case 'note':
      return { host: event.host, text: event.text }
    default:
      return undefined
  }
}

function isOfLinks(event: TraceEvent): event is LinkEvent {
  return event.kind === 'cut' || event.kind === 'repair' || event.kind === 'hold' || event.kind === 'release'
}

/** The first events that are part of one stage direction: the same happens to several links at once. */
function takeSame(first: LinkEvent, events: readonly TraceEvent[]): readonly LinkEvent[] {
  const same: LinkEvent[] = []
  for (const event of events) {
    if (!isOfLinks(event) || event.kind !== first.kind || event.atMs !== first.atMs) break
    same.push(event)
  }
  return same
}

const verbs = { cut: 'cut', repair: 'repaired', hold: 'held', release: 'released' } as const

/** *cut: a, b | c* for both ways, *cut: a → c* for one. */
function describeLinks(links: readonly LinkEvent[]): string {
  const goals = new Map<string, string[]>()
  for (const { host, to } of links) goals.set(host, [...(goals.get(host) ?? []), to])
  const sides = new Map<string, string[]>()
  for (const [from, to] of goals) {
    const names = [...to].sort().join(', ')
    sides.set(names, [...(sides.get(names) ?? []), from])
  }
  const ways = [...sides].map(([to, from]) => [[...from].sort().join(', '), to] as const)
  const [first, second] = ways
  const isBothWays = ways.length === 2 && first?.[0] === second?.[1] && first?.[1] === second?.[0]
  const described = isBothWays
    ? `${first?.[0]} | ${first?.[1]}`
    : ways.map(([from, to]) => `${from} → ${to}`).join('; ')
  return `${verbs[links[0]?.kind ?? 'cut']}: ${described}`
}
