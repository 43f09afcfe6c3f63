/** What the picture of a cluster draws: a pure function of a scene and of where everything stands. */
import { BOX, type Layout, type Place, type Point, RING_GAP, SLOTS } from './layout.ts'
import type { Flight, Scene, ServerScene } from './scene.ts'

/** Terms take turns with as many hues. */
const HUES = 5

export interface DrawnLink {
  readonly key: string
  readonly d: string
  readonly isCut: boolean
}

export interface DrawnServer {
  readonly id: string
  readonly place: Place
  readonly tone: string
  /** Points from the edge of the disc to the one it has voted for. */
  readonly vote: string | undefined
  /** How much of the ring is left, as `stroke-dasharray` of a path of length 1. */
  readonly ring: string
  readonly label: string
  /** How it stands, in words. */
  readonly spoken: string
}

export interface DrawnRow {
  readonly id: string
  readonly y: number
  readonly role: string
  readonly term: number
  readonly vote: string
  readonly tone: string
  readonly boxes: readonly DrawnBox[]
  /** Where the log ends, if that is before the boxes that are shown. */
  readonly remark: string | undefined
  /** What all of it depends on. */
  readonly looks: string
}

export interface DrawnBox {
  readonly slot: number
  readonly term: number
  readonly tone: string
}

export interface DrawnFlight {
  readonly id: number
  readonly d: string
  readonly tone: string
  readonly transform: string
  readonly opacity: number
}

export function hueOf(term: number): string {
  return `hue-${term % HUES}`
}

/** The lines between servers. Where only one direction is cut, the half next to the one who isn't heard is. */
export function linksOf(ids: readonly string[], cut: ReadonlySet<string>, { places }: Layout): readonly DrawnLink[] {
  const links: DrawnLink[] = []
  for (const [one, id] of ids.entries()) {
    for (const [other, otherId] of ids.entries()) {
      const [from, to] = [places[one], places[other]]
      if (one === other || from === undefined || to === undefined) continue
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
      const d = `M${round(from.x)} ${round(from.y)}L${round(middle.x)} ${round(middle.y)}`
      links.push({ key: `${id} ${otherId}`, d, isCut: cut.has(`${id} ${otherId}`) })
    }
  }
  return links
}

export function serversOf(scene: Scene, layout: Layout): readonly DrawnServer[] {
  const placeOf = new Map(scene.servers.map(({ id }, index) => [id, layout.places[index]]))
  return scene.servers.flatMap((server): readonly DrawnServer[] => {
    const place = placeOf.get(server.id)
    if (place === undefined) return []
    const { id, condition, role, term, votedFor, waitLeft } = server
    const tone = `is-${condition} is-${role} ${hueOf(term)}`
    const voteAt = votedFor === undefined ? undefined : votedFor === id ? 'self' : placeOf.get(votedFor)
    return [
      {
        id,
        place,
        tone,
        vote: condition === 'up' && voteAt !== undefined ? voteMark(place, voteAt, layout) : undefined,
        ring: `${condition === 'up' ? waitLeft.toFixed(3) : 0} 1`,
        label: `term ${term}`,
        spoken: `${id}, ${standingOf(server)}`,
      },
    ]
  })
}

/** A triangle at the edge of the disc that points to who has got the vote: away from the circle for the server itself. */
function voteMark(place: Point, to: Point | 'self', { center, discRadius }: Layout): string {
  const [x, y] = to === 'self' ? [place.x - center.x, place.y - center.y] : [to.x - place.x, to.y - place.y]
  const degrees = (Math.atan2(y, x) * 180) / Math.PI
  return `rotate(${round(degrees)}) translate(${discRadius + RING_GAP + 2.5} 0)`
}

const conditions = { down: 'down', paused: 'paused' } as const

function roleWord({ condition, role }: ServerScene): string {
  return condition === 'up' ? role : conditions[condition]
}

/** How a server stands, in words. */
function standingOf(server: ServerScene): string {
  const { condition, role, term, votedFor, terms, firstIndex, commitIndex } = server
  const what = condition === 'up' ? `${role} in term ${term}` : `${condition}, in term ${term}`
  const vote = votedFor === undefined ? 'has voted for nobody' : `has voted for ${votedFor}`
  const length = firstIndex - 1 + terms.length
  const log = length === 0 ? 'its log is empty' : `${length} in its log, ${commitIndex} committed`
  return `${what}, ${vote}, ${log}`
}

