import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChannelClosed, CLOSED, EMPTY } from '#message-passing/channel'
import type { Frame } from '#message-passing/worker-frames'
import { Inbox } from '#message-passing/worker-inbox'
import { Outbox } from '#message-passing/worker-outbox'
import { ownBuffers } from '#message-passing/worker-transfer'
import { observe, settle } from '../observe.ts'

/** Both ends on one thread, with two wires between them that deliver when the test says so. */
class Link<T> {
  readonly outbox: Outbox<T>
  readonly inbox: Inbox<T>
  readonly frames: Frame<T>[] = []
  readonly credits: number[] = []

  constructor(capacity: number) {
    const clone = (frame: Frame<unknown>, transfer: readonly ArrayBuffer[]) =>
      structuredClone(frame as Frame<T>, { transfer: [...transfer] }) // an Outbox<T> posts nothing but Ts
    this.outbox = new Outbox(capacity, (frame, transfer) => this.frames.push(clone(frame, transfer)))
    this.inbox = new Inbox(capacity, (count) => this.credits.push(count))
  }

  deliverFrame(): void {
    const frame = this.frames.shift()
    if (frame?.kind === 'messages') this.inbox.deliver(frame.messages)
    if (frame?.kind === 'closed') this.inbox.end()
  }

  deliverCredits(): void {
    this.outbox.grant(this.credits.shift() ?? 0)
  }
}

describe('an outbox and an inbox', () => {
  test('at most `capacity` messages are under way, none is lost, and order is kept', async () => {
    const step = fc.constantFrom('send number', 'send object', 'receive', 'deliver', 'credit', 'settle')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 80 }), async (capacity, steps) => {
        const link = new Link<number | { readonly n: number }>(capacity)
        const accepted: unknown[] = []
        const received: unknown[] = []
        const note = (message: unknown) => message !== CLOSED && received.push(message)
        for (const [n, name] of steps.entries()) {
          if (name.startsWith('send')) {
            const message = name === 'send number' ? n : { n }
            if (link.outbox.trySend(message)) accepted.push(message)
          }
          if (name === 'receive') void link.inbox.receiver.receive().then((message) => note(message))
          if (name === 'deliver') link.deliverFrame()
          if (name === 'credit') link.deliverCredits()
          await (name === 'settle' ? settle() : undefined)
          expect(accepted.length - received.length, 'sent and not yet received').toBeLessThanOrEqual(capacity)
        }
        link.outbox.close()
        while (link.frames.length > 0) link.deliverFrame()
        await settle() // those who wait are served before the loop below is
        for await (const message of link.inbox.receiver) note(message)
        expect(received).toEqual(accepted)
      }),
      { numRuns: 500 },
    )
  })

  test('a sender without a credit waits until half of the messages have been received', async () => {
    const link = new Link<number>(4)
    for (const n of [1, 2, 3, 4]) link.outbox.trySend(n)
    const fifth = observe(link.outbox.send(5))
    link.deliverFrame()
    await link.inbox.receiver.receive()
    expect(link.credits, 'one post for each message would be dear').toEqual([])
    await link.inbox.receiver.receive()
    expect(link.credits).toEqual([2])
    link.deliverCredits()
    await settle()
    expect(fifth.state).toBe('done')
  })

  test('receiving without waiting gives credits back too', () => {
    const link = new Link<number>(2)
    for (const n of [1, 2]) link.outbox.trySend(n)
    expect(link.inbox.receiver.tryReceive(), 'still under way').toBe(EMPTY)
    link.deliverFrame()
    expect([link.inbox.receiver.tryReceive(), link.inbox.receiver.tryReceive()]).toEqual([1, 2])
    expect(link.credits).toEqual([1, 1])
    link.inbox.end(() => new Error('the other side broke'))
    expect(() => link.inbox.receiver.tryReceive()).toThrow('the other side broke')
  })

  test('the numbers of one turn travel in one post', async () => {
    const link = new Link<number>(100)
    for (let n = 0; n < 50; n++) await link.outbox.send(n)
    expect(link.frames).toEqual([])
    await settle()
    expect(link.frames).toEqual([{ kind: 'messages', messages: Array.from({ length: 50 }, (_, n) => n) }])
  })

  test('a message is what it was when it was sent', async () => {
    const link = new Link<{ n: number }>(4)
    const message = { n: 1 }
    await link.outbox.send(message)
    message.n = 2
    await link.outbox.send(message)
    expect(link.frames.map((frame) => frame.kind === 'messages' && frame.messages)).toEqual([[{ n: 1 }], [{ n: 2 }]])
  })

  test('a message that cannot be copied fails its sender, and costs no credit', async () => {
    const link = new Link<unknown>(1)
    await expect(link.outbox.send(() => {})).rejects.toMatchObject({ name: 'DataCloneError' })
    expect(link.outbox.trySend('fine')).toBe(true)
  })

  test('a waiting sender whose message cannot be copied does not stop the one behind it', async () => {
    const link = new Link<unknown>(1)
    link.outbox.trySend('first')
    const second = observe(link.outbox.send(() => {}))
    const third = observe(link.outbox.send('third'))
    link.outbox.grant(1)
    await settle()
    expect([second.state, third.state]).toEqual(['failed', 'done'])
  })

  test('a cancelled send was not sent', async () => {
    const link = new Link<string>(1)
    link.outbox.trySend('first')
    const controller = new AbortController()
    const second = observe(link.outbox.send('second', controller.signal))
    controller.abort()
    link.outbox.grant(1)
    await settle()
    expect(second.state).toBe('failed')
    expect(link.frames.map((frame) => frame.kind === 'messages' && frame.messages)).toEqual([['first']])
  })

  test('closing ends the receivers after the last message, and refuses senders', async () => {
    const link = new Link<string>(1)
    link.outbox.trySend('last')
    const waiting = observe(link.outbox.send('not sent'))
    link.outbox.close()
    while (link.frames.length > 0) link.deliverFrame()
    expect([await link.inbox.receiver.receive(), await link.inbox.receiver.receive()]).toEqual(['last', CLOSED])
    await settle()
    expect(waiting.error).toBeInstanceOf(ChannelClosed)
    expect(() => link.outbox.trySend('late')).toThrow(ChannelClosed)
  })

  test.each([0, -1, 1.5, Number.NaN])('a capacity of %s is refused', (capacity) => {
    expect(() => new Outbox(capacity, () => {})).toThrow(`a whole number from 1 up, not ${capacity}`)
  })
})

describe('the buffers of a message', () => {
  const buffer = new ArrayBuffer(8)
  const nested = (depth: number): unknown => (depth === 0 ? buffer : [nested(depth - 1)])

  test.each<[string, unknown, number]>([
    ['a buffer', buffer, 1],
    ['a view on all of it', new Float64Array(buffer), 1],
    ['a view on a part of it', new Uint8Array(buffer, 0, 7), 0],
    ['the same buffer twice', { first: buffer, second: [new DataView(buffer)] }, 1],
    ['a buffer eight arrays deep', nested(8), 1],
    ['a buffer nine arrays deep', nested(9), 0],
    ['a buffer behind a thousand numbers', [...new Array(1_000).fill(0), buffer], 0],
    [
      'a buffer in a class of its own',
      new (class {
        readonly bytes = buffer
      })(),
      0,
    ],
    ['no buffer', 'text', 0],
  ])('%s', (_, message, count) => {
    expect(ownBuffers(message)).toEqual(new Array(count).fill(buffer))
  })
})
