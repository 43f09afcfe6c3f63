import { describe, expect, test } from 'vitest'
import { Broadcast } from '#message-passing/broadcast'
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { atOnce, observe, settle } from '../observe.ts'
import { expectToReceive, expectWords, inWords } from './received.ts'

describe('publishing', () => {
  test('every subscriber receives every message, in the order in which they were published', async () => {
    const broadcast = new Broadcast<string>(4)
    const subscribers = [broadcast.subscribe(), broadcast.subscribe()]
    for (const message of ['a', 'b', 'c']) broadcast.publish(message)
    for (const subscriber of subscribers) {
      await expectToReceive(subscriber, ['a', 'b', 'c'], 'does one subscriber take messages away from another?')
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
    const rule = 'three wait, and a broadcast tells all of them: does publish notify those who wait?'
    expectWords(waiting.map(inWords), ['news', 'news', 'news'], rule)
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
    expect(inWords(received), 'it waits for the new one, and what came before is nothing that it missed').toBe('new')
  })

  test('messages are counted, whether anybody subscribes or not', () => {
    const broadcast = new Broadcast<string>(2)
    for (const message of ['a', 'b', 'c']) broadcast.publish(message)
    expect(broadcast.published, 'three messages were published, and nobody need have subscribed').toBe(3)
  })

  test('any value can be a message, undefined and null too', async () => {
    const broadcast = new Broadcast<unknown>(8)
    const subscriber = broadcast.subscribe()
    for (const message of [undefined, null, 0, '']) broadcast.publish(message)
    const rule = 'is a message mistaken for "nothing" because it is falsy?'
    await expectToReceive(subscriber, ['undefined', 'null', '0', 'an empty text'], rule)
  })
})

describe('falling behind', () => {
  test('a slow subscriber costs a fast one nothing', async () => {
    const broadcast = new Broadcast<number>(2)
    const [fast, slow] = [broadcast.subscribe(), broadcast.subscribe()]
    for (let n = 0; n < 10; n++) {
      broadcast.publish(n)
      await expectToReceive(fast, [String(n)], 'the fast subscriber has missed nothing, however slow the other is')
    }
    await expectToReceive(slow, ['8 (missed 8)'], 'messages 0 to 7 are gone, and 8 is the oldest of two')
  })

  test('a subscriber can be `capacity` messages behind and miss none', async () => {
    const broadcast = new Broadcast<number>(3)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    await expectToReceive(subscriber, ['0', '1', '2'], 'three are kept, and the subscriber has missed none')
  })

  test('one that falls further behind misses the oldest, and is told how many', async () => {
    const broadcast = new Broadcast<number>(3)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2, 3, 4]) broadcast.publish(n)
    const rule = '0 and 1 are gone; it goes on with the oldest that is kept'
    await expectToReceive(subscriber, ['2 (missed 2)', '3', '4'], rule)
  })

  test('what was missed is counted once, and anew each time', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    await expectToReceive(subscriber, ['1 (missed 1)'], '0 is gone, and 1 is the oldest of two')
    for (const n of [3, 4, 5, 6]) broadcast.publish(n)
    const rule = 'after 1 it missed 2 to 4: the count is of what is missing right before a message'
    await expectToReceive(subscriber, ['5 (missed 3)', '6'], rule)
  })

  test('the publisher never waits, however far behind its subscribers are', async () => {
    const broadcast = new Broadcast<number>(4)
    const subscriber = broadcast.subscribe()
    for (let n = 0; n < 1_000; n++) {
      expect(broadcast.publish(n), 'publish answers nothing, no promise either: there is nothing to await').toBe(
        undefined,
      )
    }
    const rule = '996 messages are gone, and the subscriber must be told how many'
    await expectToReceive(subscriber, ['996 (missed 996)'], rule)
  })
})

describe('closing', () => {
  test('subscribers drain what is kept, and then receive CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    for (const n of [0, 1, 2]) broadcast.publish(n)
    broadcast.close()
    expect(broadcast.closed, '`closed` answers whether the broadcast was closed').toBe(true)
    const rule = 'what was published before the close can still be received'
    await expectToReceive(subscriber, ['1 (missed 1)', '2', 'CLOSED', 'CLOSED'], rule)
  })

  test('subscribers that wait receive CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    const waiting = [broadcast.subscribe(), broadcast.subscribe()].map((subscriber) => observe(subscriber.receive()))
    await settle()
    broadcast.close()
    await settle()
    const rule = 'a subscriber that is not told of the close waits for ever'
    expectWords(waiting.map(inWords), ['CLOSED', 'CLOSED'], rule)
  })

  test('who subscribes after the close receives CLOSED', async () => {
    const broadcast = new Broadcast<number>(2)
    broadcast.publish(0)
    broadcast.close()
    const rule = 'what was published before the subscription is not for this subscriber, and nothing will come'
    await expectToReceive(broadcast.subscribe(), ['CLOSED'], rule)
  })

  test('nothing can be published after the close', async () => {
    const broadcast = new Broadcast<number>(2)
    const subscriber = broadcast.subscribe()
    broadcast.close()
    expect(() => broadcast.publish(0), 'publish must throw ChannelClosed once the broadcast is closed').toThrow(
      ChannelClosed,
    )
    expect(broadcast.published, 'the refused message must not count').toBe(0)
    await expectToReceive(subscriber, ['CLOSED'], 'the refused message must not arrive')
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
    await expectToReceive(subscriber, ['{"price":1}'], 'the message is what it was when it was published')
  })

  test('what one subscriber changes, no other sees', async () => {
    const broadcast = new Broadcast<{ price: number }>(4)
    const [careless, careful] = [broadcast.subscribe(), broadcast.subscribe()]
    broadcast.publish({ price: 1 })
    const first = await atOnce(careless.receive(), 'a message was published')
    if (first !== CLOSED) first.value.price = 2
    await expectToReceive(careful, ['{"price":1}'], 'both subscribers were given the same object')
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
    await expectToReceive(reads, ['b (missed 1)', 'c'], 'two are kept')
    expect(copies, 'one subscriber has received two; the missed one cost nothing').toBe(5)
  })
})

test('a message that can not be copied is not published, and publish throws what the copy threw', async () => {
  const broadcast = new Broadcast<string>(2, (value) => {
    if (value === 'bad') throw new TypeError('no copy of this')
    return value
  })
  const subscriber = broadcast.subscribe()
  broadcast.publish('a')
  const rule = 'the publisher must hear that its message could not be copied'
  expect(() => broadcast.publish('bad'), rule).toThrow('no copy of this')
  expect(broadcast.published, 'a message that could not be copied must not count: copy it first').toBe(1)
  broadcast.publish('b')
  await expectToReceive(subscriber, ['a', 'b'], 'what was not published takes no place, and nobody missed it')
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
