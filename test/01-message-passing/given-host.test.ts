/** A host as its program sees it, and its idea of the time. */
import { describe, expect, test } from 'vitest'
import { INBOX_MESSAGES_MAX } from '#message-passing/host'
import { LocalTime } from '#message-passing/local-time'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'

describe('the inbox of a host', () => {
  test('keeps what comes until it is read, up to a bound; what comes on top is lost, and the trace says so', async () => {
    const trace = new Trace()
    const simulation = new Simulation<number>({ seed: 1, trace, copy: (message) => message })
    let waiting = 0
    simulation.host('flood', (host) => {
      for (let n = 0; n < INBOX_MESSAGES_MAX + 3; n++) host.send('reader', n)
    })
    simulation.host('reader', (host) => {
      host.clock.schedule(5, () => {
        waiting = host.inbox.size
      })
    })
    await simulation.run(10)
    expect(waiting).toBe(INBOX_MESSAGES_MAX)
    const lost = trace.events().filter((event) => event.kind === 'lose' && event.why === 'inbox full')
    expect(lost.length).toBe(3)
  })

  test('is bypassed once there is a handler', async () => {
    const simulation = new Simulation<string>({ seed: 1 })
    const heard: string[] = []
    simulation.host('a', (host) => {
      host.send('a', 'early')
      host.clock.schedule(5, () =>
        host.onMessage((_from, message) => heard.push(message, `${host.inbox.size} waiting`)),
      )
      host.clock.schedule(6, () => host.send('a', 'late'))
    })
    await simulation.run(10)
    expect(heard).toEqual(['late', '1 waiting'])
  })
})

describe('the trace', () => {
  test('takes the notes and the states of a host, with the moment', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    simulation.host('a', (host) => {
      host.clock.schedule(3, () => {
        host.note('I stand for election')
        host.state({ term: 2 })
      })
    })
    await simulation.run(10)
    expect(trace.events()).toEqual([
      { atMs: 3, kind: 'note', host: 'a', text: 'I stand for election' },
      { atMs: 3, kind: 'state', host: 'a', state: { term: 2 } },
    ])
  })

  test('takes every hardship', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    for (const name of ['a', 'b']) simulation.host(name, () => {})
    await simulation.run(0)
    simulation.network.partitionOneWay(['a'], ['b'])
    simulation.network.repair()
    simulation.network.hold('a', 'b')
    simulation.network.release('a', 'b')
    simulation.pause('a')
    simulation.resume('a')
    simulation.crash('a')
    simulation.restart('a')
    const kinds = trace.events().map(({ kind }) => kind)
    expect(kinds).toEqual(['cut', 'repair', 'hold', 'release', 'pause', 'resume', 'crash', 'restart'])
  })
})

describe('local time', () => {
  test('follows the world, until it drifts or jumps', () => {
    const time = new LocalTime()
    expect([time.rate, time.elapsedMs(70), time.wallMs(70)]).toEqual([1, 70, 70])
    time.drift(100, 2)
    time.jump(-30)
    expect([time.rate, time.elapsedMs(100), time.wallMs(100)]).toEqual([2, 100, 70])
    expect([time.elapsedMs(110), time.wallMs(110)]).toEqual([120, 90])
    time.drift(110, 0.5)
    time.jump(5)
    expect([time.elapsedMs(130), time.wallMs(130)], 'drifts and jumps add up').toEqual([130, 105])
  })

  test.each([0, -1, Number.NaN, Infinity])('does not run at a rate of %d, and stays as it was', (rate) => {
    const time = new LocalTime()
    expect(() => time.drift(10, rate)).toThrow(String(rate))
    expect(time.elapsedMs(20)).toBe(20)
  })

  test.each([Number.NaN, Infinity])('does not jump by %d', (byMs) => {
    expect(() => new LocalTime().jump(byMs)).toThrow(String(byMs))
  })
})
