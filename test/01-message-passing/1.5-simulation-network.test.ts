import { describe, expect, test } from 'vitest'
import { constant, uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'
import { failureOf, listeningWorld, ran } from './listening-world.ts'

describe('a message', () => {
  test('arrives at the host that it was sent to, a latency later, with the name of its sender', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b', 'c'], { link: { latencyMs: constant(20) } })
    sendAt(100, 'a', 'b', 'hello')
    await ran(simulation, 119)
    expect(heard, 'it is still on its way').toEqual([])
    await ran(simulation, 120)
    expect(
      heard,
      'sent at 100 ms, 20 ms on its way: it arrives at the end of a run to 120 ms, which is still part of it',
    ).toEqual(['b heard hello from a at 120 ms'])
  })

  test('is what it was when it was sent, whatever its sender does to the object later', async () => {
    const simulation = new Simulation<string[]>({ seed: 1 })
    const received: string[][] = []
    simulation.host('a', (host) => {
      const list = ['milk']
      host.send('b', list)
      list.push('bread')
    })
    simulation.host('b', (host) => host.onMessage((_from, list) => void received.push(list)))
    await ran(simulation, 10)
    expect(received, 'hosts share no memory').toEqual([['milk']])
  })

  test('can be sent by a host to itself, and travels like any other', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a'])
    sendAt(5, 'a', 'a', 'remember')
    await ran(simulation, 10)
    expect(heard, 'sent at 5 ms, 1 ms on its way').toEqual(['a heard remember from a at 6 ms'])
  })
})

describe('the order of arrival', () => {
  const messages = Array.from({ length: 100 }, (_, index) => `${index}`)
  const sorted = messages.map((message) => expect.stringContaining(` heard ${message} from `))

  test('is that of the latencies: on a link with a spread, messages overtake each other', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], { link: { latencyMs: uniform(0, 50) } })
    sendAt(0, 'a', 'b', ...messages)
    await ran(simulation, 50)
    expect(heard.length, 'every message takes less than 50 ms: by then all 100 must have arrived').toBe(100)
    expect(heard, 'they came in the order of sending: nothing was reordered').not.toEqual(sorted)
  })

  test('is that of sending on an ordered link', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], {
      link: { latencyMs: uniform(0, 50), ordered: true },
    })
    sendAt(0, 'a', 'b', ...messages)
    await ran(simulation, 50)
    expect(heard.length, 'each is due before 50 ms, held back or not: by then all 100 must have arrived').toBe(100)
    expect(heard, 'all arrived, and one message overtook another').toEqual(sorted)
  })
})

describe('a partition', () => {
  test('cuts both ways between the two sides, and nothing else', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b', 'c'])
    simulation.at(5, () => simulation.network.partition(['a'], ['b', 'c']))
    sendAt(10, 'a', 'b', 'there')
    sendAt(10, 'b', 'a', 'back')
    sendAt(10, 'c', 'a', 'back')
    sendAt(10, 'b', 'c', 'same side')
    await ran(simulation, 100)
    expect(heard, 'b and c are on the same side: only what crosses to a, or comes from there, is lost').toEqual([
      'c heard same side from b at 11 ms',
    ])
  })

  test('one way leaves the way back open', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'])
    simulation.at(5, () => simulation.network.partitionOneWay(['a'], ['b']))
    sendAt(10, 'a', 'b', 'can you hear me')
    sendAt(10, 'b', 'a', 'are you there')
    await ran(simulation, 100)
    expect(heard, 'a hears b, and b does not hear a').toEqual(['a heard are you there from b at 11 ms'])
  })

  test('lets arrive what was on its way, and a repair does not bring back what was lost', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], { link: { latencyMs: constant(10) } })
    sendAt(0, 'a', 'b', 'before')
    simulation.at(5, () => simulation.network.partition(['a'], ['b']))
    sendAt(6, 'a', 'b', 'during')
    simulation.at(7, () => simulation.network.repair())
    sendAt(8, 'a', 'b', 'after')
    await ran(simulation, 100)
    expect(
      heard,
      'the second was sent while the link was cut: it is lost, and the other two arrive 10 ms after they were sent',
    ).toEqual(['b heard before from a at 10 ms', 'b heard after from a at 18 ms'])
  })

  test('cannot have a host on both sides', () => {
    const { simulation } = listeningWorld(['a', 'b'])
    expect(() => simulation.network.partition(['a', 'b'], ['b'])).toThrow(/\bb\b/)
  })
})

