import { describe, expect, test } from 'vitest'
import { Channel, ChannelClosed, CLOSED } from '#message-passing/channel'
import { atOnce, type Observed, observe, outcome, settle, waitFor } from '../observe.ts'

describe('closing', () => {
  test('a closed channel can still be drained, and answers CLOSED after its last message', async () => {
    const channel = new Channel<string>(2)
    channel.trySend('a')
    channel.trySend('b')
    channel.close()
    const received = await atOnce(receiveThree(channel), 'a closed channel makes nobody wait')
    expect(received, 'what was sent before the close must still arrive, and then CLOSED').toEqual(['a', 'b', CLOSED])
    expect(channel.tryReceive(), 'CLOSED and not EMPTY: no message will ever come').toBe(CLOSED)
  })

  test('a send into a closed channel fails', async () => {
    const channel = new Channel<string>(1)
    channel.close()
    expect(channel.closed, '`closed` answers whether the channel was closed').toBe(true)
    const trySend = () => channel.trySend('a')
    expect(trySend, 'trySend must throw ChannelClosed once the channel is closed').toThrow(ChannelClosed)
    const sent = observe(channel.send('a'))
    await settle()
    expect(sent.error, 'nobody will ever receive this message: its sender must hear so').toBeInstanceOf(ChannelClosed)
    expect(channel.size, 'the refused messages must not be in the buffer').toBe(0)
  })

  test('receivers that wait when the channel is closed get CLOSED', async () => {
    const channel = new Channel<string>(1)
    const receivers = [observe(channel.receive()), observe(channel.receive())]
    await settle()
    channel.close()
    await settle()
    for (const receiver of receivers) {
      expect(outcome(receiver), 'every receiver that waits is told CLOSED, as an answer and not as an error').toBe(
        'gets CLOSED',
      )
    }
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
    const channel = new Channel<string>(1)
    channel.trySend('a')
    channel.close()
    channel.close()
    const received = [channel.tryReceive(), channel.tryReceive()]
    expect(received, 'what is in the buffer outlives a second close too').toEqual(['a', CLOSED])
  })

  test('who is told of the close can withdraw another wait, and that one is never told', () => {
    const channel = new Channel<string>(0)
    const told: string[] = []
    const withdrawals: (() => void)[] = []
    const join = (name: string) => {
      const tell = () => {
        told.push(name)
        for (const withdraw of withdrawals.splice(0)) withdraw()
      }
      return { complete: tell, fail: tell }
    }
    waitFor(channel.sending('a'), join('the first sender'))
    withdrawals.push(waitFor(channel.sending('b'), join('the second sender')))
    channel.close()
    expect(told, 'a wait that was withdrawn is never told: the first sender withdrew the second').toEqual([
      'the first sender',
    ])

    const empty = new Channel<string>(0)
    waitFor(empty.receiving(), join('the first receiver'))
    withdrawals.push(waitFor(empty.receiving(), join('the second receiver')))
    empty.close()
    expect(told.slice(1), 'a wait that was withdrawn is never told: the first receiver withdrew the second').toEqual([
      'the first receiver',
    ])
  })

  test('who is told of the close and tries again does not wait: the channel is closed already', async () => {
    const channel = new Channel<string>(0)
    const again: Observed<unknown>[] = []
    const sendAgain = () => again.push(observe(channel.send('b')))
    waitFor(channel.sending('a'), { complete: sendAgain, fail: sendAgain })
    channel.close()
    const empty = new Channel<string>(0)
    const receiveAgain = () => again.push(observe(empty.receive()))
    waitFor(empty.receiving(), { complete: receiveAgain, fail: receiveAgain })
    empty.close()
    await settle()
    const rule =
      'nobody waits in a closed channel: close it before you tell those who wait, and refuse whoever tries again'
    expect(again.length, 'a sender and a receiver waited, and each must be told once').toBe(2)
    expect(again.map(outcome), rule).toEqual(['fails: ChannelClosed', 'gets CLOSED'])
  })
})

describe('a loop over the channel', () => {
  test('ends when the channel is closed and drained', async () => {
    const channel = new Channel<string>(3)
    for (const message of ['a', 'b', 'c']) channel.trySend(message)
    channel.close()
    const received: string[] = []
    const consume = async () => {
      for await (const message of channel) received.push(message)
    }
    await atOnce(consume(), 'the channel is closed and drained, and so the loop must end')
    expect(received, 'the loop receives what was sent before the close').toEqual(['a', 'b', 'c'])
  })

  test('leaves the channel open for others when it is left early', async () => {
    const channel = new Channel<string>(3)
    for (const message of ['a', 'b']) channel.trySend(message)
    const consumeOne = async () => {
      for await (const _ of channel) break
    }
    await atOnce(consumeOne(), 'a message was in the buffer')
    expect(channel.closed, 'who reads does not own the channel: other readers may go on').toBe(false)
    expect(channel.tryReceive(), 'the loop took one message, and the next is there').toBe('b')
  })

  test('loses only the message that it had taken when it throws', async () => {
    const channel = new Channel<string>(3)
    for (const message of ['a', 'b']) channel.trySend(message)
    const consume = async () => {
      for await (const message of channel) throw new Error(`cannot digest ${message}`)
    }
    const consumed = observe(consume())
    await settle()
    expect(consumed.error, 'the loop must throw what its body threw').toMatchObject({ message: 'cannot digest a' })
    expect(channel.tryReceive(), 'the second message was not taken, and must still be there').toBe('b')
  })
})

async function receiveThree<T>(channel: Channel<T>): Promise<(T | typeof CLOSED)[]> {
  return [await channel.receive(), await channel.receive(), await channel.receive()]
}
