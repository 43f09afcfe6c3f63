import { describe, expect, test } from 'vitest'
import { constant } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'

/** A world in which `a` sends and `b` notes what it receives, on a link that takes 10 ms and keeps the order. */
function worldOfTwo() {
  const received: string[] = []
  const trace = new Trace()
  const simulation = new Simulation<string>({ seed: 1, trace, link: { latencyMs: constant(10), ordered: true } })
  let sender: Host<string> | undefined
  simulation.host('a', (host) => {
    sender = host
  })
  simulation.host('b', (host) => host.onMessage((_from, message) => received.push(message)))
  const sendAt = (atMs: number, message: string) => simulation.at(atMs, () => sender?.send('b', message))
  return { simulation, trace, received, sendAt }
}

describe('what piled up comes first', () => {
  test('a message that arrives at the moment of the resumption does not overtake those that waited', async () => {
    const { simulation, received, sendAt } = worldOfTwo()
    sendAt(0, 'first')
    sendAt(40, 'second')
    simulation.at(5, () => simulation.pause('b'))
    simulation.at(50, () => simulation.resume('b'))
    await simulation.run(100)
    expect(received).toEqual(['first', 'second'])
  })

  test('a message that arrives at the moment of the release does not overtake those that were held', async () => {
    const { simulation, received, sendAt } = worldOfTwo()
    sendAt(0, 'first')
    sendAt(40, 'second')
    simulation.at(5, () => simulation.network.hold('a', 'b'))
    simulation.at(50, () => simulation.network.release('a', 'b'))
    await simulation.run(100)
    expect(received).toEqual(['first', 'second'])
  })
})

describe('a trace says what was so at that moment', () => {
  test('a message that its sender or its receiver changes later stays in the trace as it was', async () => {
    const trace = new Trace()
    const simulation = new Simulation<string[]>({ seed: 1, trace })
    simulation.host('a', (host) => {
      const entries = ['x']
      host.send('b', entries)
      entries.push('y')
    })
    simulation.host('b', (host) =>
      host.onMessage((_from, entries) => {
        entries.length = 0
      }),
    )
    await simulation.run(10)
    expect(trace.events()).toMatchObject([
      { kind: 'send', message: ['x'] },
      { kind: 'receive', message: ['x'] },
    ])
  })

  test('a state that changes later stays in the trace as it was', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    simulation.host('a', (host) => {
      const log = ['x']
      host.state({ log })
      log.push('y')
    })
    await simulation.run(10)
    expect(trace.events()).toMatchObject([{ kind: 'state', state: { log: ['x'] } }])
  })

  test('a clock that drifts or jumps, and a program that ends, stand in it', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    simulation.host('a', async () => {})
    simulation.at(5, () => simulation.drift('a', 1.1))
    simulation.at(6, () => simulation.jump('a', -300))
    await simulation.run(10)
    expect(trace.events()).toEqual([
      { atMs: 0, kind: 'end', host: 'a' },
      { atMs: 5, kind: 'drift', host: 'a', rate: 1.1 },
      { atMs: 6, kind: 'jump', host: 'a', byMs: -300 },
    ])
  })
})

describe('a program that goes wrong is named', () => {
  test('a program that throws before it waits for anything', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('a', () => {
      throw new Error('no disk')
    })
    await expect(simulation.run(10)).rejects.toThrow('a failed at 0 ms: no disk')
  })

  test('a handler of messages that is an async function: nobody would wait for it', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('a', (host) => host.send('b', 'hello'))
    simulation.host('b', (host) => host.onMessage(async () => {}))
    await expect(simulation.run(10)).rejects.toThrow(/b failed at 1 ms: .*async function.*host.inbox/)
  })
})

test('one way of a partition is repaired without the other', async () => {
  const { simulation } = worldOfTwo()
  simulation.network.partition(['a'], ['b'])
  simulation.network.repairOneWay(['a'], ['b'])
  expect(simulation.network.link('a', 'b').isCut).toBe(false)
  expect(simulation.network.link('b', 'a').isCut).toBe(true)
})
