/** What runs in simulated worlds came to: each seed once, and what befell it. */
import { expect, test } from 'vitest'
import { RuleBroken } from '#message-passing/rules'
import { explore, type World } from './simulated/explore.ts'
import { addTally, newTally } from './simulated/tally.ts'

/** One host crashes, is cut off, stands still, and goes wrong; the other sends it three messages, of which one is lost. */
const world: World<string> = (simulation, [a = '', b = '']) => {
  simulation.host(a, () => {})
  simulation.host(b, (host) => {
    host.clock.schedule(5, () => host.send(a, 'arrives'))
    host.clock.schedule(15, () => host.send(a, 'meets a cut'))
    host.clock.schedule(25, () => host.send(a, 'is lost'))
  })
  simulation.at(10, () => simulation.network.partition([a], [b]))
  simulation.at(20, () => simulation.network.repair())
  simulation.at(21, () => simulation.network.link(b, a).change({ loss: 1 }))
  simulation.at(30, () => simulation.pause(a))
  simulation.at(31, () => simulation.resume(a))
  simulation.at(32, () => simulation.drift(a, 1.1))
  simulation.at(33, () => simulation.drift(a, 1))
  simulation.at(40, () => simulation.crash(a))
}

test('a tally counts each seed once, however often it is run, and what befell it', async () => {
  const tally = newTally()
  await explore({ hosts: 2, durationMs: 50, seeds: 4, twiceEvery: 1 }, world, tally)
  expect(tally).toMatchObject({ seeds: 4, simulatedMs: 200 })
  const once = { crashes: 1, 'links cut': 2, pauses: 1, 'messages lost': 1, 'drifting clocks': 1 }
  expect(tally.faults).toEqual(Object.fromEntries(Object.entries(once).map(([kind, times]) => [kind, 4 * times])))
  expect(tally.events, 'the eight directions, the three timers, and what arrived').toBeGreaterThanOrEqual(4 * 12)
  const sum = newTally()
  for (const each of [tally, tally]) addTally(sum, each)
  expect(sum).toMatchObject({ seeds: 8, simulatedMs: 400, events: 2 * tally.events })
  expect(sum.faults.crashes).toBe(8)
})

test('a failure tells the events of the run in which it was found, and smaller runs are not counted', async () => {
  const tally = newTally()
  const failure = await explore(
    { hosts: 2, durationMs: 50, seeds: 4 },
    (simulation) => {
      for (const atMs of [1, 2, 3]) simulation.at(atMs, () => {})
      simulation.at(9, () => {
        if (simulation.seed === 3) throw new RuleBroken('all is well', 'it is not', 9)
      })
    },
    tally,
  )
  expect(failure).toMatchObject({ kind: 'broken', found: { seed: 3 }, events: 4 })
  expect(tally, 'the two that were well, and the one that was not').toMatchObject({ seeds: 3, events: 12 })
})
