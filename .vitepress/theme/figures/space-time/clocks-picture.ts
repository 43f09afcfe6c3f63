/** What the figure of logical clocks draws: a pure function of a run, of what is picked, and of the clock that is shown. */

import type { Causality } from '#message-passing/vector-clock'
import { deedOf } from './account.ts'
import type { Stamps } from './causality.ts'
import { isLogical, type LogicalEvent, relation } from './causality.ts'
import { type Diagram, OUTSIDE, type Passage } from './diagram.ts'
import type { DrawnArrow, DrawnDot, Stroke } from './drawn.ts'
import { type Arrangement, type Frame, frameOf, type Point } from './frame.ts'
import { type ClockName, labelOf, sidesOf, textOf } from './labels.ts'
import { arrivalRange, JUMP_MS, nameOf } from './note-and-fix.ts'
import { CLOCKS_END_MS } from './setups.ts'
import { arrowOf, type Tick, type View } from './shapes.ts'

export interface Shown {
  readonly diagram: Diagram
  readonly stamps: ReadonlyMap<number, Stamps>
  readonly picked: readonly number[]
  readonly chain: readonly number[] | undefined
  readonly clock: ClockName
}

/** What an event is called, in every run of this world. */
export function keyOf(event: LogicalEvent): string {
  return event.kind === 'note' ? `${event.host} ${event.text}` : `${event.kind} ${nameOf(event)}`
}

export function clocksFrame(arrangement: Arrangement, lanes: number): Frame {
  return arrangement === 'wide'
    ? frameOf({ arrangement, lanes, length: 620, pitch: 92, margin: { start: 74, end: 26, before: 36, after: 52 } })
    : frameOf({ arrangement, lanes, length: 560, pitch: 98, margin: { start: 40, end: 16, before: 92, after: 72 } })
}

export function viewOf(diagram: Diagram, frame: Frame): View {
  const unitsInMs = frame.length / CLOCKS_END_MS
  return {
    diagram,
    frame,
    scale: (index) => (diagram.events[index]?.atMs ?? CLOCKS_END_MS) * unitsInMs,
    nowAlong: Infinity,
  }
}

export function clockTicks(frame: Frame): readonly Tick[] {
  const unitsInMs = frame.length / CLOCKS_END_MS
  return [0, 50, 100, 150, 200].map((ms) => ({
    along: ms * unitsInMs,
    text: frame.arrangement === 'wide' || ms === 0 ? `${ms} ms` : `${ms}`,
  }))
}

/** What the wall clock of a host says too much, where that matters. */
export function remarkOf(host: string, clock: ClockName): string | undefined {
  const byMs = JUMP_MS[host] ?? 0
  if (clock !== 'hybrid') return undefined
  return byMs === 0 ? 'on time' : byMs > 0 ? `${byMs} ms fast` : `${-byMs} ms slow`
}

export function clockArrows({ diagram, chain = [] }: Shown, frame: Frame): readonly DrawnArrow[] {
  const view = viewOf(diagram, frame)
  return diagram.passages.map((passage): DrawnArrow => {
    const isLit = chain.includes(passage.sent) && chain.includes(passage.end)
    const arrow = { ...arrowOf(passage, view), word: `${passage.message}`, tone: isLit ? 'is-lit' : undefined }
    const name = nameOfPassage(passage, diagram)
    if (name === undefined) return arrow
    const sentMs = diagram.events[passage.sent]?.atMs ?? 0
    const { leastMs, mostMs } = arrivalRange(sentMs, CLOCKS_END_MS)
    const nowMs = Math.round(diagram.events[passage.end]?.atMs ?? mostMs)
    const slider = {
      label: `Message ${name}`,
      least: leastMs,
      most: mostMs,
      now: nowMs,
      text: `arrives at ${nowMs} ms`,
    }
    return { ...arrow, key: name, slider }
  })
}

function nameOfPassage({ sent, end }: Passage, { events }: Diagram): string | undefined {
  const event = events[sent]
  return event?.kind === 'send' && end !== OUTSIDE ? nameOf(event) : undefined
}

export function clockDots(shown: Shown, frame: Frame): readonly DrawnDot[] {
  const { diagram, stamps, picked, clock } = shown
  const { scale } = viewOf(diagram, frame)
  const events = [...stamps].flatMap(([index, stamp]) => {
    const event = diagram.events[index]
    return isLogical(event) ? [{ index, event, pieces: labelOf(stamp, clock, event.host, diagram.lanes) }] : []
  })
  const labels = events.map(({ index, event, pieces }) => ({
    lane: diagram.lane(event.host),
    along: scale(index),
    prefer: sideOf(event, diagram),
    letters: textOf(pieces).length,
  }))
  const sides = sidesOf(labels, frame.arrangement)
  return events.map(({ index, event, pieces }, nth): DrawnDot => {
    const at = frame.point(scale(index), diagram.lane(event.host))
    return {
      key: keyOf(event),
      index,
      at,
      tone: toneOf(index, event, shown),
      label: { pieces, ...labelAt(at, sides[nth] ?? 1, frame.arrangement) },
      button: {
        label: `${deedOf(event)}, at ${Math.round(event.atMs)} ms, ${clock} time ${textOf(pieces)}`,
        pressed: picked.includes(index),
      },
    }
  })
}

/** Away from the other end of its arrow. */
function sideOf(event: LogicalEvent, diagram: Diagram): 1 | -1 {
  const lane = diagram.lane(event.host)
  const other = event.kind === 'send' ? event.to : event.kind === 'receive' ? event.from : undefined
  if (other === undefined) return lane === 0 ? -1 : 1
  return diagram.lane(other) < lane ? 1 : -1
}

function labelAt(at: Point, side: 1 | -1, arrangement: Arrangement) {
  return arrangement === 'wide'
    ? { at: { x: at.x, y: side === -1 ? at.y - 14 : at.y + 24 }, anchor: 'middle' as const }
    : { at: { x: at.x + side * 14, y: at.y + 4.5 }, anchor: side === 1 ? ('start' as const) : ('end' as const) }
}

function toneOf(index: number, event: LogicalEvent, { stamps, picked, chain }: Shown): readonly string[] {
  const tone = [`is-${event.kind}`]
  if (event.kind === 'receive') tone.push('is-movable')
  if (picked.includes(index)) tone.push('is-picked')
  else if (chain?.includes(index)) tone.push('is-lit')
  const [only] = picked
  if (picked.length === 1 && only !== undefined && only !== index) tone.push(coneOf(relation(stamps, index, only)))
  return tone
}

/** Which part of the picture an event belongs to, seen from the one that is picked. */
function coneOf(relation: Causality): string {
  return relation === 'before' || relation === 'after' ? `is-${relation}` : 'is-apart'
}

/** The way that the chain takes along lanes and messages. */
export function chainStroke({ diagram, chain }: Shown, frame: Frame): readonly Stroke[] {
  if (chain === undefined) return []
  const { scale } = viewOf(diagram, frame)
  const points = chain.map((index) => {
    const event = diagram.events[index]
    return frame.point(scale(index), isLogical(event) ? diagram.lane(event.host) : 0)
  })
  return [{ key: 'chain', points }]
}