/** The index of the first entry that has a box: all logs show the same ones, so that they can be compared. */
export function firstShown(servers: readonly ServerScene[]): number {
  const last = Math.max(0, ...servers.map(({ firstIndex, terms }) => firstIndex - 1 + terms.length))
  return Math.max(1, last - SLOTS + 1)
}

export function rowsOf(servers: readonly ServerScene[], { rows }: Layout): readonly DrawnRow[] {
  const first = firstShown(servers)
  return servers.map((server, index) => {
    const { id, term, votedFor, firstIndex, terms, commitIndex } = server
    const length = firstIndex - 1 + terms.length
    const boxes = terms.flatMap((entryTerm, at): readonly DrawnBox[] => {
      const slot = firstIndex + at - first
      const tone = `${hueOf(entryTerm)} ${firstIndex + at <= commitIndex ? 'is-committed' : 'is-open'}`
      return slot < 0 ? [] : [{ slot, term: entryTerm, tone }]
    })
    const role = roleWord(server)
    return {
      id,
      y: rows.rowY(index),
      role,
      term,
      vote: votedFor ?? '–',
      tone: `is-${server.condition}`,
      boxes,
      remark: boxes.length === 0 && length > 0 ? `ends at ${length}` : undefined,
      looks: `${role} ${term} ${votedFor} ${first} ${firstIndex} ${commitIndex} ${terms.join(' ')}`,
    }
  })
}

export const boxTop = (y: number) => y - BOX.height / 2

/** Messages keep to the right of the line between two servers, so that both directions can be told apart. */
const LANE = 6

export function flightsOf({ servers, flights }: Scene, { places, discRadius }: Layout): readonly DrawnFlight[] {
  const indexes = new Map(servers.map(({ id }, index) => [id, index]))
  const gap = discRadius + RING_GAP + 5
  return flights.flatMap((flight): readonly DrawnFlight[] => {
    const from = places[indexes.get(flight.from) ?? -1]
    const to = places[indexes.get(flight.to) ?? -1]
    if (from === undefined || to === undefined) return []
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (length === 0) return []
    const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length]
    const way = gap + (length - 2 * gap) * flight.share
    const at = { x: from.x + way * x - LANE * y, y: from.y + way * y + LANE * x }
    const degrees = flight.isYes === undefined && flight.entries === 0 ? (Math.atan2(y, x) * 180) / Math.PI : 0
    return [
      {
        id: flight.id,
        d: shapeOf(flight),
        tone: `${hueOf(flight.term)} ${flight.kind === 'requestVote' ? 'is-hollow' : 'is-solid'}${flight.isLost ? ' is-lost' : ''}`,
        transform: `translate(${round(at.x)} ${round(at.y)})${degrees === 0 ? '' : ` rotate(${round(degrees)})`}`,
        opacity: opacityOf(flight),
      },
    ]
  })
}

/** From this share of its way on, a message that is lost fades. */
const FADE_FROM = 0.2
const FADE_TO = 0.5

function opacityOf({ isLost, share }: Flight): number {
  if (!isLost) return 1
  return Math.min(1, Math.max(0, Math.round(((FADE_TO - share) / (FADE_TO - FADE_FROM)) * 100) / 100))
}

/** Requests are arrowheads, entries are boxes, and answers are a tick on a disc, or a cross. */
export const SHAPES = {
  head: 'M-5 -6L7 0L-5 6L-2.4 0z',
  yes: 'M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0zM-4.3 0.3l1.5-1.6l1.8 1.8l3.5-4l1.6 1.4l-5 5.7z',
  no: 'M-5.6 -3.4L-3.4 -5.6L0 -2.2L3.4 -5.6L5.6 -3.4L2.2 0L5.6 3.4L3.4 5.6L0 2.2L-3.4 5.6L-5.6 3.4L-2.2 0z',
  entry: [
    'M-5 -5h10v10h-10z',
    'M-10.5 -5h10v10h-10zM0.5 -5h10v10h-10z',
    'M-16 -5h10v10h-10zM-5 -5h10v10h-10zM6 -5h10v10h-10z',
  ],
} as const

function shapeOf({ isYes, entries }: Flight): string {
  if (isYes !== undefined) return isYes ? SHAPES.yes : SHAPES.no
  return entries === 0 ? SHAPES.head : (SHAPES.entry[Math.min(entries, SHAPES.entry.length) - 1] ?? SHAPES.entry[0])
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
