/** The numbers beside events: what they say, and on which side of the lane there is room for them. */
import type { Stamps } from './causality.ts'
import type { Arrangement } from './frame.ts'

export type ClockName = 'lamport' | 'vector' | 'hybrid'

/** A piece of a label. The host's own number in a vector is set apart. */
export interface Piece {
  readonly text: string
  readonly own: boolean
}

/** What a clock says at an event, in short. */
export function labelOf(stamps: Stamps, clock: ClockName, host: string, hosts: readonly string[]): readonly Piece[] {
  switch (clock) {
    case 'lamport':
      return [{ text: `${stamps.lamport}`, own: false }]
    case 'hybrid': {
      const { wallMs, counter } = stamps.hybrid
      return [{ text: counter === 0 ? `${wallMs}` : `${wallMs}+${counter}`, own: false }]
    }
    case 'vector':
      return hosts.map((name, index) => ({
        text: `${index === 0 ? '[' : ' '}${stamps.vector[name] ?? 0}${index === hosts.length - 1 ? ']' : ''}`,
        own: name === host,
      }))
  }
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('')
}

export interface Labelled {
  readonly lane: number
  readonly along: number
  /** The side on which it is out of the way of its arrow. */
  readonly prefer: 1 | -1
  /** How many letters its label has. */
  readonly letters: number
}

const LETTER = 6.8
const LINE = 15
const ROOM = 5

/**
 * On which side of its lane each label stands: `-1` is above in *wide*, and to
 * the left in *narrow*. One that would run into its neighbour goes to the other side.
 */
export function sidesOf(labels: readonly Labelled[], arrangement: Arrangement): readonly (1 | -1)[] {
  const ends = new Map<string, number>()
  const sides = new Array<1 | -1>(labels.length).fill(1)
  const order = labels.map((_, index) => index).sort((a, b) => (labels[a]?.along ?? 0) - (labels[b]?.along ?? 0))
  for (const index of order) {
    const label = labels[index]
    if (label === undefined) continue
    const half = (arrangement === 'wide' ? label.letters * LETTER : LINE) / 2
    const overlap = (side: 1 | -1) => (ends.get(`${label.lane} ${side}`) ?? -Infinity) - (label.along - half)
    const other = label.prefer === 1 ? -1 : 1
    const side = overlap(label.prefer) <= 0 || overlap(label.prefer) <= overlap(other) ? label.prefer : other
    sides[index] = side
    ends.set(`${label.lane} ${side}`, label.along + half + ROOM)
  }
  return sides
}
