/** What `SpaceTimePicture` draws. */
import type { Point } from './frame.ts'
import type { Piece } from './labels.ts'
import type { Arrow } from './shapes.ts'

/** A message: an arrow, its word, and how it can be dragged. */
export interface DrawnArrow extends Arrow {
  readonly word?: string | undefined
  readonly tone?: string | undefined
  readonly slider?: {
    readonly label: string
    readonly least: number
    readonly most: number
    readonly now: number
    readonly text: string
  }
}

/** An event: a dot, its label, and what it is as a button. */
export interface DrawnDot {
  readonly key: string
  readonly index: number
  readonly at: Point
  /** What it looks like, as classes of CSS. */
  readonly tone: readonly string[]
  readonly label?: {
    readonly pieces: readonly Piece[]
    readonly at: Point
    readonly anchor: 'start' | 'middle' | 'end'
  }
  readonly button?: { readonly label: string; readonly pressed: boolean }
}

/** A line through several points, such as the chain from one event to another. */
export interface Stroke {
  readonly key: string
  readonly points: readonly Point[]
}
