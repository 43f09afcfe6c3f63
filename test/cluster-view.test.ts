/** The pure side of the cluster's picture: what a line parts, what is cut off next, and what of a log is shown. */
import { describe, expect, test } from 'vitest'
import {
  lengthOf,
  nextCutOff,
  partedBy,
  reachableFrom,
  throughCircle,
} from '../.vitepress/theme/figures/cluster/cut-line.ts'
import { changed, latestLeader } from '../.vitepress/theme/figures/cluster/deeds.ts'
import { firstShown, rowsOf } from '../.vitepress/theme/figures/cluster/drawn.ts'
import { layoutOf } from '../.vitepress/theme/figures/cluster/layout.ts'
import type { Scene, ServerScene } from '../.vitepress/theme/figures/cluster/scene.ts'

const layout = layoutOf('wide', 5)
const { x, y } = layout.center

function serverScene(id: string, changes: Partial<ServerScene> = {}): ServerScene {
  const log = { terms: [1], firstIndex: 1, commitIndex: 1 }
  return { id, condition: 'up', role: 'follower', term: 1, votedFor: undefined, ...log, waitLeft: 1, ...changes }
}

/** Five servers, of which these are cut off from the others. */
function sceneWithout(...cutOff: readonly string[]): Pick<Scene, 'servers' | 'cuts'> {
  const ids = [...'abcde']
  const pairs = ids.flatMap((from) => ids.map((to) => ({ from, to })))
  return {
    servers: ids.map((id) => serverScene(id)),
    cuts: pairs.filter(({ from, to }) => cutOff.includes(from) !== cutOff.includes(to)),
  }
}

describe('a line', () => {
  test('parts the fewer servers from the more, whichever way it is drawn', () => {
    const above = { from: { x: 0, y: y - 80 }, to: { x: 300, y: y - 80 } }
    expect([...partedBy(above, layout.places)]).toEqual([0])
    expect([...partedBy({ from: above.to, to: above.from }, layout.places)]).toEqual([0])
    const middle = { from: { x, y: y - 90 }, to: { x: x + 1, y: y + 90 } }
    expect(partedBy(middle, layout.places).size).toBe(2)
  })

  test('beside all of them parts none', () => {
    expect(partedBy({ from: { x: 0, y: 0 }, to: { x: 0, y: 300 } }, layout.places).size).toBe(0)
  })

  test('is drawn through the whole circle, and is at least as long as it was', () => {
    const short = { from: { x: x - 10, y }, to: { x: x + 10, y } }
    expect(throughCircle(short, layout.center, 100)).toEqual({ from: { x: x - 100, y }, to: { x: x + 100, y } })
    const long = { from: { x: x - 300, y }, to: { x: x + 300, y } }
    expect(lengthOf(throughCircle(long, layout.center, 100))).toBe(600)
  })
})

describe('without a mouse', () => {
  test('a server is cut off alone, then with one neighbour more each time, and then alone again', () => {
    expect(nextCutOff('d', sceneWithout())).toEqual(['d'])
    expect(nextCutOff('d', sceneWithout('d'))).toEqual(['d', 'e'])
    expect(nextCutOff('d', sceneWithout('d', 'e'))).toEqual(['d', 'e', 'a'])
    expect(nextCutOff('d', sceneWithout('d', 'e', 'a', 'b'))).toEqual(['d'])
  })

  test('servers reach one another by way of others', () => {
    const { servers } = sceneWithout()
    const cuts = [{ from: 'a', to: 'b' }]
    expect(reachableFrom('a', { servers, cuts }).size).toBe(5)
    expect([...reachableFrom('a', sceneWithout('a', 'c'))]).toEqual(['a', 'c'])
  })
})

test('the leader of the latest term is one that is up', () => {
  const leader = (id: string, term: number, condition: ServerScene['condition'] = 'up') =>
    serverScene(id, { role: 'leader', term, condition })
  expect(latestLeader({ servers: [leader('a', 1), leader('b', 3), leader('c', 4, 'down')] })?.id).toBe('b')
  expect(latestLeader({ servers: [serverScene('a')] })).toBeUndefined()
})

test('with fewer servers, what was done to the others is left out', () => {
  const setup = { seed: 1, servers: 3, lossPercent: 0, mistake: undefined }
  const kept = [{ atMs: 1, action: { kind: 'crash', server: 'c' } as const }]
  const inputs = [
    ...kept,
    { atMs: 2, action: { kind: 'crash', server: 'd' } as const },
    { atMs: 3, action: { kind: 'partition', servers: ['a', 'e'] } as const },
  ]
  expect(changed({ setup, inputs }).inputs).toEqual(kept)
})

test('all logs show the same indexes, and one that ends before them says where', () => {
  const long = serverScene('a', { terms: [2, 2, 2, 2, 2, 2, 2, 3], firstIndex: 13, commitIndex: 18 })
  const servers = [long, serverScene('b', { terms: [1, 1], firstIndex: 10 })]
  expect(firstShown(servers)).toBe(13)
  const [first, second] = rowsOf(servers, layout)
  expect(first?.boxes.map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(first?.boxes.filter(({ tone }) => tone.includes('is-committed'))).toHaveLength(6)
  expect(second?.boxes).toEqual([])
  expect(second?.remark).toBe('ends at 11')
})
