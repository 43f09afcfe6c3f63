import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Broadcast, type Delivery } from '#message-passing/broadcast'
import { CLOSED } from '#message-passing/channel'
import type { Receiver } from '#message-passing/receiver'
import { Watch } from '#message-passing/watch'
import { law, letter, type Story } from '../law.ts'
import { type Observed, observe, settle } from '../observe.ts'
import { expectWords, received } from './received.ts'

type Action =
  | { readonly kind: 'publish' }
  | { readonly kind: 'begin' }
  /** Begins a receive with the n-th receiver. */
  | { readonly kind: 'receive'; readonly receiver: number }
  /** Aborts the receive that was begun n receives before the last. */
  | { readonly kind: 'abort'; readonly receive: number }

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('receive'), receiver: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('abort'), receive: fc.nat(2) }) },
)
interface Step {
  readonly action: Action
  /** Whether the next step follows in the same turn: no promise settles between them. */
  readonly sameTurn: boolean
}

const sameTurn = fc.boolean()
const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({ action, sameTurn }), { maxLength: 25, size: 'max' })

/** A broadcast or a watch, as the steps drive it. Message number n is called by its letter. */
interface Source {
  /** What publishing is called here. */
  readonly publishing: string
  publish(message: number): void
  begin(): Receiver<unknown>
  close(): void
}

test('whatever is published, received and aborted: a subscriber receives or misses each message, in order', () =>
  law(fc.tuple(fc.integer({ min: 1, max: 4 }), steps), 200, async ([capacity, steps], story) => {
    story.tell(`a broadcast that keeps ${capacity}`)
    const broadcast = new Broadcast<string>(capacity)
    const source: Source = {
      publishing: 'publish',
      publish: (message) => broadcast.publish(letter(message)),
      begin: () => broadcast.subscribe(),
      close: () => broadcast.close(),
    }
    const model = new Model(capacity, (published) => published)
    const actual = await new Play(source, model, story).play(steps)
    const expected = model.expected.map((one) => one.map(({ value, missed }) => ({ value: letter(value), missed })))
    compare(actual, expected)
  }))

test('whatever is set, received and aborted: a watcher receives the latest value once', () =>
  law(steps, 200, async (steps, story) => {
    story.tell('a watch whose value is a')
    const watch = new Watch('a')
    const source: Source = {
      publishing: 'set',
      publish: (message) => watch.set(letter(message)),
      begin: () => watch.watcher(),
      close: () => watch.close(),
    }
    // as in a broadcast that keeps one message, and lets each receiver begin with it
    const model = new Model(1, (published) => published - 1)
    model.publish()
    const actual = await new Play(source, model, story).play(steps)
    compare(
      actual,
      model.expected.map((deliveries) => deliveries.map(({ value }) => letter(value))),
    )
  }))

/** Fails for the first receiver that did not receive what it should. */
function compare(actual: readonly (readonly unknown[])[], expected: readonly (readonly unknown[])[]): void {
  for (const [index, one] of expected.entries()) {
    const rule = `receiver ${index + 1} received something else than it should`
    expectWords((actual[index] ?? []).map(received), one.map(received), rule)
  }
}

interface Receive {
  readonly receiver: number
  readonly controller: AbortController
  readonly seen: Observed<unknown>
}

/** Plays steps in the source and in the model. */
class Play {
  readonly #source: Source
  readonly #model: Model
  readonly #story: Story
  readonly #receivers: Receiver<unknown>[] = []
  readonly #receives: Receive[] = []

  constructor(source: Source, model: Model, story: Story) {
    this.#source = source
    this.#model = model
    this.#story = story
  }

  /** At last closes the source and drains it. Answers what each receiver received, in the order in which it asked. */
  async play(steps: readonly Step[]): Promise<unknown[][]> {
    this.#act({ kind: 'begin' })
    for (const { action, sameTurn } of steps) {
      this.#act(action)
      if (sameTurn) this.#story.goOnInTheSameTurn()
      else await settle()
    }
    this.#source.close()
    this.#model.close()
    this.#story.tell('close, and let everybody receive what is left')
    for (const index of this.#receivers.keys()) for (let n = 0; n < this.#model.capacity + 1; n++) this.#receive(index)
    await settle()
    const waiting = this.#receives.find(({ seen }) => seen.state === 'waiting')
    if (waiting !== undefined) expect.fail(`receiver ${waiting.receiver + 1} still waits, and all is closed`)
    return this.#receivers.map((_, index) => this.#receivedBy(index))
  }

  #act(action: Action): void {
    if (action.kind === 'publish') {
      const message = this.#model.publish()
      this.#source.publish(message)
      this.#story.tell(`${this.#source.publishing} ${letter(message)}`)
    } else if (action.kind === 'begin') {
      this.#model.begin()
      this.#story.tell(`receiver ${this.#receivers.push(this.#source.begin())} begins`)
    } else if (action.kind === 'receive') {
      const index = action.receiver % this.#receivers.length
      const number = this.#receive(index)
      this.#story.tell(`receiver ${index + 1} receives (receive ${number})`)
    } else this.#abort(this.#receives.length - 1 - action.receive)
  }

  /** Answers the number of the receive, from 1 up. */
  #receive(receiver: number): number {
    const controller = new AbortController()
    this.#model.receive(receiver, this.#receives.length)
    const receive = this.#receivers[receiver]?.receive(controller.signal) ?? expect.fail('no such receiver')
    return this.#receives.push({ receiver, controller, seen: observe(receive) })
  }

  #abort(index: number): void {
    const receive = this.#receives[index]
    if (receive === undefined) return
    receive.controller.abort('enough')
    this.#model.cancel(index)
    this.#story.tell(`abort receive ${index + 1}`)
  }

  #receivedBy(index: number): unknown[] {
    const values = this.#receives.filter(({ receiver }) => receiver === index).map(({ seen }) => seen.value)
    return values.filter((value) => value !== undefined && value !== CLOSED)
  }
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
