import { describe, expect, test } from 'vitest'
import { CLOSED } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'
import { endOf, failureOf, listeningWorld, ran, ranToEnd, told } from './listening-world.ts'

describe('time', () => {
  test('moves from event to event, and each sees its own moment', async () => {
    const simulation = new Simulation({ seed: 1 })
    const moments: number[] = []
    for (const atMs of [30, 10, 3_600_000]) simulation.at(atMs, () => moments.push(simulation.nowMs))
    await ran(simulation, 4_000_000)
    expect(moments, 'the next event is the one with the smallest moment').toEqual([10, 30, 3_600_000])
  })

  test('stops where the run ends: what is due then has happened, what is due later has not', async () => {
    const simulation = new Simulation({ seed: 1 })
    const happened: number[] = []
    for (const atMs of [99, 100, 101]) simulation.at(atMs, () => happened.push(atMs))
    await ran(simulation, 100)
    expect(
      happened,
      'what is due at 100 ms belongs to a run to 100 ms; what is due at 101 ms waits for the next',
    ).toEqual([99, 100])
    expect(simulation.nowMs, 'a run to 100 ms must leave the time at 100 ms').toBe(100)
    await ran(simulation, 150)
    expect(happened, 'the next run goes on from there').toEqual([99, 100, 101])
    expect(simulation.nowMs, 'time passes even if nothing happens in it').toBe(150)
  })

  test('never goes back: a run to a moment that has passed leaves it as it is', async () => {
    const simulation = new Simulation({ seed: 1 })
    const happened: number[] = []
    for (const atMs of [100, 120]) simulation.at(atMs, () => happened.push(atMs))
    await ran(simulation, 100)
    await ran(simulation, 40)
    expect(simulation.nowMs, 'it was 100 ms before the run to 40 ms, and must be 100 ms after it').toBe(100)
    expect(happened, 'what is due at 120 ms is not due by 40 ms').toEqual([100])
  })

  test('does not pass while an event is on: what it adds for now happens in the same run, behind what was there', async () => {
    const simulation = new Simulation({ seed: 1 })
    const happened: string[] = []
    simulation.at(10, () => {
      happened.push('first')
      simulation.at(10, () => happened.push('added'))
    })
    simulation.at(10, () => happened.push('second'))
    await ran(simulation, 10)
    expect(happened, 'events of one moment happen in the order in which they were added').toEqual([
      'first',
      'second',
      'added',
    ])
    expect(simulation.happened, 'every event is counted').toBe(3)
  })

  test('of a host is the time of its world, whatever the clock of this machine says', async () => {
    const simulation = new Simulation({ seed: 1 })
    const readings: number[] = []
    simulation.host('a', async (host) => {
      for (let n = 0; n < 3; n++) {
        await sleep(host.clock, 1_000)
        readings.push(host.clock.now(), host.wallClockMs())
      }
    })
    await ran(simulation, 5_000)
    expect(readings, 'clock and wall clock after each sleep of 1,000 ms: only the time of the world counts').toEqual([
      1_000, 1_000, 2_000, 2_000, 3_000, 3_000,
    ])
  })
})

describe('between two events', () => {
  test('every promise settles, however many steps it takes', async () => {
    const simulation = new Simulation({ seed: 1 })
    const happened: string[] = []
    simulation.host('slow', async (host) => {
      await sleep(host.clock, 10)
      for (let step = 0; step < 1_000; step++) await undefined
      happened.push(`slow at ${simulation.nowMs}`)
    })
    simulation.host('quick', async (host) => {
      await sleep(host.clock, 10)
      happened.push(`quick at ${simulation.nowMs}`)
    })
    simulation.at(11, () => happened.push('next'))
    await ran(simulation, 20)
    expect(happened, 'the next event came while a program was still at the one before').toEqual([
      'slow at 10',
      'quick at 10',
      'next',
    ])
  })

  test('promises settle after an event of the world as well, which may have settled any', async () => {
    const simulation = new Simulation({ seed: 1 })
    const happened: string[] = []
    const door = openable()
    simulation.host('a', async () => {
      await door.promise
      happened.push('a is through')
    })
    simulation.at(10, () => door.resolve())
    simulation.at(10, () => happened.push('next'))
    await ran(simulation, 10)
    expect(happened, 'the door opened in a stage direction: a must be through before the next event').toEqual([
      'a is through',
      'next',
    ])
  })
})

