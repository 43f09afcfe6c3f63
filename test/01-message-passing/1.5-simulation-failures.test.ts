import { describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import type { HostProgram } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { failureOf, listeningWorld, ran, ranToEnd, told } from './listening-world.ts'

describe('a program that fails ends the run with its name and the moment', () => {
  const outOfPaper = new Error('out of paper')
  const fail = (): never => {
    throw outOfPaper
  }
  const programs: readonly (readonly [string, HostProgram<string>])[] = [
    ['at its start', fail],
    ['at its start, as an async function', async () => fail()],
    ['after an await', (host) => sleep(host.clock, 0).then(fail)],
    ['in a timer', (host) => void host.clock.schedule(0, fail)],
    ['in its handler of messages', (host) => host.onMessage(fail)],
  ]
  test.each(programs)('%s', async (when, program) => {
    const simulation = new Simulation<string>({ seed: 1 })
    simulation.at(7, () => simulation.host('printer', program))
    simulation.at(7, () => simulation.network.send('printer', 'printer', 'a page'))
    const atMs = when.includes('messages') ? 8 : 7
    const failure = await failureOf(
      ran(simulation, 100),
      'the program of printer threw: the run must fail with HostFailed',
    )
    const expected = ['HOST_FAILED', `printer failed at ${atMs} ms: out of paper`]
    expect(told(failure), 'the run must fail with HostFailed, which names the host and the moment').toEqual(expected)
    expect(failure, '`host` is the name of the host that failed').toHaveProperty('host', 'printer')
    expect(failure, '`cause` is what the program threw').toHaveProperty('cause', outOfPaper)
    expect(simulation.nowMs, 'nothing happens after the failure').toBe(atMs)
  })

  test('the failure of a program that a crash has taken is nobody’s', async () => {
    const simulation = new Simulation({ seed: 1 })
    let failLater = () => {}
    simulation.host('a', () => new Promise((_, reject) => (failLater = () => reject(new Error('too late')))))
    simulation.at(10, () => simulation.crash('a'))
    simulation.at(20, () => failLater())
    await ran(simulation, 100)
    expect(simulation.nowMs, 'the program was gone when it failed: the run must come to its end at 100 ms').toBe(100)
  })

  test('a stage direction that throws ends the run with what it threw', async () => {
    const simulation = new Simulation({ seed: 1 })
    const broken = new Error('the curtain is stuck')
    simulation.at(10, () => {
      throw broken
    })
    const rule = 'a stage direction belongs to no host: the run must fail with the very error that it threw'
    expect(await failureOf(ran(simulation, 100), rule), rule).toBe(broken)
  })
})

describe('a program after the crash of its host', () => {
  test('has no effect any more, even if something outside wakes it', async () => {
    const { simulation, heard } = listeningWorld(['b'])
    let wake = () => {}
    simulation.host('a', async (host) => {
      await new Promise<void>((woken) => {
        wake = woken
      })
      host.send('b', 'I am dead')
      host.clock.schedule(1, () => host.send('b', 'and set a timer'))
    })
    simulation.at(10, () => simulation.crash('a'))
    simulation.at(20, () => wake())
    await ran(simulation, 100)
    expect(heard, 'a machine that is down sends nothing').toEqual([])
  })

  test('has no effect from the very moment, even if it brought the crash about', async () => {
    const { simulation, heard } = listeningWorld(['b'])
    simulation.host('a', (host) => {
      host.clock.schedule(10, () => {
        simulation.crash('a')
        host.send('b', 'I am dead')
      })
    })
    await ran(simulation, 100)
    expect(heard, 'the timer that crashes a goes on, but what it sends after that must not leave the machine').toEqual(
      [],
    )
  })
})

describe('a host that never yields', () => {
  test('is named, and the run is given up', async () => {
    const simulation = new Simulation({ seed: 1, eventsAtOnceMax: 100 })
    simulation.host('patient', (host) => sleep(host.clock, 50))
    simulation.host('restless', async (host) => {
      await sleep(host.clock, 5)
      for (;;) await sleep(host.clock, 0)
    })
    const rule = 'restless waits 0 ms in a loop: #moveTo must get to see each event, to give the run up after 100'
    const failure = await failureOf(ran(simulation, 100), rule)
    expect(told(failure), rule).toEqual(['RUN_STUCK', expect.stringMatching(/100 events.* 5 ms.*restless/)])
  })

  test('is not to be confused with one that does much at one moment, again and again', async () => {
    const simulation = new Simulation({ seed: 1, eventsAtOnceMax: 100 })
    simulation.host('busy', async (host) => {
      for (let n = 0; n < 5; n++) {
        for (let wait = 0; wait < 60; wait++) await sleep(host.clock, 0)
        await sleep(host.clock, 1)
      }
    })
    await ranToEnd(simulation, 100)
    expect(
      simulation.nowMs,
      '60 events at a time are fewer than 100: time moved on in between, and the run must come to its end',
    ).toBe(5)
  })
})

describe('a mistake in the stage directions is refused, and the error names it', () => {
  const cases: readonly (readonly [string, (simulation: Simulation<string>) => void, string])[] = [
    ['a host nobody knows crashes', (simulation) => simulation.crash('x'), 'x'],
    ['a host nobody knows is paused', (simulation) => simulation.pause('x'), 'x'],
    ['a link leads to a host nobody knows', (simulation) => simulation.network.link('a', 'x'), 'x'],
    ['a partition of a host nobody knows', (simulation) => simulation.network.partition(['x'], ['a']), 'x'],
    ['a second host of one name', (simulation) => simulation.host('a', () => {}), 'a'],
    ['something is to happen in the past', (simulation) => simulation.at(4, () => {}), '4'],
    ['something is to happen at no moment', (simulation) => simulation.at(Number.NaN, () => {}), 'NaN'],
    ['a clock is to stand still', (simulation) => simulation.drift('a', 0), '0'],
    ['a clock is to run backwards', (simulation) => simulation.drift('a', -1), '-1'],
    ['a clock is to jump nowhere', (simulation) => simulation.jump('a', Number.NaN), 'NaN'],
  ]
  test.each(cases)('%s', async (_name, direct, named) => {
    const { simulation } = listeningWorld(['a', 'b'])
    await ran(simulation, 5)
    const attempt = () => direct(simulation)
    expect(attempt, 'this must be refused at once, with a RangeError').toThrow(RangeError)
    expect(attempt, `the error must name ${named}`).toThrow(new RegExp(`(^|[^\\w.])${named}\\b`))
  })

  test.each([-1, 1.5, 2 ** 32, Number.NaN])('a seed of %d', (seed) => {
    expect(() => new Simulation({ seed }), 'this seed must be refused, with an error that names it').toThrow(
      String(seed),
    )
  })

  test('a link that loses more than everything', () => {
    const create = () => listeningWorld(['a'], { link: { loss: 1.2 } })
    expect(create, 'it must be refused, with an error that names the setting and its value').toThrow(/loss.*1\.2/)
  })

  const programs: readonly (readonly [string, HostProgram<string>, RegExp])[] = [
    ['a message to a host nobody knows', (host) => host.send('x', 'hello'), /\bx\b.*\bprinter\b/],
    ['a delay below 0', (host) => void host.clock.schedule(-5, () => {}), /-5/],
    ['a sleep that never ends', (host) => sleep(host.clock, Infinity), /Infinity/],
    ['a delay that is no number', (host) => void host.clock.schedule(Number.NaN, () => {}), /NaN/],
  ]
  test.each(programs)('a program asks for %s', async (_name, program, named) => {
    const simulation = new Simulation<string>({ seed: 1 })
    simulation.host('printer', program)
    const rule = 'the program asked for what can not be: the run must fail, and name the host and what it asked for'
    const failure = await failureOf(ran(simulation, 10), rule)
    expect(told(failure), rule).toEqual(['HOST_FAILED', expect.stringMatching(named)])
    expect(failure, 'the `cause` is the RangeError that refused it').toHaveProperty('cause', expect.any(RangeError))
  })
})
