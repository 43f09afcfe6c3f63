import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel, EMPTY } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { type Operation, perform } from '#message-passing/operation'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { law, letter, listed, type Story } from '../law.ts'
import { type Observed, observe, settle } from '../observe.ts'

interface Act {
  readonly kind: 'send' | 'receive'
  readonly at: 'A' | 'B'
}

type Action =
  | { readonly kind: 'alone'; readonly act: Act }
  | { readonly kind: 'select'; readonly acts: readonly Act[]; readonly timeoutMs: number | undefined }
  /** Aborts the wait that was begun n waits before the last. */
  | { readonly kind: 'abort'; readonly wait: number }
  | { readonly kind: 'advance' }

interface Step {
  readonly action: Action
  /** Whether promises settle before the next step, or it follows in the same turn. */
  readonly settles: boolean
}

const act: fc.Arbitrary<Act> = fc.record({ kind: fc.constantFrom('send', 'receive'), at: fc.constantFrom('A', 'B') })
const acts = fc.array(act, { minLength: 1, maxLength: 4 })
const timeoutMs = fc.option(fc.nat(3), { nil: undefined })
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('alone'), act }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('select'), acts, timeoutMs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort'), wait: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('advance') }) },
)
const settles = fc.boolean().map((sameTurn) => !sameTurn) // shrinks towards settling
const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({ action, settles }), { maxLength: 25, size: 'max' })

test('whatever is selected, aborted and timed out: each message that was sent arrives once, in order', () =>
  law(fc.tuple(fc.nat(2), fc.nat(2), steps), 150, async ([capacityA, capacityB, steps], story) => {
    story.tell(`channel A has capacity ${capacityA}, channel B ${capacityB}`)
    const play = new Play({ A: new Channel(capacityA), B: new Channel(capacityB) }, story)
    for (const { action, settles } of steps) {
      play.act(action) // an `await` here would end the turn, and with it most of what can go wrong
      if (action.kind === 'advance' || settles) await play.settle()
      else story.goOnInTheSameTurn()
    }
    await play.end()
  }))

interface Wait {
  /** `select 1`, or `wait 1` for one that is performed alone. */
  readonly name: string
  /** What it waits for, by the names that its operations have. */
  readonly acts: Readonly<Record<string, Act & { readonly message?: string }>>
  readonly controller: AbortController
  readonly seen: Observed<Chosen>
  told: boolean
}

interface Chosen {
  readonly name: string
  readonly value: unknown
}

/** Plays steps on two channels and a clock, and keeps account of what was sent and what arrived. */
class Play {
  readonly #channels: Readonly<Record<Act['at'], Channel<string>>>
  readonly #story: Story
  readonly #clock = new VirtualClock()
  readonly #waits: Wait[] = []
  #messages = 0
  #advanced: Promise<void> | undefined

  constructor(channels: Readonly<Record<Act['at'], Channel<string>>>, story: Story) {
    this.#channels = channels
    this.#story = story
  }

  act(action: Action): void {
    if (action.kind === 'alone') this.#begin([action.act], undefined, false)
    else if (action.kind === 'select') this.#begin(action.acts, action.timeoutMs, true)
    else if (action.kind === 'abort') this.#abort(this.#waits.at(-1 - action.wait))
    else this.#advance()
  }

  /** Aborts every wait, drains the channels, and compares what was sent with what arrived. */
  async end(): Promise<void> {
    for (const { controller } of this.#waits) controller.abort('the end')
    this.#story.tell('abort whatever still waits')
    await this.settle()
    for (const at of ['A', 'B'] as const) {
      const channel = this.#channels[at]
      const left = Array.from({ length: channel.size }, () => String(channel.tryReceive()))
      const [sent, arrived] = [listed(this.#done('send', at)), listed([...this.#done('receive', at), ...left])]
      if (sent !== arrived)
        expect.fail(`what arrived at channel ${at} is not what was sent\n  sent:    ${sent}\n  arrived: ${arrived}`)
      if (channel.tryReceive() !== EMPTY) expect.fail(`every wait is over, and a send still waits at channel ${at}`)
      if (channel.trySend('one more') && channel.tryReceive() !== 'one more')
        expect.fail(`every wait is over, and a receive still waits at channel ${at}`)
    }
    if (this.#clock.pending > 0) expect.fail(`every wait is over, and timers still set: ${this.#clock.pending}`)
  }

  /** The messages that waits have sent or received at a channel, in the order in which the waits were begun. */
  #done(kind: Act['kind'], at: Act['at']): readonly unknown[] {
    return this.#waits.flatMap(({ acts, seen }) => {
      const act = seen.value && acts[seen.value.name]
      if (act === undefined || act.kind !== kind || act.at !== at) return []
      return [kind === 'send' ? act.message : seen.value?.value]
    })
  }

  #begin(acts: readonly Act[], timeoutMs: number | undefined, inSelect: boolean): void {
    const controller = new AbortController()
    const operations: Record<string, Operation<unknown>> = {}
    const named: Record<string, Act & { readonly message?: string }> = {}
    for (const { kind, at } of acts) {
      const message = letter(this.#messages)
      const isSend = kind === 'send'
      const what = isSend ? `send ${message} to ${at}` : `receive from ${at}`
      let name = what
      while (name in named) name += ', again'
      if (isSend) this.#messages++
      named[name] = isSend ? { kind, at, message } : { kind, at }
      operations[name] = isSend ? this.#channels[at].sending(message) : this.#channels[at].receiving()
    }
    if (timeoutMs !== undefined) operations[`${timeoutMs} ms pass`] = after(this.#clock, timeoutMs)
    const [[only, operation]] = Object.entries(operations) as [[string, Operation<unknown>]] // there is at least one
    const { signal } = controller
    const seen = observe<Chosen>(
      inSelect ? select(operations, signal) : perform(operation, signal).then((value) => ({ name: only, value })),
    )
    const name = `${inSelect ? 'select' : 'wait'} ${this.#waits.length + 1}`
    this.#story.tell(`${name}: ${Object.keys(operations).join(', or ')}`)
    this.#waits.push({ name, acts: named, controller, seen, told: false })
  }

  #abort(wait: Wait | undefined): void {
    if (wait === undefined) return
    wait.controller.abort(`${wait.name} was aborted`)
    this.#story.tell(`abort ${wait.name}`)
  }

  #advance(): void {
    this.#story.tell('1 ms passes')
    this.#advanced = this.#clock.advance(1)
  }

  /** Lets promises settle, tells what has happened, and finds a wait that failed or goes on without a reason. */
  async settle(): Promise<void> {
    await this.#advanced
    await settle()
    for (const wait of this.#waits) {
      const { name, seen, controller } = wait
      if (seen.state === 'failed' && !(controller.signal.aborted && seen.error === controller.signal.reason))
        throw seen.error
      if (seen.state === 'waiting' && controller.signal.aborted) expect.fail(`${name} was aborted, and still waits`)
      if (seen.value === undefined || wait.told) continue
      wait.told = true
      const received = typeof seen.value.value === 'string' ? `: ${seen.value.value}` : ''
      this.#story.tell(`${name} is over: ${seen.value.name}${received}`)
    }
  }
}
