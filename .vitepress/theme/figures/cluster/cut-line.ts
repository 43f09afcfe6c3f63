/** Which servers a line through the circle parts from the others. */

import type { Point } from './layout.ts'
import type { Scene } from './scene.ts'

export interface Line {
  readonly from: Point
  readonly to: Point
}

/** A shorter line, in units of the picture, parts nothing: it was a press that slipped. */
export const LINE_MIN = 40

/** The servers on the smaller side of a line that is thought to go on at both ends, or none if all are on one side. */
export function partedBy({ from, to }: Line, places: readonly Point[]): ReadonlySet<number> {
  const sides = [new Set<number>(), new Set<number>()] as const
  for (const [index, place] of places.entries()) {
    const turn = (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x)
    sides[turn > 0 ? 0 : 1].add(index)
  }
  return sides[0].size <= sides[1].size ? sides[0] : sides[1]
}

export function lengthOf({ from, to }: Line): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

/** The line as it is drawn: through the whole circle. */
export function throughCircle(line: Line, center: Point, radius: number): Line {
  const length = lengthOf(line) || 1
  const [x, y] = [(line.to.x - line.from.x) / length, (line.to.y - line.from.y) / length]
  const along = (center.x - line.from.x) * x + (center.y - line.from.y) * y
  const foot = { x: line.from.x + along * x, y: line.from.y + along * y }
  const off = Math.hypot(foot.x - center.x, foot.y - center.y)
  const half = Math.sqrt(Math.max(0, radius * radius - off * off))
  const [before, behind] = [Math.min(along - half, 0), Math.max(along + half, length)]
  const at = (way: number): Point => ({ x: line.from.x + way * x, y: line.from.y + way * y })
  return { from: at(before), to: at(behind) }
}

/** Those that `server` can exchange messages with, itself among them, if need be by way of others. */
export function reachableFrom(server: string, { servers, cuts }: Pick<Scene, 'servers' | 'cuts'>): ReadonlySet<string> {
  const isCut = new Set(cuts.map(({ from, to }) => `${from} ${to}`))
  const reached = new Set([server])
  for (const from of reached) {
    for (const { id } of servers) if (!isCut.has(`${from} ${id}`) && !isCut.has(`${id} ${from}`)) reached.add(id)
  }
  return reached
}

/**
 * What to cut off next, for somebody without a mouse: `server` alone, and if it is cut off already, one
 * neighbour more, clockwise. After all but one it begins anew.
 */
export function nextCutOff(server: string, scene: Pick<Scene, 'servers' | 'cuts'>): readonly string[] {
  const ids = scene.servers.map(({ id }) => id)
  const group = reachableFrom(server, scene)
  const isWhole = group.size === ids.length
  const size = isWhole || group.size + 1 >= ids.length ? 1 : group.size + 1
  const first = ids.indexOf(server)
  return Array.from({ length: size }, (_, step) => ids[(first + step) % ids.length] ?? server)
}
