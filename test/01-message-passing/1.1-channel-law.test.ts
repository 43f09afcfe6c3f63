import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel, ChannelClosed, CLOSED, EMPTY } from '#message-passing/channel'
import { law, letter, listed, type Story } from '../law.ts'
import { type Observed, observe, settle } from '../observe.ts'

type Action =
  | { readonly kind: 'send' | 'receive' | 'trySend' | 'tryReceive' | 'close' }
  /** Aborts the wait that was begun n waits before the last. */
  | { readonly kind: 'abort'; readonly wait: number }

interface Step {
  readonly action: Action
  /** Whether promises settle before the next step, or it follows in the same turn. */
  readonly settles: boolean
}

const waits = fc.record({ kind: fc.constantFrom('send', 'receive') })
const tries = fc.record({ kind: fc.constantFrom('trySend', 'tryReceive') })
const abort = fc.record({ kind: fc.constant('abort'), wait: fc.nat(2) })
const close = fc.record({ kind: fc.constant('close') })
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 12, arbitrary: waits },
  { weight: 6, arbitrary: tries },
  { weight: 8, arbitrary: abort },
  { weight: 1, arbitrary: close },
)
const settles = fc.boolean().map((sameTurn) => !sameTurn) // shrinks towards settling
const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({ action, settles }), { maxLength: 25, size: 'max' })

test('whatever is sent, received, aborted and closed: each message arrives once, in order, and nobody waits in vain', () =>
  law(fc.tuple(fc.nat(3), steps), 300, async ([capacity, steps], story) => {
    story.tell(`a channel of capacity ${capacity}`)
    const play = new Play(new Channel<string>(capacity), story)
    for (const { action, settles } of steps) {
      play.act(action)
      if (settles) await play.settle()
      else story.goOnInTheSameTurn()
    }
    await play.end()
    if (listed(play.arrived) !== listed(play.sent)) {
      expect.fail(
        `what arrived is not what was sent\n  sent:    ${listed(play.sent)}\n  arrived: ${listed(play.arrived)}`,
      )
    }
  }))

interface Wait {
  readonly kind: 'send' | 'receive'
  /** `the send of b`, `receive 2` */
  readonly name: string
  readonly controller: AbortController
  readonly seen: Observed<unknown>
}

/** Plays steps on a channel, and keeps account of what was sent and what arrived, in the order of the steps. */
class Play {
  readonly #channel: Channel<string>
  readonly #story: Story
  readonly #waits: Wait[] = []
  /** What each step sent, once it is known. */
  readonly #sends: (() => string | undefined)[] = []
  /** What each step received, once it is known. */
  readonly #receipts: (() => unknown)[] = []

  constructor(channel: Channel<string>, story: Story) {
    this.#channel = channel
    this.#story = story
  }

  get sent(): readonly string[] {
    return this.#sends.map((answer) => answer()).filter((message) => message !== undefined)
  }

  get arrived(): readonly unknown[] {
    const messages = this.#receipts.map((answer) => answer())
    return messages.filter((message) => message !== undefined && message !== CLOSED && message !== EMPTY)
  }

  act(action: Action): void {
    if (action.kind === 'abort') this.#abort(this.#waits.at(-1 - action.wait))
    else if (action.kind === 'send') this.#send()
    else if (action.kind === 'receive') this.#receive()
    else if (action.kind === 'trySend') this.#trySend()
    else if (action.kind === 'tryReceive') this.#tryReceive()
    else this.#close()
    if (this.#channel.size > this.#channel.capacity) expect.fail('the buffer holds more messages than its capacity')
  }

  /** Closes the channel and drains it. */
  async end(): Promise<void> {
    this.#close()
    for (let left = this.#channel.size; left > 0; left--) this.#tryReceive()
    await this.settle()
  }

  #send(): void {
    const message = letter(this.#sends.length)
    const wait = this.#begin('send', `the send of ${message}`, (signal) => this.#channel.send(message, signal))
    this.#story.tell(`send ${message}`)
    this.#sends.push(() => (wait.seen.state === 'done' ? message : undefined))
  }

  #receive(): void {
    const name = `receive ${this.#waits.filter(({ kind }) => kind === 'receive').length + 1}`
    const wait = this.#begin('receive', name, (signal) => this.#channel.receive(signal))
    this.#story.tell(name)
    this.#receipts.push(() => wait.seen.value)
  }

  #trySend(): void {
    const { closed } = this.#channel
    const message = letter(this.#sends.length)
    let sent = false
    try {
      sent = this.#channel.trySend(message)
      this.#story.tell(`trySend ${message}: ${sent}`)
    } catch (error) {
      if (!closed || !(error instanceof ChannelClosed)) throw error
      this.#story.tell(`trySend ${message}: refused, as the channel is closed`)
    }
    this.#sends.push(() => (sent ? message : undefined))
    if (!sent && !closed && this.#channel.size < this.#channel.capacity) {
      expect.fail('trySend answered false although the buffer has room')
    }
  }

  #tryReceive(): void {
    const received = this.#channel.tryReceive()
    this.#story.tell(`tryReceive: ${String(received)}`)
    this.#receipts.push(() => received)
  }

  #abort(wait: Wait | undefined): void {
    if (wait === undefined) return
    wait.controller.abort(`${wait.name} was aborted`)
    this.#story.tell(`abort ${wait.name}`)
  }

  #close(): void {
    this.#channel.close()
    this.#story.tell('close')
  }

  #begin(kind: Wait['kind'], name: string, start: (signal: AbortSignal) => Promise<unknown>): Wait {
    const controller = new AbortController()
    const wait: Wait = { kind, name, controller, seen: observe(start(controller.signal)) }
    this.#waits.push(wait)
    return wait
  }

  /** Lets promises settle, and finds who failed without a reason or waits without one. */
  async settle(): Promise<void> {
    await settle()
    const complaint = this.#waits.map((wait) => this.#complaintAbout(wait)).find((each) => each !== undefined)
    if (complaint !== undefined) expect.fail(complaint)
    const waiting = this.#waits.filter(({ seen }) => seen.state === 'waiting')
    const [sender, receiver] = (['send', 'receive'] as const).map((kind) => waiting.find((wait) => wait.kind === kind))
    if (sender !== undefined && receiver !== undefined)
      expect.fail(`${sender.name} and ${receiver.name} wait for each other`)
  }

  #complaintAbout({ kind, name, controller: { signal }, seen }: Wait): string | undefined {
    const { size, capacity, closed } = this.#channel
    if (seen.state === 'failed') {
      const isRefused = kind === 'send' && closed && seen.error instanceof ChannelClosed
      if (isRefused || (signal.aborted && seen.error === signal.reason)) return undefined
      throw new Error(`${name} failed, and was neither aborted nor refused: ${String(seen.error)}`, {
        cause: seen.error,
      })
    }
    if (seen.state !== 'waiting') return undefined
    if (signal.aborted) return `${name} was aborted, and still waits`
    if (closed) return `${name} still waits, and the channel is closed`
    if (kind === 'send' && size < capacity) return `${name} still waits, and the buffer has room`
    if (kind === 'receive' && size > 0) return `${name} still waits, and there is a message in the buffer`
    return undefined
  }
}
