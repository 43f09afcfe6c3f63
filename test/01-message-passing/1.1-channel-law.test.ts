import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel, CLOSED, EMPTY } from '#message-passing/channel'
import { settle } from '../observe.ts'

type Step =
  | { readonly action: 'send' | 'receive' | 'trySend' | 'tryReceive' }
  /** Aborts the n-th wait that was begun. */
  | { readonly action: 'cancel'; readonly wait: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constantFrom('send', 'receive', 'send', 'receive', 'trySend', 'tryReceive') }),
  fc.record({ action: fc.constant('cancel'), wait: fc.nat(20) }),
)

test('whatever is sent, received and cancelled: each message that was sent arrives once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(4), fc.array(step, { maxLength: 40 }), async (capacity, steps) => {
      const { sent, arrived, sizeMax } = await play(new Channel<number>(capacity), steps)
      expect(sizeMax, 'more messages in the buffer than its capacity').toBeLessThanOrEqual(capacity)
      expect(arrived, 'what arrived is not what was sent').toEqual(sent)
    }),
    { numRuns: 300 },
  )
})

/** Plays the steps, then closes the channel and drains it. `sent` are the messages whose send completed. */
async function play(channel: Channel<number>, steps: readonly Step[]) {
  const sent: number[] = []
  const arrived: number[] = []
  const waits: AbortController[] = []
  const arrive = (received: number | typeof CLOSED | typeof EMPTY) => {
    if (received !== CLOSED && received !== EMPTY) arrived.push(received)
  }
  const wait = () => {
    const controller = new AbortController()
    waits.push(controller)
    return controller.signal
  }
  const ignore = () => {} // a cancelled wait, or a send that the close has refused
  let sizeMax = 0
  for (const [message, step] of steps.entries()) {
    if (step.action === 'send') channel.send(message, wait()).then(() => sent.push(message), ignore)
    else if (step.action === 'receive') channel.receive(wait()).then(arrive, ignore)
    else if (step.action === 'tryReceive') arrive(channel.tryReceive())
    else if (step.action === 'cancel') waits[step.wait]?.abort()
    else if (channel.trySend(message)) sent.push(message)
    await settle()
    sizeMax = Math.max(sizeMax, channel.size)
  }
  channel.close()
  for (let left = channel.tryReceive(); left !== CLOSED; left = channel.tryReceive()) arrive(left)
  await settle()
  return { sent, arrived, sizeMax }
}
