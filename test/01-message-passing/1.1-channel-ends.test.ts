import { describe, expect, test } from 'vitest'
import { Channel, ChannelClosed, CLOSED, EMPTY } from '#message-passing/channel'
import { atOnce, observe, settle } from '../observe.ts'

describe('closing', () => {
  test('a closed channel can still be drained, and answers CLOSED after its last message', async () => {
    const channel = new Channel<number>(2)
    channel.trySend(1)
    channel.trySend(2)
    channel.close()
    const received = await atOnce(receiveThree(channel), 'a closed channel makes nobody wait')
    expect(received, 'what was sent before the close must still arrive').toEqual([1, 2, CLOSED])
    expect(channel.tryReceive(), 'CLOSED and not EMPTY: no message will ever come').toBe(CLOSED)
  })

  test('a send into a closed channel fails', async () => {
    const channel = new Channel<number>(1)
    channel.close()
    expect(channel.closed, '`closed` answers whether the channel was closed').toBe(true)
    expect(() => channel.trySend(1), 'false would mean "full for now": here it is never').toThrow(ChannelClosed)
    const sent = observe(channel.send(1))
    await settle()
    expect(sent.error, 'nobody will ever receive this message: its sender must hear so').toBeInstanceOf(ChannelClosed)
    expect(channel.size, 'the refused messages must not be in the buffer').toBe(0)
  })

  test('receivers that wait when the channel is closed get CLOSED', async () => {
    const channel = new Channel<number>(1)
    const receivers = [observe(channel.receive()), observe(channel.receive())]
    await settle()
    channel.close()
    await settle()
    expect(
      receivers.map((receiver) => receiver.value),
      'a receiver that is not told waits for ever',
    ).toEqual([CLOSED, CLOSED])
  })

  test('senders that wait when the channel is closed fail, and their messages never arrive', async () => {
    const channel = new Channel<string>(1)
    channel.trySend('in the buffer')
    const waiting = observe(channel.send('in line'))
    await settle()
    channel.close()
    await settle()
    expect(waiting.error, 'a waiting sender must hear that its message was not sent').toBeInstanceOf(ChannelClosed)
    expect(
      [channel.tryReceive(), channel.tryReceive()],
      'the sender was told that its message was not sent: it must not arrive',
    ).toEqual(['in the buffer', CLOSED])
  })

  test('closing again changes nothing', async () => {
    const channel = new Channel<number>(1)
    channel.trySend(1)
    channel.close()
    channel.close()
    expect([channel.tryReceive(), channel.tryReceive()]).toEqual([1, CLOSED])
  })

  test('a loop over the channel ends when it is closed and drained', async () => {
    const channel = new Channel<number>(3)
    for (const n of [1, 2, 3]) channel.trySend(n)
    channel.close()
    const received: number[] = []
    const consume = async () => {
      for await (const n of channel) received.push(n)
    }
    await atOnce(consume(), 'the channel is closed and drained, and so the loop must end')
    expect(received).toEqual([1, 2, 3])
  })

  test('a loop that is left early leaves the channel open for others', async () => {
    const channel = new Channel<number>(3)
    for (const n of [1, 2]) channel.trySend(n)
    const consumeOne = async () => {
      for await (const _ of channel) break
    }
    await atOnce(consumeOne(), 'a message was in the buffer')
    expect(channel.closed, 'who reads does not own the channel: other readers may go on').toBe(false)
    expect(channel.tryReceive()).toBe(2)
  })

  test('a consumer that throws in its loop loses only the message it had taken', async () => {
    const channel = new Channel<number>(3)
    for (const n of [1, 2]) channel.trySend(n)
    const consume = async () => {
      for await (const n of channel) throw new Error(`cannot digest ${n}`)
    }
    await expect(atOnce(consume(), 'a message was in the buffer')).rejects.toThrow('cannot digest 1')
    expect(channel.tryReceive(), 'the second message was not taken, and must still be there').toBe(2)
  })
})

describe('cancelling a wait', () => {
  test('a receive cancelled before it began takes nothing', async () => {
    const channel = new Channel<number>(1)
    channel.trySend(1)
    const cancelled = observe(channel.receive(AbortSignal.abort('enough')))
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    expect(channel.tryReceive(), 'the message must still be there').toBe(1)
  })

  test('a cancelled receive does not swallow the next message', async () => {
    const channel = new Channel<string>(1)
    const controller = new AbortController()
    const cancelled = observe(channel.receive(controller.signal))
    const patient = observe(channel.receive())
    await settle()
    controller.abort('enough')
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    expect(channel.trySend('hello'), 'a receiver still waits, so the message must be taken').toBe(true)
    await settle()
    expect(patient.value, 'the message went to a receiver that had left the line').toBe('hello')
    expect(channel.trySend('next')).toBe(true)
    expect(channel.tryReceive()).toBe('next')
  })

  test('a send cancelled before it began sends nothing, even if there is room', async () => {
    const channel = new Channel<number>(1)
    const cancelled = observe(channel.send(1, AbortSignal.abort('enough')))
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    expect(channel.tryReceive(), 'a cancelled send is definite: its message never arrives').toBe(EMPTY)
  })

  test('the message of a cancelled send never arrives, and those behind it move up', async () => {
    const channel = new Channel<string>(1)
    channel.trySend('a')
    const controller = new AbortController()
    const cancelled = observe(channel.send('b', controller.signal))
    const behind = observe(channel.send('c'))
    await settle()
    controller.abort('enough')
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    const received = [channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]
    expect(received, 'b was cancelled in line: does its place in line still hold its message?').toEqual([
      'a',
      'c',
      EMPTY,
    ])
    await settle()
    expect(behind.state, 'c was received: its sender must hear so').toBe('done')
  })

  test('a loop over the messages ends with the reason when its signal is aborted, and loses no message', async () => {
    const channel = new Channel<number>(2)
    const controller = new AbortController()
    const received: number[] = []
    const loop = async () => {
      for await (const n of channel.messages(controller.signal)) received.push(n)
    }
    const looping = observe(loop())
    channel.trySend(1)
    await settle()
    controller.abort('enough')
    await settle()
    expect(looping, 'the loop must not wait for ever').toMatchObject({ state: 'failed', error: 'enough' })
    channel.trySend(2)
    expect([...received, channel.tryReceive()]).toEqual([1, 2])
  })

  test('a signal that is aborted after the wait changes nothing', async () => {
    const channel = new Channel<number>(1)
    const controller = new AbortController()
    const received = observe(channel.receive(controller.signal))
    await settle()
    const sent = observe(channel.send(1, controller.signal))
    await settle()
    expect(sent.state, 'a receiver waits for the message').toBe('done')
    controller.abort('too late')
    await settle()
    expect(received).toMatchObject({ state: 'done', value: 1 })
    expect(channel.trySend(2), 'nobody waits any more, and the buffer has room').toBe(true)
    expect(channel.size).toBe(1)
  })
})

async function receiveThree<T>(channel: Channel<T>): Promise<(T | typeof CLOSED)[]> {
  return [await channel.receive(), await channel.receive(), await channel.receive()]
}
