import { describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { exponential, logNormal } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'
import { ran } from './listening-world.ts'

const NAMES = ['a', 'b', 'c', 'd']

/** Hosts of both kinds that gossip on bad links, with crashes, pauses and wrong clocks. Answers what happened. */
async function gossip(seed: number): Promise<Trace> {
  const trace = new Trace()
  const link = { latencyMs: logNormal(20, 0.8), loss: 0.1, duplication: 0.1, bytesPerMs: 2, queueBytesMax: 40 }
  const simulation = new Simulation<string>({ seed, trace, link })
  const other = (host: Host<string>) => NAMES[host.random.integer(0, NAMES.length)] ?? 'a'
  for (const name of ['a', 'b']) {
    simulation.host(name, async (host) => {
      for (let n = 0; ; n++) {
        await sleep(host.clock, exponential(15)(host.random))
        host.send(other(host), `${name}${n} of ${Math.round(host.wallClockMs())}`)
      }
    })
  }
  for (const name of ['c', 'd']) {
    simulation.host(name, (host) => {
      host.onMessage((_from, message) => {
        if (host.random.chance(0.6)) host.send(other(host), message.slice(0, 10))
      })
    })
  }
  simulation.at(100, () => simulation.crash('c'))
  simulation.at(130, () => simulation.pause('a'))
  simulation.at(150, () => simulation.jump('b', simulation.random.integer(-50, 50)))
  simulation.at(180, () => simulation.restart('c'))
  simulation.at(190, () => simulation.resume('a'))
  simulation.at(200, () => simulation.network.partition(['a', 'c'], ['b', 'd']))
  simulation.at(250, () => simulation.network.repair())
  await ran(simulation, 400)
  return trace
}

describe('a run is a function of its seed', () => {
  test.each([0, 1, 2, 3, 4])('two runs with the same seed are the same, event by event: seed %i', async (seed) => {
    const [first, second] = [await gossip(seed), await gossip(seed)]
    const [events, again] = [first.events(), second.events()]
    const different = events.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(again[index]))
    const cause = 'a date, chance from elsewhere, or promises that had not settled'
    const rule = `the runs part at event ${different}, at ${events[different]?.atMs} ms: ${cause}?`
    expect(again[different], rule).toEqual(events[different])
    expect(second.hash(), 'one run is longer than the other').toBe(first.hash())
    expect(events.length, 'hardly anything happens').toBeGreaterThan(50)
  })

  test('runs with different seeds differ', async () => {
    const hashes = new Set<string>()
    for (let seed = 0; seed < 3; seed++) hashes.add((await gossip(seed)).hash())
    expect(hashes.size, 'the seed makes no difference: does chance come from it?').toBe(3)
  })

  test('two worlds that run at the same time do not disturb each other', async () => {
    const alone = (await gossip(3)).hash()
    const [together] = await Promise.all([gossip(3), gossip(4)])
    expect(together.hash(), 'they share something: a variable outside of the class?').toBe(alone)
  })

  test('a run in several parts is the same run', async () => {
    const traces: Trace[] = []
    for (const stops of [[100], [10, 10.5, 37, 100]]) {
      const trace = new Trace()
      const simulation = new Simulation<string>({ seed: 5, trace, link: { latencyMs: exponential(4), loss: 0.2 } })
      simulation.host('a', async (host) => {
        for (;;) {
          await sleep(host.clock, exponential(3)(host.random))
          host.send('b', 'hello')
        }
      })
      simulation.host('b', (host) => host.onMessage((from, message) => host.send(from, message)))
      for (const stop of stops) await ran(simulation, stop)
      traces.push(trace)
    }
    expect(
      traces[1]?.hash(),
      'a run that stops at 10, 10.5 and 37 ms must come to the same events as one to 100 ms',
    ).toBe(traces[0]?.hash())
  })
})

describe('chance is divided among those who draw', () => {
  test('what a host draws does not depend on what other hosts draw, and each draws something else', async () => {
    const drawn = async (greedy: boolean) => {
      const simulation = new Simulation({ seed: 8 })
      const draws: number[] = []
      simulation.host('greedy', (host) => void (greedy && host.random.uniform()))
      for (const name of ['a', 'b']) simulation.host(name, (host) => void draws.push(host.random.uniform()))
      await ran(simulation, 1)
      return draws
    }
    const [modest, greedy] = [await drawn(false), await drawn(true)]
    expect(greedy, 'one more draw by one host changes the luck of the others').toEqual(modest)
    expect(modest[0], 'a and b must not have the same luck').not.toBe(modest[1])
  })

  test('what becomes of the messages on one link does not depend on those on another', async () => {
    const heardBy = async (busy: boolean) => {
      const simulation = new Simulation<number>({ seed: 8, link: { loss: 0.5, latencyMs: exponential(10) } })
      const heard: string[] = []
      simulation.host('a', (host) => {
        for (let n = 0; n < 50; n++) {
          if (busy) host.send('c', n)
          host.send('b', n)
        }
      })
      simulation.host('b', (host) => host.onMessage((_from, n) => heard.push(`${n} at ${simulation.nowMs}`)))
      simulation.host('c', () => {})
      await ran(simulation, 1_000)
      return heard
    }
    expect(await heardBy(true), 'a fault on one link changes the luck of another').toEqual(await heardBy(false))
  })
})
