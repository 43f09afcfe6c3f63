import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Broadcast, type Delivery } from '#message-passing/broadcast'
import { CLOSED } from '#message-passing/channel'
import type { Receiver } from '#message-passing/receiver'
import { Watch } from '#message-passing/watch'
import { settle } from '../observe.ts'

type Step =
  | { readonly action: 'publish' }
  | { readonly action: 'begin' }
  /** Begins a receive with the n-th receiver. */
  | { readonly action: 'receive'; readonly receiver: number }
  /** Aborts the n-th receive that was begun. */
  | { readonly action: 'cancel'; readonly receive: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ action: fc.constant('publish') }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('begin') }) },
  { weight: 4, arbitrary: fc.record({ action: fc.constant('receive'), receiver: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ action: fc.constant('cancel'), receive: fc.nat(15) }) },
)
const steps = fc.array(step, { maxLength: 40 })

/** A broadcast or a watch, as the steps drive it. Messages are the numbers from 0 up. */
interface Source<R> {
  publish(message: number): void
  begin(): Receiver<R>
  close(): void
}

test('whatever is published, received and cancelled: a subscriber receives or misses each message, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (capacity, steps) => {
      const broadcast = new Broadcast<number>(capacity)
      const source: Source<Delivery<number>> = {
        publish: (message) => broadcast.publish(message),
        begin: () => broadcast.subscribe(),
        close: () => broadcast.close(),
      }
      const model = new Model(capacity, (published) => published)
      const received = await play(source, model, steps)
      expect(received, 'what the subscribers received, and how much each missed').toEqual(model.expected)
    }),
    { numRuns: 200 },
  )
})

test('whatever is set, received and cancelled: a watcher receives the latest value once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const watch = new Watch<number>(0)
      const source: Source<number> = {
        publish: (message) => watch.set(message),
        begin: () => watch.watcher(),
        close: () => watch.close(),
      }
      // as in a broadcast that keeps one message, and lets each receiver begin with it
      const model = new Model(1, (published) => published - 1)
      model.publish()
      const received = await play(source, model, steps)
      const expected = model.expected.map((deliveries) => deliveries.map(({ value }) => value))
      expect(received, 'what the watchers received').toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

/** Plays the steps in the source and in the model; at last closes the source and drains it. Answers what was received. */
async function play<R>(source: Source<R>, model: Model, steps: readonly Step[]): Promise<R[][]> {
  const receivers: Receiver<R>[] = []
  const received: R[][] = []
  const receives: AbortController[] = []
  const begin = () => {
    model.begin()
    receivers.push(source.begin())
    received.push([])
  }
  const receive = (index: number) => {
    const controller = new AbortController()
    model.receive(index, receives.push(controller) - 1)
    receivers[index]?.receive(controller.signal).then(
      (message) => message !== CLOSED && received[index]?.push(message),
      () => {}, // cancelled
    )
  }
  begin()
  for (const step of steps) {
    if (step.action === 'begin') begin()
    else if (step.action === 'publish') source.publish(model.publish())
    else if (step.action === 'receive') receive(step.receiver % receivers.length)
    else {
      receives[step.receive]?.abort()
      model.cancel(step.receive)
    }
    await settle()
  }
  source.close()
  model.close()
  for (const index of receivers.keys()) for (let n = 0; n < model.capacity + 1; n++) receive(index)
  await settle()
  return received
}

/** Keeps no messages at all: numbers are enough to say who must receive what. */
class Model {
  readonly capacity: number
  /** For each receiver, the deliveries that must come to it. */
  readonly expected: Delivery<number>[][] = []
  readonly #firstOf: (published: number) => number
  readonly #next: number[] = []
  /** For each receiver, its receives that wait. */
  #waiting: number[][] = []
  #published = 0

  /** `firstOf` says which number comes first to a receiver that begins when so many are published. */
  constructor(capacity: number, firstOf: (published: number) => number) {
    this.capacity = capacity
    this.#firstOf = firstOf
  }

  begin(): void {
    this.expected.push([])
    this.#next.push(this.#firstOf(this.#published))
    this.#waiting.push([])
  }

  /** Answers the message to publish, which is its number. */
  publish(): number {
    const message = this.#published++
    for (const [index, waiting] of this.#waiting.entries()) if (waiting.shift() !== undefined) this.#deliver(index)
    return message
  }

  receive(index: number, receive: number): void {
    if (this.#next[index] === this.#published) this.#waiting[index]?.push(receive)
    else this.#deliver(index)
  }

  cancel(receive: number): void {
    this.#waiting = this.#waiting.map((waiting) => waiting.filter((other) => other !== receive))
  }

  close(): void {
    this.#waiting = this.#waiting.map(() => [])
  }

  #deliver(index: number): void {
    const next = this.#next[index] ?? 0
    const value = Math.max(next, this.#published - this.capacity)
    this.expected[index]?.push({ value, missed: value - next })
    this.#next[index] = value + 1
  }
}
