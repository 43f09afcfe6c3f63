import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel, ChannelClosed, CLOSED, EMPTY } from '#message-passing/channel'
import { settle } from '../observe.ts'

type Step =
  | { readonly action: 'send' | 'receive' | 'trySend' | 'tryReceive' }
  /** Aborts the wait that was begun n waits before the last. */
  | { readonly action: 'cancel'; readonly wait: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constantFrom('send', 'receive', 'send', 'receive', 'trySend', 'tryReceive') }),
  fc.record({ action: fc.constant('cancel'), wait: fc.nat(4) }),
)

test('whatever is sent, received and cancelled: each message that was sent arrives once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(4), fc.array(step, { maxLength: 40, size: 'max' }), async (capacity, steps) => {
      const { sent, arrived, sizeMax, failures } = await play(new Channel<number>(capacity), steps)
      if (failures.length > 0) throw failures[0]
      expect(sizeMax, 'more messages in the buffer than its capacity').toBeLessThanOrEqual(capacity)
      expect(arrived, 'what arrived is not what was sent').toEqual(sent)
    }),
    { numRuns: 200 },
  )
})

/**
 * Plays the steps, then closes the channel and drains it. `sent` are the messages whose send completed, `failures`
 * what failed although it was neither cancelled nor refused.
 */
async function play(channel: Channel<number>, steps: readonly Step[]) {
  const sent: number[] = []
  const arrived: number[] = []
  const waits: AbortController[] = []
  const failures: unknown[] = []
  const arrive = (received: number | typeof CLOSED | typeof EMPTY) => {
    if (received !== CLOSED && received !== EMPTY) arrived.push(received)
  }
  const begin = (wait: (signal: AbortSignal) => Promise<unknown>) => {
    const controller = new AbortController()
    waits.push(controller)
    wait(controller.signal).catch((error) => {
      const expected = error === controller.signal.reason || error instanceof ChannelClosed
      if (!expected) failures.push(error)
    })
  }
  let sizeMax = 0
  for (const [message, step] of steps.entries()) {
    if (step.action === 'send') begin((signal) => channel.send(message, signal).then(() => sent.push(message)))
    else if (step.action === 'receive') begin((signal) => channel.receive(signal).then(arrive))
    else if (step.action === 'tryReceive') arrive(channel.tryReceive())
    else if (step.action === 'cancel') waits.at(-1 - step.wait)?.abort()
    else if (channel.trySend(message)) sent.push(message)
    await settle()
    sizeMax = Math.max(sizeMax, channel.size)
  }
  channel.close()
  for (let left = channel.size; left > 0; left--) arrive(channel.tryReceive())
  await settle()
  return { sent, arrived, sizeMax, failures }
}
