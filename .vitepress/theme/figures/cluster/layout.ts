/** Where everything stands in the picture of a cluster: servers on a circle, and their logs in rows, one below the other. */

export type Arrangement = 'wide' | 'narrow'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A server on the circle. */
export interface Place extends Point {
  /** Where its term is written, outside of the circle. */
  readonly label: Point & { readonly anchor: 'start' | 'middle' | 'end' }
}

/** The rows of the logs. The columns are given by their left end, or by their middle where that is said. */
export interface Rows {
  readonly left: number
  readonly right: number
  readonly headY: number
  /** The middle of the row of a server. */
  rowY(server: number): number
  readonly roleX: number
  /** Its middle. */
  readonly termX: number
  /** Its middle. */
  readonly voteX: number
  /** The left end of the box of an entry, the first shown being 0. */
  boxX(slot: number): number
}

export interface Layout {
  readonly arrangement: Arrangement
  readonly width: number
  readonly height: number
  readonly center: Point
  readonly radius: number
  readonly discRadius: number
  /** Where a line can be begun, as a path. Beside it, a finger moves the page. */
  readonly ground: string
  readonly places: readonly Place[]
  readonly rows: Rows
}

/** As many entries of each log are shown: as many as a server's portrait has. */
export const SLOTS = 8
export const BOX = { width: 22, height: 20 } as const
/** From the edge of a server's disc to the ring around it that runs down. */
export const RING_GAP = 6
const LABEL_GAP = 15

const shapes = {
  wide: { width: 764, center: { x: 188, y: 186 }, radius: 122, discRadius: 24, rowHeight: 32 },
  narrow: { width: 354, center: { x: 177, y: 152 }, radius: 104, discRadius: 21, rowHeight: 29 },
} as const
const WIDE_HEIGHT = 366
const WIDE_TABLE_TOP = 30
const NARROW_TABLE_TOP = 313

export function layoutOf(arrangement: Arrangement, servers: number): Layout {
  const { width, radius, discRadius, rowHeight, ...shape } = shapes[arrangement]
  const spare = (1 - lowestOf(servers)) * radius
  const isWide = arrangement === 'wide'
  const center = { x: shape.center.x, y: shape.center.y + (isWide ? spare / 2 : 0) }
  const headY = isWide ? WIDE_TABLE_TOP : NARROW_TABLE_TOP - spare
  const rowY = (server: number) => headY + 22 + server * rowHeight
  const tableEnd = rowY(servers - 1) + BOX.height / 2 + 8
  return {
    arrangement,
    width,
    height: isWide ? Math.max(WIDE_HEIGHT, tableEnd) : tableEnd,
    center,
    radius,
    discRadius,
    ground: isWide ? `M0 0h${2 * center.x}v${WIDE_HEIGHT}H0z` : disc(center, radius + discRadius + 10),
    places: Array.from({ length: servers }, (_, index) => placeOf(index / servers, { center, radius, discRadius })),
    rows: { ...(isWide ? wideColumns : narrowColumns), headY, rowY },
  }
}

/** How far down the lowest server stands, in shares of the radius: three of them leave room below. */
function lowestOf(servers: number): number {
  return Math.max(...Array.from({ length: servers }, (_, index) => -Math.cos((index / servers) * 2 * Math.PI)))
}

const wideColumns = {
  left: 392,
  right: 764,
  roleX: 414,
  termX: 502,
  voteX: 542,
  boxX: (slot: number) => 573 + slot * 24,
}
const narrowColumns = {
  left: 0,
  right: 354,
  roleX: 17,
  termX: 95,
  voteX: 129,
  boxX: (slot: number) => 157 + slot * 24.7,
}

function disc({ x, y }: Point, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`
}

/** The first server stands at the top, and the others follow clockwise. */
function placeOf(
  share: number,
  { center, radius, discRadius }: Pick<Layout, 'center' | 'radius' | 'discRadius'>,
): Place {
  const angle = share * 2 * Math.PI - Math.PI / 2
  const [right, down] = [Math.cos(angle), Math.sin(angle)]
  const away = radius + discRadius + RING_GAP + 9
  const isBeside = Math.abs(right) > 0.35
  return {
    x: center.x + radius * right,
    y: center.y + radius * down,
    label: {
      x: center.x + away * right,
      y: center.y + away * down + (isBeside ? 4 + 6 * down : down > 0 ? LABEL_GAP - 3 : 0),
      anchor: isBeside ? (right > 0 ? 'start' : 'end') : 'middle',
    },
  }
}