describe('a hold', () => {
  test('keeps what would arrive until it is released, and then lets it arrive in order', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'])
    sendAt(0, 'a', 'b', 'one')
    simulation.at(0, () => simulation.network.hold('a', 'b'))
    sendAt(10, 'a', 'b', 'two')
    await ran(simulation, 99)
    expect(heard, 'what was on its way is held too').toEqual([])
    simulation.at(100, () => simulation.network.release('a', 'b'))
    sendAt(100, 'a', 'b', 'three')
    await ran(simulation, 200)
    const order = ['b heard one from a at 100 ms', 'b heard two from a at 100 ms', 'b heard three from a at 101 ms']
    expect(heard, 'at 100 ms the two that were held arrive, oldest first, and then what is sent from then on').toEqual(
      order,
    )
  })

  test('concerns one way between two hosts, and no other', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b', 'c'])
    simulation.at(0, () => simulation.network.hold('a', 'b'))
    sendAt(1, 'b', 'a', 'back')
    sendAt(2, 'a', 'c', 'elsewhere')
    await ran(simulation, 50)
    expect(heard, 'from a to b nothing arrives: the way back, and the way to c, are open').toEqual([
      'a heard back from b at 2 ms',
      'c heard elsewhere from a at 3 ms',
    ])
  })

  test('does not let a message that arrives at the moment of the release overtake those that were held', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'])
    simulation.at(0, () => simulation.network.hold('a', 'b'))
    sendAt(1, 'a', 'b', 'one')
    simulation.at(10, () => simulation.network.release('a', 'b'))
    sendAt(9, 'a', 'b', 'two')
    await ran(simulation, 50)
    expect(heard, 'one was held and is older: it arrives before two, which is due at the release').toEqual([
      'b heard one from a at 10 ms',
      'b heard two from a at 10 ms',
    ])
  })
})

describe('misfortunes', () => {
  test('a duplicated message arrives twice, each copy with its own latency and its own object', async () => {
    const simulation = new Simulation<{ text: string }>({
      seed: 2,
      link: { duplication: 1, latencyMs: uniform(1, 100) },
    })
    const heard: { atMs: number; message: { text: string } }[] = []
    simulation.host('a', (host) => host.send('b', { text: 'hello' }))
    simulation.host('b', (host) =>
      host.onMessage((_from, message) => void heard.push({ atMs: simulation.nowMs, message })),
    )
    await ran(simulation, 100)
    expect(
      heard.map(({ message }) => message.text),
      'with a duplication of 1 every message arrives twice',
    ).toEqual(['hello', 'hello'])
    expect(heard[0]?.atMs, 'both copies took equally long').not.toBe(heard[1]?.atMs)
    expect(heard[0]?.message, 'the copies are one object').not.toBe(heard[1]?.message)
  })

  test('a corrupted message is changed as the world says, and only on its way', async () => {
    const trace = new Trace()
    const corrupted = (message: string) => message.toUpperCase()
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], { link: { corruption: 1 }, corrupted, trace })
    sendAt(0, 'a', 'b', 'hello')
    await ran(simulation, 10)
    expect(heard, 'the option `corrupted` says what the receiver gets').toEqual(['b heard HELLO from a at 1 ms'])
    expect(trace.events(), 'what was sent was not corrupted yet').toContainEqual(
      expect.objectContaining({ kind: 'send', message: 'hello' }),
    )
  })

  test('a world that corrupts messages must say how', async () => {
    const { simulation, sendAt } = listeningWorld(['a', 'b'], { link: { corruption: 1 } })
    sendAt(0, 'a', 'b', 'hello')
    const rule = 'nobody said what a corrupted message looks like: the run must fail and ask for it'
    const failure = await failureOf(ran(simulation, 10), rule)
    expect(String(failure), rule).toContain('corrupted')
  })

  test('a narrow link carries one message after the other, and loses what does not fit into its queue', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], {
      link: { bytesPerMs: 1, queueBytesMax: 10 },
      sizeBytes: (message) => message.length,
    })
    sendAt(0, 'a', 'b', 'first', 'second', 'third')
    sendAt(0, 'b', 'a', 'back')
    await ran(simulation, 100)
    const carried = ['a heard back from b at 5 ms', 'b heard first from a at 6 ms', 'b heard third from a at 11 ms']
    expect(heard, '5 + 6 bytes do not fit into 10, 5 + 5 do; each way has a queue of its own').toEqual(carried)
  })

  test('a change of one link leaves the way back and all others as they were', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b', 'c'])
    simulation.network.link('a', 'b').change({ latencyMs: constant(50) })
    sendAt(0, 'a', 'b', 'slow')
    sendAt(0, 'b', 'a', 'fast')
    sendAt(0, 'a', 'c', 'fast')
    await ran(simulation, 100)
    const arrived = ['a heard fast from b at 1 ms', 'c heard fast from a at 1 ms', 'b heard slow from a at 50 ms']
    expect(heard, '50 ms from a to b, and 1 ms on every other link').toEqual(arrived)
  })

  test('whatever is lost stands in the trace with the reason', async () => {
    const trace = new Trace()
    const { simulation, sendAt } = listeningWorld(['a', 'b', 'c', 'd'], { trace })
    simulation.network.link('a', 'c').change({ loss: 1 })
    simulation.at(1, () => simulation.network.partition(['a'], ['b']))
    simulation.at(1, () => simulation.crash('d'))
    for (const to of ['b', 'c', 'd']) sendAt(2, 'a', to, 'hello')
    await ran(simulation, 10)
    const losses = trace.events().flatMap((event) => (event.kind === 'lose' ? [`${event.to}: ${event.why}`] : []))
    expect(losses, 'b is cut off, the link to c loses everything, and d is down: each loss has its own reason').toEqual(
      ['b: cut', 'c: lost', 'd: down'],
    )
  })
})