describe('a program', () => {
  test('that is an async function takes messages from its inbox, and sleeps', async () => {
    const simulation = new Simulation<string>({ seed: 1 })
    const heard: string[] = []
    simulation.host('server', async (host) => {
      for await (const { from, message } of host.inbox) {
        await sleep(host.clock, 10)
        host.send(from, `${message}, done`)
      }
    })
    simulation.host('client', async (host) => {
      host.send('server', 'wash')
      host.send('server', 'dry')
      for (let n = 0; n < 2; n++) {
        const received = await host.inbox.receive()
        if (received !== CLOSED) heard.push(`${received.message} at ${host.clock.now()}`)
      }
    })
    await ran(simulation, 100)
    expect(heard, '1 ms to the server, 10 ms for each order, one after the other, and 1 ms back').toEqual([
      'wash, done at 12',
      'dry, done at 22',
    ])
  })

  test('that leaves a handler is called for each message, and its timers ring', async () => {
    const simulation = new Simulation<number>({ seed: 1 })
    const heard: string[] = []
    simulation.host('ping', (host) => {
      host.clock.schedule(5, () => host.send('pong', 1))
      host.onMessage((from, n) => heard.push(`${from}: ${n} at ${host.clock.now()}`))
    })
    simulation.host('pong', (host) => host.onMessage((from, n) => host.send(from, n + 1)))
    await ran(simulation, 100)
    expect(heard, 'the timer rings at 5 ms, and there and back takes 1 ms each').toEqual(['pong: 2 at 7'])
  })

  test('sets a timer and takes it back', async () => {
    const simulation = new Simulation({ seed: 1 })
    let rung = false
    simulation.host('a', (host) => {
      const cancel = host.clock.schedule(10, () => {
        rung = true
      })
      host.clock.schedule(5, cancel)
    })
    await ran(simulation, 100)
    expect(rung, 'the timer was taken back').toBe(false)
  })

  test('may wait for ever: that is no error while nobody expects its end', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('a', () => new Promise(() => {}))
    await ran(simulation, 100)
    expect(simulation.nowMs, 'the run must go to its end at 100 ms, and not wait for a').toBe(100)
  })
})

describe('running to the end', () => {
  test('ends when every async program has ended, and not later', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('a', (host) => sleep(host.clock, 30))
    simulation.host('b', (host) => sleep(host.clock, 70))
    simulation.host('handler', () => {})
    simulation.at(500, () => {})
    await ranToEnd(simulation, 1_000)
    expect(simulation.nowMs, 'b ends last, at 70 ms: the run must stop there, and not at what is due at 500 ms').toBe(
      70,
    )
  })

  test('names who still waits when nothing more can happen', async () => {
    const { simulation } = listeningWorld(['listener'])
    simulation.host('done', async () => {})
    simulation.host('deaf', async (host) => void (await host.inbox.receive()))
    const failure = await failureOf(ranToEnd(simulation, 1_000), 'deaf waits for ever: the run must fail and name it')
    expect(told(failure), 'deaf is the one that still waits').toEqual(['RUN_STUCK', expect.stringContaining('deaf')])
    expect(String(failure), 'these have ended, or never wait').not.toMatch(/done|listener/)
  })

  test('names who has not ended in time', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('slow', (host) => sleep(host.clock, 5_000))
    const failure = await failureOf(
      ranToEnd(simulation, 1_000),
      'slow sleeps until 5,000 ms: the run must fail and name it',
    )
    expect(told(failure), 'slow is the one that has not ended').toEqual(['RUN_STUCK', expect.stringContaining('slow')])
  })

  test('does not wait for a host that has crashed', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.host('a', (host) => sleep(host.clock, 5_000))
    simulation.at(10, () => simulation.crash('a'))
    await ranToEnd(simulation, 1_000)
    expect(simulation.nowMs, 'a crashed at 10 ms: nobody is left to wait for').toBe(10)
  })
})

describe('rules', () => {
  test('are looked at after every event, so that nothing wrong stays unseen, however short', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    let lights = 1
    simulation.rules.always('one light is on', () => lights === 1 || `${lights} are on`)
    simulation.at(10, () => lights++)
    simulation.at(10, () => lights--)
    const rule = 'at 10 ms two lights were on between two events: the rules must be looked at after the first of them'
    const failure = await failureOf(ran(simulation, 100), rule)
    expect(told(failure), rule).toEqual(['RULE_BROKEN', 'one light is on', 'but at 10 ms: 2 are on'])
    expect(trace.events().at(-1), 'the trace ends with what was wrong').toEqual({
      atMs: 10,
      kind: 'broken',
      rule: 'one light is on',
      seen: '2 are on',
    })
  })

  test('are looked at when promises have settled, and not in the middle of a step', async () => {
    const simulation = new Simulation({ seed: 1 })
    let [here, there] = [10, 0]
    simulation.rules.always('money is neither made nor lost', () => here + there === 10 || `it is ${here + there}`)
    simulation.host('bank', async (host) => {
      host.clock.schedule(10, async () => {
        here -= 5
        await undefined
        there += 5
      })
    })
    const rule = 'the rule was looked at while a promise of the event was on its way: let all of them settle first'
    expect(await endOf(ran(simulation, 100)), rule).toEqual(['came to its end'])
    expect([here, there], '5 of 10 went from here to there at 10 ms').toEqual([5, 5])
  })

  test('may expect something by the end of the run, when nothing happens any more', async () => {
    const simulation = new Simulation({ seed: 1 })
    simulation.rules.eventually('a leader is elected', 80, () => 'nobody stands')
    simulation.at(10, () => {})
    await ran(simulation, 79)
    const rule =
      'the rule is due at 80 ms, where no event is: look at the rules once more when time has come to the end of the run'
    const failure = await failureOf(ran(simulation, 80), rule)
    expect(told(failure), rule).toEqual(['RULE_BROKEN', 'a leader is elected', 'but at 80 ms: nobody stands'])
  })
})

function openable(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve: () => resolve() }
}
