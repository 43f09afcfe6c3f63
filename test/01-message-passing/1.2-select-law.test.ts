import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel, EMPTY } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { type Operation, perform } from '#message-passing/operation'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { settle } from '../observe.ts'

interface Act {
  readonly kind: 'send' | 'receive'
  /** Which of the two channels. */
  readonly at: 0 | 1
}

type Step =
  | (Act & { readonly action: 'alone' })
  | { readonly action: 'select'; readonly acts: readonly Act[]; readonly timeoutMs: number | undefined }
  /** Aborts the wait that was begun n waits before the last. */
  | { readonly action: 'cancel'; readonly wait: number }
  | { readonly action: 'advance' }

const kind = fc.constantFrom<Act['kind']>('send', 'receive')
const at = fc.constantFrom<Act['at']>(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ action: fc.constant('alone'), kind, at }) },
  {
    weight: 5,
    arbitrary: fc.record({
      action: fc.constant('select'),
      acts: fc.array(fc.record({ kind, at }), { minLength: 1, maxLength: 4 }),
      timeoutMs: fc.option(fc.nat(3), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('cancel'), wait: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('advance') }) },
)

test('whatever is selected, cancelled and timed out: each message that was sent arrives once, in order', async () => {
  const capacities = fc.tuple(fc.nat(2), fc.nat(2))
  await fc.assert(
    fc.asyncProperty(capacities, fc.array(step, { maxLength: 30, size: 'max' }), async ([first, second], steps) => {
      const world = new World([new Channel(first), new Channel(second)])
      for (const step of steps) await world.play(step)
      await world.end()
      expect(world.arrived, 'what arrived, by channel, is not what was sent').toEqual(world.sent)
      expect(world.traces(), 'every wait is over, and something is left of one').toEqual([])
    }),
    { numRuns: 150 },
  )
})

/** Two channels and a clock, and an account of what was sent and what has arrived. */
class World {
  readonly sent: [number[], number[]] = [[], []]
  readonly arrived: [number[], number[]] = [[], []]
  readonly #channels: readonly [Channel<number>, Channel<number>]
  readonly #clock = new VirtualClock()
  readonly #waits: AbortController[] = []
  readonly #failures: unknown[] = []
  #messages = 0

  constructor(channels: readonly [Channel<number>, Channel<number>]) {
    this.#channels = channels
  }

  async play(step: Step): Promise<void> {
    if (step.action === 'select') this.#select(step.acts, step.timeoutMs)
    else if (step.action === 'cancel') this.#waits.at(-1 - step.wait)?.abort()
    else if (step.action === 'advance') await this.#clock.advance(1)
    else {
      const { operation, happened } = this.#begin(step)
      this.#expect((signal) => perform(operation, signal).then(happened))
    }
    await settle()
    if (this.#failures.length > 0) throw this.#failures[0]
  }

  /** Aborts every wait, and drains the channels. */
  async end(): Promise<void> {
    for (const wait of this.#waits) wait.abort()
    await settle()
    for (const at of [0, 1] as const) {
      const channel = this.#channels[at]
      for (let left = channel.size; left > 0; left--) this.#arrive(at, channel.tryReceive())
      this.sent[at].sort((a, b) => a - b)
    }
  }

  /** What is left of waits that are over. */
  traces(): string[] {
    const traces: string[] = []
    for (const [at, channel] of this.#channels.entries()) {
      if (channel.tryReceive() !== EMPTY) traces.push(`a send that waits at channel ${at}`)
      if (channel.trySend(-1) && channel.tryReceive() !== -1) traces.push(`a receive that waits at channel ${at}`)
    }
    if (this.#clock.pending > 0) traces.push(`timers that are set: ${this.#clock.pending}`)
    return traces
  }

  #select(acts: readonly Act[], timeoutMs: number | undefined): void {
    const begun = Object.fromEntries(acts.map((act, index) => [`${act.kind} ${index}`, this.#begin(act)]))
    const operations: Record<string, Operation<unknown>> = {}
    for (const [name, { operation }] of Object.entries(begun)) operations[name] = operation
    if (timeoutMs !== undefined) operations.timeout = after(this.#clock, timeoutMs)
    this.#expect((signal) => select(operations, signal).then(({ name, value }) => begun[name]?.happened(value)))
  }

  /** A send of the next message or a receive, and what to note when it has happened. */
  #begin({ kind, at }: Act): { readonly operation: Operation<unknown>; readonly happened: (value: unknown) => void } {
    const channel = this.#channels[at]
    if (kind === 'receive') return { operation: channel.receiving(), happened: (value) => this.#arrive(at, value) }
    const message = this.#messages++
    return { operation: channel.sending(message), happened: () => this.sent[at].push(message) }
  }

  #arrive(at: 0 | 1, received: unknown): void {
    if (typeof received === 'number') this.arrived[at].push(received)
  }

  /** Begins a wait that may be cancelled, and may not fail otherwise. */
  #expect(wait: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController()
    this.#waits.push(controller)
    wait(controller.signal).catch((error) => {
      if (error !== controller.signal.reason) this.#failures.push(error)
    })
  }
}
