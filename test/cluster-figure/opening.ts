/** What of a run a still picture needs: the pages carry it, so it is as little as possible. */
import type { TraceEvent } from '#message-passing/trace'
import { type Sight, sightOf } from '../../.vitepress/theme/figures/cluster/portraits.ts'

/** A message that is lost is seen no longer than this. */
const LOST_MS = 10

/** The events that a history needs to show the same at `atMs`, and the line of time who led until then. */
export function enoughFor(events: readonly TraceEvent[], atMs: number): readonly TraceEvent[] {
  const past = events.filter((event) => event.atMs <= atMs)
  const needed = new Set([
    ...statesIn(past),
    ...cutsIn(past),
    ...past.filter(({ kind }) => kind === 'crash' || kind === 'restart'),
  ])
  const flying = idsFlying(events, atMs)
  return events.filter((event) => needed.has(event) || ('id' in event && flying.has(event.id)))
}

/** Numbers with two decimals, one event a line. */
export function linesOf(events: readonly TraceEvent[]): string {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)
  return `[\n${events.map((event) => `    ${JSON.stringify(event, rounded)}`).join(',\n')}\n  ]`
}

/** Of each server its last state, the one in which it began to wait as it does, and those in which it began or ceased to lead. */
function statesIn(past: readonly TraceEvent[]): readonly TraceEvent[] {
  const needed: TraceEvent[] = []
  const latest = new Map<string, { readonly event: TraceEvent; readonly sight: Sight; readonly began: TraceEvent }>()
  for (const event of past) {
    const sight = event.kind === 'state' ? sightOf(event.state) : undefined
    if (event.kind !== 'state' || sight === undefined) continue
    const before = latest.get(event.host)
    if ((before?.sight.role === 'leader') !== (sight.role === 'leader')) needed.push(event)
    const isSameWait = before?.sight.dueMs === sight.dueMs
    latest.set(event.host, { event, sight, began: isSameWait && before !== undefined ? before.began : event })
  }
  return [...needed, ...[...latest.values()].flatMap(({ event, began }) => [began, event])]
}

/** The last cut of each link that is cut. */
function cutsIn(past: readonly TraceEvent[]): readonly TraceEvent[] {
  const cuts = new Map<string, TraceEvent>()
  for (const event of past) {
    if (event.kind === 'cut') cuts.set(`${event.host} ${event.to}`, event)
    if (event.kind === 'repair') cuts.delete(`${event.host} ${event.to}`)
  }
  return [...cuts.values()]
}

/** The messages that are on their way. */
function idsFlying(events: readonly TraceEvent[], atMs: number): ReadonlySet<number> {
  const flying = new Set<number>()
  for (const event of events) {
    if (event.kind === 'send' && event.atMs <= atMs) flying.add(event.id)
    if (event.kind === 'receive' && event.atMs <= atMs) flying.delete(event.id)
    if (event.kind === 'lose' && event.atMs <= atMs - LOST_MS) flying.delete(event.id)
  }
  return flying
}
