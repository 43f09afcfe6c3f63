/**
 * What the replay page draws at a cursor: the stretch of a run around it. However
 * long the run, that is what fits into the window and no more.
 */
import { labelOf } from '#message-passing/message-label'
import { OUTSIDE, overlapping, type Passage } from '../figures/space-time/diagram.ts'
import type { DrawnArrow, DrawnDot } from '../figures/space-time/drawn.ts'
import { type Arrangement, type Frame, frameOf } from '../figures/space-time/frame.ts'
import { arrowOf, type Bar, bandBar, spanBar, type Tick, type View } from '../figures/space-time/shapes.ts'
import type { Run } from './run.ts'
import { cut, momentOf } from './words.ts'

/** However many messages are under way at once, so many are drawn. */
const ARROWS_MAX = 300
const BARS_MAX = 200
/** Arrows this close to the cursor, in events, say what they carry. */
const WORDS_NEAR = 7
const WORD_LETTERS_MAX = 18
const TICK_ROOM = { wide: 78, narrow: 30 } as const
const BEYOND = 24

/** Room for the lanes of a run, on a screen of `width` pixels. */
export function replayFrame(arrangement: Arrangement, run: Run, width: number): Frame {
  const lanes = run.diagram.lanes.length
  if (arrangement === 'wide') {
    const start = 24 + Math.min(96, 8 * Math.max(4, ...run.diagram.lanes.map((name) => name.length)))
    const pitch = Math.min(76, Math.max(22, 360 / Math.max(1, lanes - 1)))
    return frameOf({
      arrangement,
      lanes,
      length: width - start - 14,
      pitch,
      margin: { start, end: 14, before: 30, after: 46 },
    })
  }
  const pitch = Math.min(170, (width - 104) / Math.max(1, lanes - 1))
  const after = width - 76 - pitch * Math.max(0, lanes - 1)
  return frameOf({ arrangement, lanes, length: 420, pitch, margin: { start: 34, end: 14, before: 76, after } })
}

/** The name of a host, cut to the room that it has. */
export function titlesOf(run: Run, { arrangement, pitch }: Frame): readonly { readonly title: string }[] {
  const letters = arrangement === 'wide' ? 12 : Math.max(2, Math.floor(pitch / 8))
  return run.diagram.lanes.map((name) => ({ title: cut(name, letters) }))
}

/** Where the window begins, so that the cursor is in it: it stays until the cursor would leave its middle part. */
export function windowAt(run: Run, cursor: number, length: number, before: number): number {
  const along = run.spacing.at(cursor)
  const most = Math.max(0, run.spacing.length - length)
  const isInside = along - before > 0.12 * length && along - before < 0.88 * length
  const wanted = isInside ? before : along - 0.5 * length
  return Math.min(Math.max(0, wanted), most)
}

export interface ReplayPicture {
  readonly arrows: readonly DrawnArrow[]
  readonly dots: readonly DrawnDot[]
  readonly bars: readonly Bar[]
  readonly ticks: readonly Tick[]
  readonly cursor: number
  readonly broken: number | undefined
}

export function pictureAt(run: Run, cursor: number, frame: Frame, offset: number): ReplayPicture {
  const { diagram, spacing } = run
  const first = spacing.firstFrom(offset - BEYOND)
  const last = Math.min(run.events.length, spacing.firstFrom(offset + frame.length + BEYOND)) - 1
  const scale = (index: number) => spacing.at(index) - offset
  const view: View = { diagram, frame, scale, nowAlong: scale(cursor) }
  const begin = (each: { readonly begin: number }) => each.begin
  const bars = [
    ...overlapping(diagram.spans, begin, first, last, BARS_MAX).map((span) => spanBar(span, view)),
    ...overlapping(diagram.bands, begin, first, last, BARS_MAX).map((band) => bandBar(band, view)),
  ]
  const broken = run.broken !== undefined && run.broken >= first && run.broken <= last ? scale(run.broken) : undefined
  const arrows = overlapping(diagram.passages, firstOf, first, last, ARROWS_MAX)
  return {
    arrows: arrows.map((passage) => arrowAt(passage, view, cursor)),
    dots: dotsBetween(first, last, view, cursor),
    bars,
    ticks: ticksBetween(first, last, view),
    cursor: scale(cursor),
    broken,
  }
}

function firstOf({ sent, end }: Passage): number {
  return sent === OUTSIDE ? end : sent
}

function arrowAt(passage: Passage, view: View, cursor: number): DrawnArrow {
  const { sent, end } = passage
  const isNear = [sent, end].some((index) => index !== OUTSIDE && Math.abs(index - cursor) <= WORDS_NEAR)
  const isLit = sent === cursor || end === cursor
  const word = isNear ? cut(labelOf(passage.message), lettersOf(view.frame)) : undefined
  return { ...arrowOf(passage, view), word, tone: isLit ? 'is-lit' : undefined }
}

/** How long the word on an arrow may be. On a phone it has the room between two lanes. */
function lettersOf({ arrangement, pitch }: Frame): number {
  return arrangement === 'wide' ? WORD_LETTERS_MAX : Math.min(WORD_LETTERS_MAX, Math.max(4, Math.floor(pitch / 7)))
}

function dotsBetween(
  first: number,
  last: number,
  { diagram, frame, scale, nowAlong }: View,
  cursor: number,
): readonly DrawnDot[] {
  return diagram.events.slice(first, last + 1).flatMap((event, nth): readonly DrawnDot[] => {
    const index = first + nth
    if (!('host' in event) || event.kind === 'lose') return []
    const along = scale(index)
    const tone = [`is-${event.kind}`, 'is-event']
    if (event.kind === 'state' || frame.pitch < 40) tone.push('is-small')
    if (along > nowAlong) tone.push('is-faint')
    if (index === cursor) tone.push('is-current', 'is-lit')
    return [{ key: `${index}`, index, at: frame.point(along, diagram.lane(event.host)), tone }]
  })
}

function ticksBetween(first: number, last: number, { diagram, frame, scale }: View): readonly Tick[] {
  const ticks: Tick[] = []
  for (let index = first; index <= last; index++) {
    const atMs = diagram.events[index]?.atMs
    if (atMs === undefined || diagram.events[index - 1]?.atMs === atMs) continue
    if (diagram.events[index]?.kind === 'broken') continue // the mark stands there
    const along = scale(index)
    if (along < 0 || along > frame.length) continue
    if (along - (ticks.at(-1)?.along ?? -Infinity) < TICK_ROOM[frame.arrangement]) continue
    ticks.push({ along, text: momentOf(atMs) })
  }
  return ticks
}
