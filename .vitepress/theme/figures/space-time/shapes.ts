/**
 * What is drawn of a diagram: arrows, stretches of a lane, and bands beside it,
 * with every point worked out. Pure functions of a diagram, a frame and a scale.
 */
import { type Band, type Diagram, OUTSIDE, type Passage, type Span } from './diagram.ts'
import { between, type Frame, type Point, type Scale } from './frame.ts'

export type ArrowFate = 'arrived' | 'lost' | 'under way'

export interface Arrow {
  readonly key: string
  readonly passage: Passage
  readonly from: Point
  readonly to: Point
  /** How far it has come at the moment shown. */
  readonly tip: Point
  /** From 0 to 1: not sent yet, and at its end. */
  readonly share: number
  readonly fate: ArrowFate
  /** The triangle at its end, as a path. */
  readonly head: string
  /** A place on it for a word, between two lanes. */
  readonly middle: Point
}

export interface Bar {
  readonly key: string
  readonly kind: Span['kind'] | Band['kind']
  readonly from: Point
  readonly to: Point
}

export interface Tick {
  readonly along: number
  readonly text: string
}

/** What all shapes depend on. */
export interface View {
  readonly diagram: Diagram
  readonly frame: Frame
  readonly scale: Scale
  /** The moment shown, along time. */
  readonly nowAlong: number
}

/** How far from its sending a message is seen to be lost, and on its way when the trace ends. */
const LOST_ALONG = 14
const UNDER_WAY_ALONG = 34
/** An arrow ends this far from the middle of an event. */
const GAP = 6
/** How far from one lane to the next the word of an arrow stands: on a phone nearer to its sender, where no number is. */
const WORD_SHARE = { wide: 0.5, narrow: 0.3 } as const
const HEAD_LENGTH = 9
const HEAD_WIDTH = 7

export function arrowOf(passage: Passage, { diagram, frame, scale, nowAlong }: View): Arrow {
  const isLostAtOnce = passage.lost !== undefined && atMs(diagram, passage.sent) === atMs(diagram, passage.end)
  const fate: ArrowFate = passage.lost !== undefined ? 'lost' : passage.end === OUTSIDE ? 'under way' : 'arrived'
  const endAlong = passage.end === OUTSIDE ? endOfTrace(passage, frame, scale) : scale(passage.end)
  const sentAlong = passage.sent === OUTSIDE ? endAlong - UNDER_WAY_ALONG : scale(passage.sent)
  const start = frame.point(sentAlong, passage.from)
  const home = frame.point(isLostAtOnce ? sentAlong + 2 * LOST_ALONG : endAlong, passage.to)
  const isPartial = isLostAtOnce || fate === 'under way'
  const from = passage.sent === OUTSIDE ? between(start, home, 0.5) : start
  const to = isPartial ? between(from, home, 0.5) : fate === 'lost' ? home : shortOf(from, home, GAP)
  const arrivalAlong = isLostAtOnce ? sentAlong + LOST_ALONG : endAlong
  const share = Math.min(1, Math.max(0, (nowAlong - sentAlong) / Math.max(1e-6, arrivalAlong - sentAlong)))
  return {
    key: `${passage.id} ${passage.end === OUTSIDE ? 'out' : (passage.lost ?? 'in')} ${isLostAtOnce ? 'early' : ''}`,
    passage,
    from,
    to,
    tip: between(from, to, nowAlong < sentAlong ? 0 : share),
    share: nowAlong < sentAlong ? 0 : share,
    fate,
    head: headAt(from, to),
    middle: between(from, to, WORD_SHARE[frame.arrangement] / Math.max(1, Math.abs(passage.to - passage.from))),
  }
}

/** A host's stretch of being down or paused. */
export function spanBar(span: Span, { frame, scale }: View): Bar {
  const to = span.end === OUTSIDE ? frame.length : scale(span.end)
  return {
    key: `${span.kind} ${span.lane} ${span.begin}`,
    kind: span.kind,
    from: frame.point(clamped(scale(span.begin), frame), span.lane),
    to: frame.point(clamped(to, frame), span.lane),
  }
}

/** A link's stretch of being cut or on hold: beside the sender's lane, on the side of the receiver. */
export function bandBar(band: Band, { frame, scale }: View): Bar {
  const lane = band.from + Math.sign(band.to - band.from) * 0.18
  const to = band.end === OUTSIDE ? frame.length : scale(band.end)
  return {
    key: `${band.kind} ${band.from} ${band.to} ${band.begin}`,
    kind: band.kind,
    from: frame.point(clamped(scale(band.begin), frame), lane),
    to: frame.point(clamped(to, frame), lane),
  }
}

function atMs(diagram: Diagram, index: number): number | undefined {
  return diagram.events[index]?.atMs
}

function endOfTrace(passage: Passage, frame: Frame, scale: Scale): number {
  const sent = passage.sent === OUTSIDE ? 0 : scale(passage.sent)
  return Math.max(sent + UNDER_WAY_ALONG, Math.min(sent + 2 * UNDER_WAY_ALONG, frame.length))
}

function clamped(along: number, { length }: Frame): number {
  return Math.min(Math.max(along, 0), length)
}

function shortOf(from: Point, to: Point, gap: number): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  return distance <= gap ? to : between(from, to, 1 - gap / distance)
}

function headAt(from: Point, to: Point): string {
  const distance = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y))
  const ahead = { x: (to.x - from.x) / distance, y: (to.y - from.y) / distance }
  const base = { x: to.x - ahead.x * HEAD_LENGTH, y: to.y - ahead.y * HEAD_LENGTH }
  const side = { x: (-ahead.y * HEAD_WIDTH) / 2, y: (ahead.x * HEAD_WIDTH) / 2 }
  const corner = (sign: number) => `${fixed(base.x + sign * side.x)} ${fixed(base.y + sign * side.y)}`
  return `M${fixed(to.x)} ${fixed(to.y)}L${corner(1)}L${corner(-1)}Z`
}

function fixed(value: number): string {
  return value.toFixed(1)
}
