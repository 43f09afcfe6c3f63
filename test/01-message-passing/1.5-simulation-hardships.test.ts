import { describe, expect, test } from 'vitest'
import { CLOSED } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import { constant } from '#message-passing/distributions'
import type { HostProgram } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import { listeningWorld, ran } from './listening-world.ts'

/** Writes down, every 10 ms of its own clock, how often it has done so since it started. */
function ticker(simulation: Simulation, ticks: string[]): HostProgram<unknown> {
  return async (host) => {
    for (let count = 1; ; count++) {
      await sleep(host.clock, 10)
      ticks.push(`${count} at ${simulation.nowMs}`)
    }
  }
}

describe('a crash', () => {
  test('stops a program where it is, and a restart begins it again with new variables', async () => {
    const simulation = new Simulation({ seed: 1 })
    const ticks: string[] = []
    simulation.host('a', ticker(simulation, ticks))
    simulation.at(25, () => simulation.crash('a'))
    simulation.at(100, () => simulation.restart('a'))
    await ran(simulation, 120)
    expect(ticks, 'nothing between 25 and 100 ms, and then from 1 again').toEqual([
      '1 at 10',
      '2 at 20',
      '1 at 110',
      '2 at 120',
    ])
  })

  test('takes the timers of a host: they do not ring, even if its machine is up again by then', async () => {
    const simulation = new Simulation({ seed: 1 })
    const rung: string[] = []
    let starts = 0
    simulation.host('a', (host) => {
      const start = ++starts
      host.clock.schedule(50, () => rung.push(`timer of start ${start} at ${simulation.nowMs}`))
    })
    simulation.at(20, () => simulation.crash('a'))
    simulation.at(30, () => simulation.restart('a'))
    await ran(simulation, 200)
    expect(rung, 'the timer that was set before the crash is dead').toEqual(['timer of start 2 at 80'])
  })

  test('loses what arrives while the machine is down, and not what is still on its way when it is up again', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], { link: { latencyMs: constant(20) } })
    sendAt(0, 'a', 'b', 'into the dark')
    sendAt(15, 'a', 'b', 'to the next one')
    simulation.at(10, () => simulation.crash('b'))
    simulation.at(30, () => simulation.restart('b'))
    await ran(simulation, 100)
    expect(heard, 'a message on its way knows nothing of the crash').toEqual([
      'b heard to the next one from a at 35 ms',
    ])
  })

  test('lets arrive what the host had sent', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'], { link: { latencyMs: constant(20) } })
    sendAt(0, 'a', 'b', 'last words')
    simulation.at(1, () => simulation.crash('a'))
    await ran(simulation, 100)
    expect(heard, 'a message that is on its way arrives, whatever becomes of its sender').toEqual([
      'b heard last words from a at 20 ms',
    ])
  })

  test('empties the inbox', async () => {
    const simulation = new Simulation<string>({ seed: 1 })
    const read: string[] = []
    simulation.host('a', async (host) => {
      await sleep(host.clock, 50)
      for (let size = host.inbox.size; size > 0; size--) {
        const received = await host.inbox.receive()
        if (received !== CLOSED) read.push(received.message)
      }
    })
    simulation.at(10, () => simulation.network.send('a', 'a', 'before'))
    simulation.at(20, () => simulation.crash('a'))
    simulation.at(20, () => simulation.restart('a'))
    simulation.at(30, () => simulation.network.send('a', 'a', 'after'))
    await ran(simulation, 100)
    expect(read, 'what had come before the crash is lost, read or not').toEqual(['after'])
  })

  test('spares what was made outside of the program, as a disk is spared', async () => {
    const simulation = new Simulation({ seed: 1 })
    const disk: number[] = []
    simulation.host('a', () => void disk.push(disk.length))
    simulation.at(10, () => simulation.crash('a'))
    simulation.at(20, () => simulation.restart('a'))
    await ran(simulation, 30)
    expect(
      disk,
      'each start adds to the same list: a crash must not touch what was made outside of the program',
    ).toEqual([0, 1])
  })

  test('leaves the other machines alone', async () => {
    const simulation = new Simulation({ seed: 1 })
    const ticks: string[] = []
    simulation.host('a', () => {})
    simulation.host('b', ticker(simulation, ticks))
    simulation.at(15, () => simulation.crash('a'))
    await ran(simulation, 30)
    expect(ticks, 'a crashed, and not b: its timers must ring on').toEqual(['1 at 10', '2 at 20', '3 at 30'])
    expect([simulation.isUp('a'), simulation.isUp('b')]).toEqual([false, true])
  })

  test('of a machine that is down is a mistake, and so is a restart of one that is up', async () => {
    const { simulation } = listeningWorld(['a'])
    await ran(simulation, 0)
    expect(() => simulation.restart('a'), 'a is up: a restart must be refused with a RangeError').toThrow(RangeError)
    simulation.crash('a')
    expect(
      () => simulation.crash('a'),
      'a is down already: a second crash must be refused, with an error that names it',
    ).toThrow(/\ba\b/)
    simulation.restart('a')
    expect(simulation.isUp('a'), 'the crash that was refused must change nothing: a starts as ever').toBe(true)
  })
})

