import { describe, expect, test } from 'vitest'
import { Broadcast, type Delivery } from '#message-passing/broadcast'
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import type { Receiver } from '#message-passing/receiver'
import { atOnce, observe, settle } from '../observe.ts'

/** Receives `count` times. What should come is there already, so nothing here waits. */
async function receive<T>(subscriber: Receiver<Delivery<T>>, count: number) {
  const received: (Delivery<T> | typeof CLOSED)[] = []
  for (let n = 0; n < count; n++) {
    received.push(await atOnce(subscriber.receive(), `receive ${n} of a subscriber that has something to receive`))
  }
  return received
}

describe('publishing', () => {
  test('every subscriber receives every message, in the order in which they were published', async () => {
    const broadcast = new Broadcast<string>(4)
    const subscribers = [broadcast.subscribe(), broadcast.subscribe()]
    for (const message of ['a', 'b', 'c']) broadcast.publish(message)
    const all = [
      { value: 'a', missed: 0 },
      { value: 'b', missed: 0 },
      { value: 'c', missed: 0 },
    ]
    for (const subscriber of subscribers) {
      expect(await receive(subscriber, 3), 'does one subscriber take messages away from another?').toEqual(all)
    }
  })

  test('all subscribers that wait are woken by one message', async () => {
    const broadcast = new Broadcast<string>(4)
    const waiting = [broadcast.subscribe(), broadcast.subscribe(), broadcast.subscribe()].map((subscriber) =>
      observe(subscriber.receive()),
    )
    await settle()
    broadcast.publish('news')
    await settle()
    expect(
      waiting.map((receive) => receive.value),
      'a broadcast gives each message to all, and not only to the first who waits',
    ).toEqual(Array(3).fill({ value: 'news', missed: 0 }))
  })

  test('a subscriber receives what is published after it subscribed, and nothing older', async () => {
    const broadcast = new Broadcast<string>(4)
    broadcast.publish('old')
    const subscriber = broadcast.subscribe()
    const received = observe(subscriber.receive())
    await settle()
    expect(received.state, 'it subscribed after the only message: there is nothing for it yet').toBe('waiting')
    broadcast.publish('new')
    await settle()
    expect(received.value, 'and what came before it is nothing that it missed').toEqual({ value: 'new', missed: 0 })
  })

  test('messages are counted, whether anybody subscribes or not', () => {
    const broadcast = new Broadcast<string>(2)
    for (const message of ['a', 'b', 'c']) broadcast.publish(message)
    expect(broadcast.published, 'three messages were published, and nobody need have subscribed').toBe(3)
  })

  test('any value can be a message, undefined and null too', async () => {
    const broadcast = new Broadcast<unknown>(4)
    const subscriber = broadcast.subscribe()
    for (const message of [undefined, null, 0, '']) broadcast.publish(message)
    const values = (await receive(subscriber, 4)).map((received) => (received === CLOSED ? CLOSED : received.value))
    expect(values, 'is a message mistaken for "nothing" because it is falsy?').toEqual([undefined, null, 0, ''])
  })
})

describe('falling behind', () => {
  test('a subscriber can be `capacity` messages behind and miss none', async () => {
    const broadcast = new Broadcast<number>(3)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    expect(await receive(subscriber, 3), 'three are kept, and the subscriber has missed none').toEqual(
      [0, 1, 2].map((value) => ({ value, missed: 0 })),
    )
  })

  test('one that falls further behind misses the oldest, and is told how many', async () => {
    const broadcast = new Broadcast<number>(3)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2, 3, 4]) broadcast.publish(n)
    expect(await receive(subscriber, 3), '0 and 1 are gone; it goes on with the oldest that is kept').toEqual([
      { value: 2, missed: 2 },
      { value: 3, missed: 0 },
      { value: 4, missed: 0 },
    ])
  })

  test('what was missed is counted once, and anew each time', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    const first = await receive(subscriber, 1)
    for (const n of [3, 4, 5, 6]) broadcast.publish(n)
    const second = await receive(subscriber, 2)
    expect([...first, ...second], 'missed: 0, then 2 to 4; the count is of what is missing right before').toEqual([
      { value: 1, missed: 1 },
      { value: 5, missed: 3 },
      { value: 6, missed: 0 },
    ])
  })

  test('a slow subscriber costs a fast one nothing', async () => {
    const broadcast = new Broadcast<number>(2)
    const [fast, slow] = [broadcast.subscribe(), broadcast.subscribe()]
    for (let n = 0; n < 10; n++) {
      broadcast.publish(n)
      expect(await receive(fast, 1), 'the fast subscriber has missed nothing, however slow the other is').toEqual([
        { value: n, missed: 0 },
      ])
    }
    expect(await receive(slow, 1), 'messages 0 to 7 are gone, and 8 is the oldest of two').toEqual([
      { value: 8, missed: 8 },
    ])
  })

  test('the publisher never waits, however far behind its subscribers are', async () => {
    const broadcast = new Broadcast<number>(4)
    const subscriber = broadcast.subscribe()
    for (let n = 0; n < 1_000; n++) {
      expect(broadcast.publish(n), 'publish answers nothing, no promise either: there is nothing to await').toBe(
        undefined,
      )
    }
    expect(await receive(subscriber, 1), '996 messages are gone, and the subscriber must be told how many').toEqual([
      { value: 996, missed: 996 },
    ])
  })
})

