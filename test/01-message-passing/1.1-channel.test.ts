import { describe, expect, test } from 'vitest'
import { Channel, EMPTY } from '#message-passing/channel'
import { atOnce, observe, outcome, settle } from '../observe.ts'

describe('without waiting', () => {
  test('messages are received in the order in which they were sent', () => {
    const channel = new Channel<string>(3)
    for (const message of ['a', 'b', 'c']) channel.trySend(message)
    const received = [channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]
    expect(received, 'the oldest message leaves the buffer first').toEqual(['a', 'b', 'c'])
  })

  test('a full channel refuses a message, and keeps what it has', () => {
    const channel = new Channel<string>(2)
    expect([channel.trySend('a'), channel.trySend('b')], 'there was room for two').toEqual([true, true])
    expect(channel.trySend('c'), 'trySend answers false when the buffer holds `capacity` messages').toBe(false)
    expect(channel.size, 'a refused message must not be kept').toBe(2)
    const received = [channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]
    expect(received, 'a and b were accepted, and c was not').toEqual(['a', 'b', EMPTY])
  })

  test('an empty channel answers EMPTY, for a message may still come', () => {
    const received = new Channel<string>(1).tryReceive()
    expect(received, 'nothing was sent yet, and the channel is open: that is EMPTY').toBe(EMPTY)
  })

  test('any value can be a message, undefined and null too', () => {
    const channel = new Channel<unknown>(4)
    for (const message of [undefined, null, 0, '']) channel.trySend(message)
    const received = [1, 2, 3, 4].map(() => channel.tryReceive())
    expect(received, 'is a message mistaken for "nothing" because it is falsy?').toEqual([undefined, null, 0, ''])
  })
})

describe('backpressure', () => {
  test('a send into a full channel waits until a receive makes room', async () => {
    const channel = new Channel<string>(1)
    await atOnce(channel.send('a'), 'the buffer has room: the send must not wait')
    const second = observe(channel.send('b'))
    await settle()
    expect(second.state, 'the buffer is full: the second send must wait').toBe('waiting')
    const first = await atOnce(channel.receive(), 'the buffer holds a message: the receive must not wait')
    expect(first, 'the message in the buffer is older than the one in line').toBe('a')
    await settle()
    expect(second.state, 'a receive made room: the second send must complete now').toBe('done')
    expect(channel.tryReceive(), 'its message must be in the buffer now').toBe('b')
  })

  test('a receive from an empty channel waits until a message is sent', async () => {
    const channel = new Channel<string>(1)
    const received = observe(channel.receive())
    await settle()
    expect(received.state, 'there is no message yet: the receive must wait').toBe('waiting')
    expect(channel.trySend('hello'), 'a receiver waits for the message: trySend answers true').toBe(true)
    await settle()
    expect(outcome(received), 'a receiver waits: the message must go to it, and not into the buffer').toBe('gets hello')
    expect(channel.size, 'the message went to the receiver, and must not be in the buffer as well').toBe(0)
  })

  test('the place that comes free goes to the sender that has waited longest', async () => {
    const channel = new Channel<string>(1)
    const senders = ['a', 'b', 'c'].map((message) => observe(channel.send(message)))
    await settle()
    const states = senders.map((sender) => sender.state)
    expect(states, 'there is room for a, and b and c must wait').toEqual(['done', 'waiting', 'waiting'])
    expect(channel.tryReceive(), 'a is the oldest message').toBe('a')
    expect(channel.trySend('late'), 'b waited for this place: a newcomer must not take it').toBe(false)
    const received = [channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]
    expect(received, 'senders move up in the order in which they began to wait').toEqual(['b', 'c', EMPTY])
  })

  test('the buffer never holds more than its capacity, however many senders wait', async () => {
    const channel = new Channel<string>(2)
    for (let n = 0; n < 50; n++) observe(channel.send(`message ${n}`))
    await settle()
    for (let n = 0; n < 50; n++) {
      expect(channel.size, `before receive ${n} the buffer holds too much`).toBeLessThanOrEqual(2)
      expect(channel.tryReceive(), 'messages come in the order in which they were sent').toBe(`message ${n}`)
    }
  })

  test('with capacity 0 a send completes only when a receiver takes the message', async () => {
    const channel = new Channel<string>(0)
    expect(channel.trySend('nobody is here'), 'no buffer and no receiver: nobody could have it').toBe(false)
    const sent = observe(channel.send('hello'))
    await settle()
    expect(sent.state, 'nobody has received: the send must wait').toBe('waiting')
    expect(channel.tryReceive(), 'there is no buffer: take the message from the sender that waits with it').toBe(
      'hello',
    )
    await settle()
    expect(sent.state, 'its message was received: the sender must be told').toBe('done')
  })

  test('with capacity 0 a message goes to a receiver that already waits', async () => {
    const channel = new Channel<string>(0)
    const received = observe(channel.receive())
    await settle()
    expect(channel.trySend('hello'), 'a receiver waits: the message must go to it').toBe(true)
    await settle()
    expect(outcome(received), 'trySend answered true, and so the receiver must have the message').toBe('gets hello')
  })
})

describe('many senders, many receivers', () => {
  test('receivers are served in the order in which they began to wait', async () => {
    const channel = new Channel<string>(1)
    const receivers = [observe(channel.receive()), observe(channel.receive())]
    await settle()
    channel.trySend('a')
    channel.trySend('b')
    await settle()
    const received = receivers.map(({ value }) => value)
    expect(received, 'the first to wait gets the first message').toEqual(['a', 'b'])
  })

  test('five producers and one consumer: every message arrives, each producer’s in its own order', async () => {
    const channel = new Channel<{ producer: number; n: number }>(4)
    const produce = async (producer: number) => {
      for (let n = 0; n < 20; n++) await channel.send({ producer, n })
    }
    const produceAll = async () => {
      await Promise.all([1, 2, 3, 4, 5].map(produce))
      channel.close()
    }
    const received = new Map<number, number[]>()
    const consume = async () => {
      for await (const { producer, n } of channel) received.set(producer, [...(received.get(producer) ?? []), n])
    }
    await atOnce(Promise.all([produceAll(), consume()]), 'a sender, or the receiver, was left waiting')
    expect(received.size, 'messages came from all five').toBe(5)
    const inOrder = Array.from({ length: 20 }, (_, n) => n)
    for (const [producer, numbers] of received) expect(numbers, `messages of producer ${producer}`).toEqual(inOrder)
  })
})

describe('the capacity', () => {
  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is refused, and the error names it', (capacity) => {
    const create = () => new Channel(capacity)
    expect(create, 'a capacity is a whole number from 0 up: anything else is a RangeError').toThrow(RangeError)
    expect(create, 'the error must name the number that was refused').toThrow(String(capacity))
  })
})
