import { describe, expect, test } from 'vitest'
import { INBOX_MESSAGES_MAX, type World } from '#message-passing/host'
import { Machine } from '#message-passing/machine'
import { Random } from '#message-passing/random'
import { Trace } from '#message-passing/trace'
import { listeningWorld, ran } from './listening-world.ts'

/** A world in which a machine is alone, and nothing happens by itself. */
const emptyWorld: World<number> = {
  nowMs: 0,
  trace: undefined,
  network: { send: () => {} },
  schedule: () => () => {},
}

function startedMachine(): Machine<number> {
  const machine = new Machine<number>('a', () => {}, emptyWorld, new Random(1))
  machine.start((error) => {
    throw error
  })
  return machine
}

describe('a delivery', () => {
  test('answers nothing when the host has the message, and otherwise why it has not', () => {
    const machine = startedMachine()
    expect(machine.deliver('b', 1), 'the host is up, and has room: there is no reason to answer').toBe(undefined)
    machine.crash()
    expect(machine.deliver('b', 2), 'the machine is down, and nobody takes the message').toBe('down')
  })

  test('answers when the inbox is full', () => {
    const machine = startedMachine()
    let delivered = 0
    while (delivered < INBOX_MESSAGES_MAX && machine.deliver('b', delivered) === undefined) delivered++
    expect(delivered, 'every message that finds room is delivered, and so no reason is answered').toBe(
      INBOX_MESSAGES_MAX,
    )
    expect(
      machine.deliver('b', delivered),
      'Host.deliver answers false: the message is lost, and the trace must say so',
    ).toBe('inbox full')
  })

  test('is no loss: in the trace of a run every message was received, and none lost', async () => {
    const trace = new Trace()
    const { simulation, sendAt } = listeningWorld(['a', 'b'], { trace })
    sendAt(0, 'a', 'b', 'one', 'two')
    await ran(simulation, 10)
    const kinds = trace.events().map((event) => event.kind)
    expect(kinds, 'both were sent, and both arrived: is the answer of Host.deliver taken the wrong way round?').toEqual(
      ['send', 'send', 'receive', 'receive'],
    )
  })
})
