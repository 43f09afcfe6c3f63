/**
 * Where lanes and moments stand, in the units of the drawing. Two arrangements:
 * *wide* has a lane for each host from left to right; *narrow*, for a phone, has
 * them side by side, and time runs down.
 */

export interface Point {
  readonly x: number
  readonly y: number
}

export type Arrangement = 'wide' | 'narrow'

export interface FrameOptions {
  readonly arrangement: Arrangement
  readonly lanes: number
  /** How much room time has. */
  readonly length: number
  /** From lane to lane. */
  readonly pitch: number
  /** Room before time begins: for the names of hosts in *wide*, for the moments in *narrow*. */
  readonly margin: { readonly start: number; readonly end: number; readonly before: number; readonly after: number }
}

export interface Frame extends FrameOptions {
  readonly width: number
  readonly height: number
  /** The point of a lane that lies `along` units after the beginning. */
  point(along: number, lane: number): Point
  /** A straight line across all lanes. */
  across(along: number): { readonly from: Point; readonly to: Point }
}

/** How far a line across the lanes reaches beyond the outermost. */
const OVERHANG = 20

export function frameOf(options: FrameOptions): Frame {
  const { arrangement, lanes, length, pitch, margin } = options
  const isWide = arrangement === 'wide'
  const alongSize = margin.start + length + margin.end
  const acrossSize = margin.before + Math.max(0, lanes - 1) * pitch + margin.after
  const at = (along: number, across: number): Point => {
    const one = margin.start + along
    const other = margin.before + across
    return isWide ? { x: one, y: other } : { x: other, y: one }
  }
  return {
    ...options,
    width: isWide ? alongSize : acrossSize,
    height: isWide ? acrossSize : alongSize,
    point: (along, lane) => at(along, lane * pitch),
    across: (along) => ({ from: at(along, -OVERHANG), to: at(along, Math.max(0, lanes - 1) * pitch + OVERHANG) }),
  }
}

/** A point between two others: 0 is the first, 1 the second. */
export function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/** Where an event of the trace stands along time. */
export type Scale = (index: number) => number