describe('a pause', () => {
  test('holds everything back from a machine, and lets it happen in order when it is resumed', async () => {
    const simulation = new Simulation<string>({ seed: 1 })
    const happened: string[] = []
    simulation.host('a', (host) => {
      host.onMessage((_from, message) => happened.push(`${message} at ${host.clock.now()}`))
      host.clock.schedule(40, () => happened.push(`timer at ${host.clock.now()}`))
    })
    simulation.host('b', (host) => {
      for (const delayMs of [20, 30, 50]) host.clock.schedule(delayMs, () => host.send('a', `sent at ${delayMs}`))
    })
    simulation.at(10, () => simulation.pause('a'))
    await ran(simulation, 99)
    expect(happened, 'nothing happens to a machine that is paused').toEqual([])
    simulation.at(100, () => simulation.resume('a'))
    await ran(simulation, 200)
    const order = ['sent at 20 at 100', 'sent at 30 at 100', 'timer at 100', 'sent at 50 at 100']
    expect(happened, 'its clock went on: everything happens at the moment of the resumption').toEqual(order)
  })

  test('does not let what is due at the moment of the resumption overtake what had piled up', async () => {
    const simulation = new Simulation({ seed: 1 })
    const rung: number[] = []
    simulation.at(30, () => simulation.resume('a'))
    simulation.host('a', (host) => {
      for (const delayMs of [30, 20]) host.clock.schedule(delayMs, () => rung.push(delayMs))
    })
    simulation.at(10, () => simulation.pause('a'))
    await ran(simulation, 100)
    expect(
      rung,
      'the timer of 20 ms had piled up: it happens before that of 30 ms, which is due at the resumption',
    ).toEqual([20, 30])
  })

  test('holds back a program that awaits as well, and leaves the other machines alone', async () => {
    const simulation = new Simulation({ seed: 1 })
    const [paused, free]: [string[], string[]] = [[], []]
    simulation.host('a', ticker(simulation, paused))
    simulation.host('b', ticker(simulation, free))
    simulation.at(15, () => simulation.pause('a'))
    simulation.at(15, () => simulation.pause('a')) // once more does nothing
    simulation.at(38, () => simulation.resume('a'))
    await ran(simulation, 50)
    expect(
      paused,
      'the sleep that ended during the pause must go on at 38 ms, and the next one 10 ms after it',
    ).toEqual(['1 at 10', '2 at 38', '3 at 48'])
    expect(free, 'a was paused, and not b').toEqual(['1 at 10', '2 at 20', '3 at 30', '4 at 40', '5 at 50'])
  })

  test('ends with a crash, and what had piled up is lost', async () => {
    const { simulation, heard, sendAt } = listeningWorld(['a', 'b'])
    simulation.at(5, () => simulation.pause('b'))
    sendAt(10, 'a', 'b', 'piled up')
    simulation.at(20, () => simulation.crash('b'))
    simulation.at(30, () => simulation.restart('b'))
    sendAt(40, 'a', 'b', 'afterwards')
    await ran(simulation, 100)
    expect(heard, 'the machine that is up again is not paused, and remembers nothing').toEqual([
      'b heard afterwards from a at 41 ms',
    ])
  })
})

describe('clocks that are wrong', () => {
  test('a clock that runs fast sees more time pass, and its timers ring sooner', async () => {
    const simulation = new Simulation({ seed: 1 })
    const readings: string[] = []
    simulation.at(0, () => simulation.drift('a', 2))
    simulation.host('a', async (host) => {
      await sleep(host.clock, 100)
      readings.push(`${host.clock.now()} by its clock, ${simulation.nowMs} in the world`)
    })
    await ran(simulation, 1_000)
    expect(readings, 'at twice the rate a sleep of 100 ms by its clock takes 50 ms of the world').toEqual([
      '100 by its clock, 50 in the world',
    ])
  })

  test('a change of the rate does not make the clock jump, and a timer that is set keeps its moment', async () => {
    const simulation = new Simulation({ seed: 1 })
    const readings: number[][] = []
    simulation.host('a', (host) => {
      const read = () => readings.push([simulation.nowMs, host.clock.now(), host.wallClockMs()])
      host.clock.schedule(300, read)
      simulation.at(100, read)
      simulation.at(200, read)
    })
    simulation.at(100, () => simulation.drift('a', 0.5))
    await ran(simulation, 1_000)
    expect(
      readings,
      'world, clock, wall clock: at half the rate from 100 ms on; the timer keeps its moment in the world',
    ).toEqual([
      [100, 100, 100],
      [200, 150, 150],
      [300, 200, 200],
    ])
  })

  test('a jump sets the wall clock forward or back, and leaves the clock that timers use alone', async () => {
    const simulation = new Simulation({ seed: 1 })
    const readings: number[][] = []
    simulation.host('a', async (host) => {
      for (let n = 0; n < 3; n++) {
        await sleep(host.clock, 100)
        readings.push([host.clock.now(), host.wallClockMs()])
      }
    })
    simulation.at(150, () => simulation.jump('a', 5_000))
    simulation.at(250, () => simulation.jump('a', -5_050))
    await ran(simulation, 1_000)
    expect(readings, 'clock, wall clock: the jumps of 5,000 and -5,050 ms move the wall clock only').toEqual([
      [100, 100],
      [200, 5_200],
      [300, 250],
    ])
  })

  test('a crash does not set a clock right: it is a chip on the board', async () => {
    const simulation = new Simulation({ seed: 1 })
    const readings: number[][] = []
    simulation.host('a', (host) => void readings.push([host.clock.now(), host.wallClockMs()]))
    simulation.at(100, () => {
      simulation.jump('a', 7)
      simulation.crash('a')
    })
    simulation.at(200, () => simulation.restart('a'))
    await ran(simulation, 300)
    expect(
      readings,
      'clock, wall clock at both starts: they go on through the crash, and the jump of 7 ms stays',
    ).toEqual([
      [0, 0],
      [200, 207],
    ])
  })
})
