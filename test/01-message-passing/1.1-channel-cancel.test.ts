import { describe, expect, test } from 'vitest'
import { Channel, ChannelClosed, EMPTY } from '#message-passing/channel'
import { observe, outcome, settle, waitFor } from '../observe.ts'

describe('withdrawing a wait', () => {
  test('the function that `wait` answers takes the waiter out of its line', () => {
    const channel = new Channel<string>(0)
    const told: unknown[] = []
    const completion = { complete: (value: unknown) => told.push(value), fail: (error: unknown) => told.push(error) }
    const withdrawReceiver = waitFor(channel.receiving(), completion)
    const onItsOwn =
      'the function that `wait` answers must take the waiter out of its line when it is called on its own; a method taken off its object has lost its `this`'
    expect(() => withdrawReceiver(), onItsOwn).not.toThrow()
    expect(channel.trySend('a'), 'the receiver has left its line: nobody is there to take the message').toBe(false)
    const withdrawSender = waitFor(channel.sending('b'), completion)
    expect(() => withdrawSender(), onItsOwn).not.toThrow()
    expect(channel.tryReceive(), 'the sender has left its line, and its message with it').toBe(EMPTY)
    channel.close()
    expect(told, 'after it has withdrawn nobody is told anything, by the close either').toEqual([])
  })
})

describe('cancelling a wait', () => {
  test('a receive cancelled before it began takes nothing', async () => {
    const channel = new Channel<string>(1)
    channel.trySend('a')
    const cancelled = observe(channel.receive(AbortSignal.abort('enough')))
    await settle()
    expect(outcome(cancelled), 'its signal was aborted before').toBe('fails: enough')
    expect(channel.tryReceive(), 'the message must still be there').toBe('a')
  })

  test('a cancelled receive does not swallow the next message', async () => {
    const channel = new Channel<string>(1)
    const controller = new AbortController()
    const cancelled = observe(channel.receive(controller.signal))
    const patient = observe(channel.receive())
    await settle()
    controller.abort('enough')
    await settle()
    expect(outcome(cancelled), 'an aborted receive rejects with the reason of its signal').toBe('fails: enough')
    expect(channel.trySend('hello'), 'a receiver still waits, so the message must be taken').toBe(true)
    await settle()
    expect(
      outcome(patient),
      channel.size === 0
        ? 'the message went to the receiver that had left the line, and not to the one that still waits'
        : 'the message went into the buffer although a receiver waits',
    ).toBe('gets hello')
    expect(channel.trySend('next'), 'nobody waits any more, and the buffer has room').toBe(true)
    expect(channel.tryReceive(), 'nobody waits any more: this message is in the buffer').toBe('next')
  })

  test('a send cancelled before it began sends nothing, even if there is room', async () => {
    const channel = new Channel<string>(1)
    const cancelled = observe(channel.send('a', AbortSignal.abort('enough')))
    await settle()
    expect(outcome(cancelled), 'its signal was aborted before').toBe('fails: enough')
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
    expect(outcome(cancelled), 'an aborted send rejects with the reason of its signal').toBe('fails: enough')
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
    const channel = new Channel<string>(2)
    const controller = new AbortController()
    const received: string[] = []
    const loop = async () => {
      for await (const message of channel.messages(controller.signal)) received.push(message)
    }
    const looping = observe(loop())
    channel.trySend('a')
    await settle()
    controller.abort('enough')
    await settle()
    expect(outcome(looping), 'the loop must not wait for ever').toBe('fails: enough')
    channel.trySend('b')
    expect(received, 'the loop ran when a was sent, and had ended when b was').toEqual(['a'])
    expect(channel.tryReceive(), 'the loop was over: this message must be in the buffer').toBe('b')
  })

  test('a signal that is aborted after the wait changes nothing', async () => {
    const channel = new Channel<string>(1)
    const controller = new AbortController()
    const received = observe(channel.receive(controller.signal))
    await settle()
    const sent = observe(channel.send('a', controller.signal))
    await settle()
    expect(sent.state, 'a receiver waits for the message').toBe('done')
    controller.abort('too late')
    await settle()
    expect(outcome(received), 'the message came before the abort').toBe('gets a')
    expect(channel.trySend('b'), 'nobody waits any more, and the buffer has room').toBe(true)
    expect(channel.size, 'nobody waits any more: the message goes into the buffer').toBe(1)
  })
})

const inTime = 'tell whoever waits inside the call that ends the wait, and not in a promise after it'

describe('an abort in the same turn as the end of the wait, but after it', () => {
  test('a receiver that was given a message has it: the abort comes too late', async () => {
    const channel = new Channel<string>(1)
    const controller = new AbortController()
    const received = observe(channel.receive(controller.signal))
    await settle()
    expect(channel.trySend('a'), 'a receiver waits for the message').toBe(true)
    controller.abort('too late')
    await settle()
    expect(outcome(received), `trySend answered true, and the message is lost: ${inTime}`).toBe('gets a')
  })

  test('a sender whose message was received hears so: the abort comes too late', async () => {
    const channel = new Channel<string>(0)
    const controller = new AbortController()
    const sent = observe(channel.send('a', controller.signal))
    await settle()
    expect(channel.tryReceive(), 'a sender waits with a message').toBe('a')
    controller.abort('too late')
    await settle()
    expect(sent.state, `the message has arrived, and its sender believes that it never will: ${inTime}`).toBe('done')
  })

  test('a sender and a receiver that wait when the channel is closed hear of the close', async () => {
    const [full, empty] = [new Channel<string>(0), new Channel<string>(0)]
    const controller = new AbortController()
    const sent = observe(full.send('a', controller.signal))
    const received = observe(empty.receive(controller.signal))
    await settle()
    full.close()
    empty.close()
    controller.abort('too late')
    await settle()
    expect(sent.error, `the close came first, and so the sender hears of that: ${inTime}`).toBeInstanceOf(ChannelClosed)
    expect(outcome(received), `the close came first, and so the receiver hears of that: ${inTime}`).toBe('gets CLOSED')
  })
})
