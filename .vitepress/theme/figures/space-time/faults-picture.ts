/** What the figure of faults draws: a pure function of a run and of the moment shown. */
import { FAULT_HOSTS } from './count-to-ten.ts'
import type { Diagram } from './diagram.ts'
import type { DrawnArrow, DrawnDot } from './drawn.ts'
import { type Arrangement, type Frame, frameOf } from './frame.ts'
import { FAULTS_END_MS } from './setups.ts'
import { arrowOf, type Bar, bandBar, spanBar, type Tick, type View } from './shapes.ts'

export function faultsFrame(arrangement: Arrangement): Frame {
  const lanes = FAULT_HOSTS.length
  return arrangement === 'wide'
    ? frameOf({ arrangement, lanes, length: 640, pitch: 150, margin: { start: 62, end: 18, before: 40, after: 54 } })
    : frameOf({ arrangement, lanes, length: 680, pitch: 170, margin: { start: 40, end: 16, before: 96, after: 94 } })
}

export function faultsView(diagram: Diagram, frame: Frame, nowMs: number): View {
  const unitsInMs = frame.length / FAULTS_END_MS
  return {
    diagram,
    frame,
    scale: (index) => (diagram.events[index]?.atMs ?? FAULTS_END_MS) * unitsInMs,
    nowAlong: nowMs * unitsInMs,
  }
}

export function faultTicks(frame: Frame): readonly Tick[] {
  const unitsInMs = frame.length / FAULTS_END_MS
  return [0, 200, 400, 600, 800].map((ms) => ({
    along: ms * unitsInMs,
    text: frame.arrangement === 'wide' || ms === 0 ? `${ms} ms` : `${ms}`,
  }))
}

/** Answers are set apart from requests by their tone. */
export function faultArrows(view: View): readonly DrawnArrow[] {
  return view.diagram.passages.map((passage) => ({
    ...arrowOf(passage, view),
    tone: FAULT_HOSTS[passage.from] === 'client' ? 'is-request' : 'is-answer',
  }))
}

/** A dot for each receipt, with how far the host has counted by it; what is still to come is faint. */
export function faultDots({ diagram, frame, scale, nowAlong }: View): readonly DrawnDot[] {
  return diagram.events.flatMap((event, index): readonly DrawnDot[] => {
    if (event.kind !== 'receive' && event.kind !== 'send') return []
    const along = scale(index)
    const isServer = event.host === 'server'
    const at = frame.point(along, diagram.lane(event.host))
    const isFaint = along > nowAlong
    const tone = [`is-${event.kind}`, 'is-small', ...(isFaint ? ['is-faint'] : [])]
    const count = event.kind === 'receive' ? countAfter(diagram, index, event.host) : undefined
    const dot = { key: `${event.kind} ${index}`, index, at, tone }
    if (count === undefined) return [dot]
    const side = isServer ? 1 : -1
    const label =
      frame.arrangement === 'wide'
        ? { at: { x: at.x, y: at.y + (isServer ? 22 : -13) }, anchor: 'middle' as const }
        : { at: { x: at.x + side * 14, y: at.y + 4.5 }, anchor: isServer ? ('start' as const) : ('end' as const) }
    return [{ ...dot, label: { pieces: [{ text: `${count}`, own: true }], ...label } }]
  })
}

/** What the host says of itself in the event that follows. */
function countAfter({ events }: Diagram, index: number, host: string): number | undefined {
  const next = events[index + 1]
  if (next?.kind !== 'state' || next.host !== host || typeof next.state !== 'object') return undefined
  return Object.values(next.state ?? {}).find((value) => typeof value === 'number')
}

export function faultBars(view: View): readonly Bar[] {
  return [
    ...view.diagram.spans.map((span) => spanBar(span, view)),
    ...view.diagram.bands.map((band) => bandBar(band, view)),
  ]
}

/** Moments that are worth stopping at: whatever a host or a link does. */
export function marksOf({ events }: Diagram): readonly number[] {
  return [...new Set(events.filter((event) => event.kind !== 'state').map((event) => event.atMs))]
}
