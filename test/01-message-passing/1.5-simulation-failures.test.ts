import { describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import type { HostProgram } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { failureOf, listeningWorld, ran } from './listening-world.ts'

describe('a program that fails ends the run with its name and the moment', () => {
  const fail = (): never => {
    throw new Error('out of paper')
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
    expect(await failureOf(simulation.run(100))).toMatchObject({
      code: 'HOST_FAILED',
      host: 'printer',
      message: `printer failed at ${atMs} ms: out of paper`,
      cause: new Error('out of paper'),
    })
    expect(simulation.nowMs, 'nothing happens after the failure').toBe(atMs)
  })

  test('the failure of a program that a crash has taken is nobody’s', async () => {
    const simulation = new Simulation({ seed: 1 })
    let failLater = () => {}
    simulation.host('a', () => new Promise((_, reject) => (failLater = () => reject(new Error('too late')))))
    simulation.at(10, () => simulation.crash('a'))
    simulation.at(20, () => failLater())
    await ran(simulation.run(100))
    expect(simulation.nowMs).toBe(100)
  })

  test('a stage direction that throws ends the run with what it threw', async () => {
    const simulation = new Simulation({ seed: 1 })
    const broken = new Error('the curtain is stuck')
    simulation.at(10, () => {
      throw broken
    })
    expect(await failureOf(simulation.run(100))).toBe(broken)
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
    await ran(simulation.run(100))
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
    await ran(simulation.run(100))
    expect(heard).toEqual([])
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
    expect(await failureOf(simulation.run(100))).toMatchObject({
      code: 'RUN_STUCK',
      message: expect.stringMatching(/100 events.* 5 ms.*restless/s),
    })
  })

  test('is not to be confused with one that does much at one moment, again and again', async () => {
    const simulation = new Simulation({ seed: 1, eventsAtOnceMax: 100 })
    simulation.host('busy', async (host) => {
      for (let n = 0; n < 5; n++) {
        for (let wait = 0; wait < 60; wait++) await sleep(host.clock, 0)
        await sleep(host.clock, 1)
      }
    })
    await ran(simulation.runToEnd(100))
    expect(simulation.nowMs).toBe(5)
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
    await ran(simulation.run(5))
    expect(() => direct(simulation)).toThrow(RangeError)
    expect(() => direct(simulation)).toThrow(new RegExp(`(^|[^\\w.])${named}\\b`))
  })

  test.each([-1, 1.5, 2 ** 32, Number.NaN])('a seed of %d', (seed) => {
    expect(() => new Simulation({ seed })).toThrow(String(seed))
  })

  test('a link that loses more than everything', () => {
    expect(() => listeningWorld(['a'], { link: { loss: 1.2 } })).toThrow(/loss.*1\.2/)
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
    expect(await failureOf(simulation.run(10))).toMatchObject({
      code: 'HOST_FAILED',
      message: expect.stringMatching(named),
      cause: expect.any(RangeError),
    })
  })
})
