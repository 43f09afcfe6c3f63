/** The modules that the exercises of this chapter stand on: queue, line of waiters, condition, operation, receiver. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Channel, CLOSED } from '#message-passing/channel'
import { Condition } from '#message-passing/condition'
import { macrotask } from '#message-passing/macrotask'
import { aborted, NOT_READY, type Operation, perform } from '#message-passing/operation'
import { Queue } from '#message-passing/queue'
import { Receiver } from '#message-passing/receiver'
import { Line, Waiter } from '#message-passing/waiters'
import { countListeners } from '../listeners.ts'
import { atOnce, observe, settle } from '../observe.ts'

describe('a queue', () => {
  test('gives back what was added, in order, however adding and taking are mixed', () => {
    const bursts = fc.array(fc.record({ adds: fc.nat(40), takes: fc.nat(40) }), { maxLength: 12 })
    fc.assert(
      fc.property(bursts, (steps) => {
        const queue = new Queue<number>()
        const model: number[] = []
        let next = 0
        for (const { adds, takes } of steps) {
          for (let n = 0; n < adds; n++) {
            queue.add(next)
            model.push(next++)
          }
          for (let n = 0; n < takes && model.length > 0; n++) expect(queue.take()).toBe(model.shift())
          expect(queue.size).toBe(model.length)
        }
      }),
    )
  })

  test('keeps undefined like any other item', () => {
    const queue = new Queue<number | undefined>()
    queue.add(undefined)
    queue.add(1)
    expect(queue.size).toBe(2)
    expect([queue.take(), queue.take()]).toEqual([undefined, 1])
  })

  test('refuses to take what is not there', () => {
    const queue = new Queue<number>()
    expect(() => queue.take()).toThrow(RangeError)
    queue.add(1)
    expect(queue.take(), 'the refusal must not have broken the queue').toBe(1)
  })
})

describe('a line of waiters', () => {
  test('serves whoever came first, and lets anybody leave from the middle', () => {
    const { line, waiters } = lineOf(4)
    waiters[1]?.leave()
    waiters[1]?.leave()
    expect([line.take(), line.take(), line.take(), line.take()]).toEqual([
      waiters[0],
      waiters[2],
      waiters[3],
      undefined,
    ])
    expect(line.isEmpty).toBe(true)
  })

  test('who was taken can leave without disturbing those who came later', () => {
    const { line, waiters } = lineOf(1)
    expect(line.take()).toBe(waiters[0])
    const late = new Waiter(nobody)
    line.join(late)
    waiters[0]?.leave()
    expect(line.take()).toBe(late)
  })

  test('who joins while all are taken stays in line', () => {
    const { line, waiters } = lineOf(2)
    const taken: unknown[] = []
    for (const waiter of line.takeAll()) {
      taken.push(waiter)
      line.join(waiter)
    }
    expect(taken, 'each is taken once').toEqual(waiters)
    expect([line.take(), line.take(), line.take()], 'and stands in line again').toEqual([...waiters, undefined])
  })

  test('who leaves while all are taken, before their turn, is not taken', () => {
    const { line, waiters } = lineOf(3)
    const taken: unknown[] = []
    for (const waiter of line.takeAll()) {
      taken.push(waiter)
      waiters[1]?.leave()
    }
    expect(taken).toEqual([waiters[0], waiters[2]])
    expect([...line.takeAll()], 'nobody is left').toEqual([])
  })
})

describe('a condition', () => {
  test('completes at once when what is looked for is there, and waits when it is not', async () => {
    let light = 'red'
    const condition = new Condition()
    const go = condition.until(() => (light === 'green' ? light : NOT_READY))
    const waiting = observe(perform(go))
    await settle()
    condition.notifyAll()
    await settle()
    expect(waiting.state, 'told, but the light is still red: it looks again and waits on').toBe('waiting')
    light = 'green'
    condition.notifyAll()
    await settle()
    expect(waiting.value).toBe('green')
    expect(await atOnce(perform(go), 'the light is green already')).toBe('green')
  })

  test('lets those who wait look in the order in which they came', async () => {
    const stock: string[] = []
    const condition = new Condition()
    const takeOne = condition.until(() => stock.shift() ?? NOT_READY)
    const customers = [observe(perform(takeOne)), observe(perform(takeOne)), observe(perform(takeOne))]
    await settle()
    stock.push('bread', 'milk')
    condition.notifyAll()
    stock.push('salt')
    condition.notifyAll()
    await settle()
    expect(customers.map((customer) => customer.value)).toEqual(['bread', 'milk', 'salt'])
  })

  test('no longer lets somebody look who was withdrawn by the one before', () => {
    const condition = new Condition()
    const looked: string[] = []
    let open = false
    const look = (name: string) => () => {
      if (!open) return NOT_READY
      looked.push(name)
      return name
    }
    const first = condition.until(look('first'))
    const second = condition.until(look('second'))
    first.wait({ complete: () => withdrawSecond(), fail: () => {} })
    const withdrawSecond = second.wait({ complete: () => looked.push('told'), fail: () => {} })
    open = true
    condition.notifyAll()
    expect(looked, 'a look may take something: after being withdrawn, whatever it takes is lost').toEqual(['first'])
  })

  test('fails the wait whose look throws, and no other', async () => {
    let broken = false
    const condition = new Condition()
    const failing = observe(
      perform(
        condition.until(() => {
          if (broken) throw new Error('cannot look')
          return NOT_READY
        }),
      ),
    )
    const fine = observe(perform(condition.until(() => (broken ? 'seen' : NOT_READY))))
    await settle()
    broken = true
    condition.notifyAll()
    await settle()
    expect(failing).toMatchObject({ state: 'failed', error: new Error('cannot look') })
    expect(fine.value).toBe('seen')
  })
})

describe('perform', () => {
  test('answers what is ready, and fails with what the attempt throws', async () => {
    expect(await atOnce(perform(ready('now')), 'it was ready')).toBe('now')
    const failing: Operation<never> = {
      attempt: () => {
        throw new Error('no')
      },
      wait: () => () => {},
    }
    await expect(atOnce(perform(failing), 'it failed')).rejects.toThrow('no')
  })

  test('attempts nothing when its signal is aborted before', async () => {
    let attempts = 0
    const counting: Operation<void> = { attempt: () => void attempts++, wait: () => () => {} }
    await expect(atOnce(perform(counting, AbortSignal.abort('enough')), 'aborted')).rejects.toBe('enough')
    expect(attempts).toBe(0)
  })

  test('listens to its signal only while it waits, however the wait ends', async () => {
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const channel = new Channel<number>(0)
    channel.receive(controller.signal).then(() => {})
    expect(listeners()).toBe(1)
    channel.trySend(1)
    expect(listeners(), 'the receive is over').toBe(0)
    const refused = observe(channel.send(2, controller.signal))
    expect(listeners()).toBe(1)
    channel.close()
    expect(listeners(), 'the send has failed').toBe(0)
    await settle()
    expect(refused.state).toBe('failed')
  })
})

describe('the operation `aborted`', () => {
  test('completes with the reason, before and during the wait, and stops listening when it is withdrawn', async () => {
    expect(await atOnce(perform(aborted(AbortSignal.abort('before'))), 'aborted already')).toBe('before')
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const waiting = observe(perform(aborted(controller.signal)))
    const withdraw = aborted(controller.signal).wait(nobody)
    expect(listeners()).toBe(2)
    withdraw()
    expect(listeners()).toBe(1)
    controller.abort('during')
    await settle()
    expect(waiting.value).toBe('during')
  })
})

describe('a receiver', () => {
  test('receives until CLOSED, and its loop ends there', async () => {
    const receiver = new Receiver(channelWith([1, 2, 3]).receiving())
    expect(await atOnce(receiver.receive(), 'there is a message')).toBe(1)
    const rest: number[] = []
    for await (const n of receiver) rest.push(n)
    expect(rest).toEqual([2, 3])
    expect(await atOnce(receiver.receive(), 'it is closed')).toBe(CLOSED)
  })

  test('a loop that is left early loses only what it took', async () => {
    const receiver = new Receiver(channelWith([1, 2, 3]).receiving())
    for await (const n of receiver) if (n === 1) break
    expect(await atOnce(receiver.receive(), 'two messages are left')).toBe(2)
  })

  test('a cancelled receive takes nothing', async () => {
    const channel = new Channel<number>(1)
    const receiver = new Receiver(channel.receiving())
    const controller = new AbortController()
    const cancelled = observe(receiver.receive(controller.signal))
    controller.abort('enough')
    channel.trySend(1)
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    expect(await atOnce(receiver.receive(), 'the message is still there')).toBe(1)
  })
})

test('a macrotask lets a long chain of promises run to its end', async () => {
  let steps = 0
  const walk = async () => {
    for (; steps < 10_000; steps++) await undefined
  }
  void walk()
  await macrotask()
  expect(steps).toBe(10_000)
})

const nobody = { complete: () => {}, fail: () => {} }

function lineOf(count: number): { line: Line<Waiter<void>>; waiters: Waiter<void>[] } {
  const line = new Line<Waiter<void>>()
  const waiters = Array.from({ length: count }, () => new Waiter<void>(nobody))
  for (const waiter of waiters) line.join(waiter)
  return { line, waiters }
}

function ready<T>(value: T): Operation<T> {
  return { attempt: () => value, wait: () => () => {} }
}

/** A closed channel with these messages left in it. */
function channelWith(messages: readonly number[]): Channel<number> {
  const channel = new Channel<number>(messages.length)
  for (const message of messages) channel.trySend(message)
  channel.close()
  return channel
}
