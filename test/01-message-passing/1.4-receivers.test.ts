import { describe, expect, test } from 'vitest'
import { Broadcast } from '#message-passing/broadcast'
import { Channel } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import type { Receiver } from '#message-passing/receiver'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { Watch } from '#message-passing/watch'
import { countListeners } from '../listeners.ts'
import { atOnce, observe, outcome, settle } from '../observe.ts'
import { expectWords, inWords } from './received.ts'
import { told } from './selected.ts'

/** What a subscriber of a broadcast and a watcher of a watch have in common. */
interface Source {
  /** Publishes or sets 'first', and the next time 'second'. */
  change(): void
  close(): void
  /** A receiver that has received everything so far. */
  receiver(): Promise<Receiver<unknown>>
}

const changes = ['first', 'second'] as const

function broadcastSource(): Source {
  const broadcast = new Broadcast<string>(4)
  return {
    change: () => broadcast.publish(changes[broadcast.published] ?? 'more'),
    close: () => broadcast.close(),
    receiver: async () => broadcast.subscribe(),
  }
}

function watchSource(): Source {
  const watch = new Watch<string>('initial')
  let count = 0
  return {
    change: () => watch.set(changes[count++] ?? 'more'),
    close: () => watch.close(),
    receiver: async () => {
      const watcher = watch.watcher()
      await atOnce(watcher.receive(), 'a new watcher receives the present value')
      return watcher
    },
  }
}

/** What was received, out of its `Delivery` if it came in one. */
function messageOf(received: unknown): unknown {
  return typeof received === 'object' && received !== null && 'value' in received ? received.value : received
}

const sources: Record<string, () => Source> = {
  'a subscriber of a broadcast': broadcastSource,
  'a watcher of a watch': watchSource,
}

describe.each(Object.entries(sources))('%s', (_name, source) => {
  test('that receives twice at the same time receives one change with each', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    const receives = [observe(subscriber.receive()), observe(subscriber.receive())]
    await settle()
    change()
    await settle()
    const rule = 'one change: the receive that came first has it, and the other still waits'
    expectWords(receives.map(inWords), ['first', 'waits'], rule)
    change()
    await settle()
    expectWords(receives.map(inWords), ['first', 'second'], 'two changes, and each receive has one, in order')
  })

  test('loses nothing by a receive that is cancelled while it waits', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    const controller = new AbortController()
    const cancelled = observe(subscriber.receive(controller.signal))
    await settle()
    controller.abort('enough')
    await settle()
    expect(outcome(cancelled), 'an aborted receive rejects with the reason of its signal').toBe('fails: enough')
    change()
    await settle()
    const received = await atOnce(subscriber.receive(), 'the change was swallowed by a receive that was cancelled')
    expect(messageOf(received), 'the change that came after the abort is for the next receive').toBe('first')
  })

  test('has a change that came before its receive was aborted, in the same turn', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    const controller = new AbortController()
    const received = observe(subscriber.receive(controller.signal))
    await settle()
    change()
    controller.abort('too late')
    await settle()
    const rule = 'the change came first: tell who waits inside the call that makes it, and not in a promise after it'
    expect(inWords(received), rule).toBe('first')
  })

  test('loses nothing by a receive that was cancelled before it began', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    change()
    const cancelled = observe(subscriber.receive(AbortSignal.abort('enough')))
    await settle()
    expect(outcome(cancelled), 'its signal was aborted before it began').toBe('fails: enough')
    expect(
      messageOf(await atOnce(subscriber.receive(), 'the change must still be there')),
      'a receive that never began must not take the change',
    ).toBe('first')
  })

  test('leaves no listener on the signal of a receive that is over', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const received = observe(subscriber.receive(signal))
    await settle()
    change()
    await settle()
    expect(inWords(received), 'somebody waits for the change').toBe('first')
    expect(listeners(), 'each receive leaves a listener behind').toBe(0)
  })

  test('that loses a select has its change still to come', async () => {
    const { change, receiver } = source()
    const subscriber = await receiver()
    const jobs = new Channel<string>(1)
    const selected = observe(select({ change: subscriber.receiving(), job: jobs.receiving() }))
    await settle()
    jobs.trySend('a job')
    await settle()
    expect(told(selected), 'a job came, and no change').toBe('job: a job')
    change()
    await settle()
    const received = await atOnce(subscriber.receive(), 'the change went to a select that is over')
    expect(messageOf(received), 'the change came after the select: it is for the next receive').toBe('first')
  })

  test('is not moved on by a select that it loses, when both could win', async () => {
    const { change, receiver } = source()
    const [first, second] = [await receiver(), await receiver()]
    const selected = observe(select({ first: first.receiving(), second: second.receiving() }))
    await settle()
    change()
    await settle()
    const winner = told(selected).split(':')[0]
    expect(winner, 'one change completes both, and the one that waited longest wins').toBe('first')
    const received = await atOnce(second.receive(), 'it lost the select, and its change with it')
    expect(messageOf(received), 'the second receiver has not received the change yet').toBe('first')
  })

  test('can be waited for with a time limit', async () => {
    const clock = new VirtualClock()
    const { change, receiver } = source()
    const subscriber = await receiver()
    const selected = observe(select({ change: subscriber.receiving(), timeout: after(clock, 100) }))
    await clock.advance(50)
    change()
    await settle()
    expect(told(selected).split(':')[0], 'the change came after 50 of 100 ms').toBe('change')
    expect(clock.pending, 'the timer of a select that is over').toBe(0)
  })

  test('that waits in a select hears of the close', async () => {
    const { close, receiver } = source()
    const subscriber = await receiver()
    const jobs = new Channel<string>(1)
    const selected = observe(select({ change: subscriber.receiving(), job: jobs.receiving() }))
    await settle()
    close()
    await settle()
    expect(told(selected), 'a closed source answers CLOSED, in a select too').toBe('change: CLOSED')
  })
})