describe('closing', () => {
  test('subscribers drain what is kept, and then receive CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    broadcast.close()
    expect(broadcast.closed, '`closed` answers whether the broadcast was closed').toBe(true)
    expect(await receive(subscriber, 4), 'what was published before the close can still be received').toEqual([
      { value: 1, missed: 1 },
      { value: 2, missed: 0 },
      CLOSED,
      CLOSED,
    ])
  })

  test('subscribers that wait receive CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    const waiting = [broadcast.subscribe(), broadcast.subscribe()].map((subscriber) => observe(subscriber.receive()))
    await settle()
    broadcast.close()
    await settle()
    expect(
      waiting.map((receive) => receive.value),
      'a subscriber that is not told waits for ever',
    ).toEqual([CLOSED, CLOSED])
  })

  test('who subscribes after the close receives CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    broadcast.publish(0)
    broadcast.close()
    expect(
      await receive(broadcast.subscribe(), 1),
      'what was published before the subscription is not for this subscriber, and nothing will come',
    ).toEqual([CLOSED])
  })

  test('nothing can be published after the close', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    broadcast.close()
    expect(() => broadcast.publish(0), 'publish must throw ChannelClosed once the broadcast is closed').toThrow(
      ChannelClosed,
    )
    expect(broadcast.published, 'the refused message must not count').toBe(0)
    expect(await receive(subscriber, 1), 'the refused message must not arrive').toEqual([CLOSED])
  })

  test('a loop over a subscription ends when the broadcast is closed and drained', async () => {
    const broadcast = new Broadcast<number>(4)
    const subscriber = broadcast.subscribe()
    const values: number[] = []
    const consume = async () => {
      for await (const { value } of subscriber) values.push(value)
    }
    const consumed = observe(consume())
    for (const n of [0, 1, 2]) broadcast.publish(n)
    broadcast.close()
    await settle()
    expect(values, 'the loop receives what was published before the close').toEqual([0, 1, 2])
    expect(consumed.state, 'the loop must end').toBe('done')
  })
})

describe('no two tasks share an object', () => {
  test('what the publisher changes afterwards, no subscriber sees', async () => {
    const broadcast = new Broadcast<{ price: number }>(4)
    const subscriber = broadcast.subscribe()
    const quote = { price: 1 }
    broadcast.publish(quote)
    quote.price = 2
    expect(await receive(subscriber, 1), 'the message is what it was when it was published').toEqual([
      { value: { price: 1 }, missed: 0 },
    ])
  })

  test('what one subscriber changes, no other sees', async () => {
    const broadcast = new Broadcast<{ price: number }>(4)
    const [careless, careful] = [broadcast.subscribe(), broadcast.subscribe()]
    broadcast.publish({ price: 1 })
    const [first] = await receive(careless, 1)
    if (first !== undefined && first !== CLOSED) first.value.price = 2
    expect(await receive(careful, 1), 'both subscribers were given the same object').toEqual([
      { value: { price: 1 }, missed: 0 },
    ])
  })

  test('the copy is made once for each message published and once for each received', async () => {
    let copies = 0
    const broadcast = new Broadcast<string>(2, (value) => {
      copies++
      return value
    })
    const [reads, _idles] = [broadcast.subscribe(), broadcast.subscribe()]
    for (const message of ['a', 'b', 'c']) broadcast.publish(message)
    expect(copies, 'three messages, and nobody has received any').toBe(3)
    await receive(reads, 2)
    expect(copies, 'one subscriber has received two; the missed one cost nothing').toBe(5)
  })
})

describe('the capacity', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is refused, and the error names it', (capacity) => {
    expect(
      () => new Broadcast(capacity),
      'a capacity is a whole number from 1 up: anything else is a RangeError',
    ).toThrow(RangeError)
    expect(() => new Broadcast(capacity), 'the error must name the number that was refused').toThrow(String(capacity))
  })
})
