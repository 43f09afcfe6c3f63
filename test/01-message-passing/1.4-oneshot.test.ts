import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { Oneshot } from '#message-passing/oneshot'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, observe, settle } from '../observe.ts'

describe('the one message', () => {
  test('who waits for it receives it', async () => {
    const reply = new Oneshot<string>()
    const received = observe(reply.receive())
    await settle()
    expect(received.state).toBe('waiting')
    reply.send('42')
    await settle()
    expect(received.value).toBe('42')
  })

  test('it waits for a receiver that comes late', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    await settle()
    expect(await atOnce(reply.receive(), 'the message was sent')).toBe('42')
  })

  test('it can be any value, undefined too', async () => {
    const reply = new Oneshot<undefined>()
    reply.send(undefined)
    expect(await atOnce(reply.receive(), 'the message was sent'), 'is undefined mistaken for "no message"?').toBe(
      undefined,
    )
  })

  test('it is received once: who comes after gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    await atOnce(reply.receive(), 'the message was sent')
    expect(await atOnce(reply.receive(), 'there will never be another message')).toBe(CLOSED)
  })

  test('of two that wait for it, the first receives it and the second gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    const waiting = [observe(reply.receive()), observe(reply.receive())]
    await settle()
    reply.send('42')
    await settle()
    expect(
      waiting.map((receive) => receive.value),
      'no second message can come: who waits for one must be told',
    ).toEqual(['42', CLOSED])
  })

  test('there is no second one', async () => {
    const reply = new Oneshot<string>()
    reply.send('first')
    expect(reply.closed, 'nothing more can be sent').toBe(true)
    expect(() => reply.send('second'), 'who answers twice must hear of it').toThrow(ChannelClosed)
    expect(await atOnce(reply.receive(), 'the first message was sent')).toBe('first')
    expect(() => reply.send('third'), 'not after the first was received either').toThrow(ChannelClosed)
    expect(await atOnce(reply.receive(), 'there will never be another message')).toBe(CLOSED)
  })
})

describe('closing without a message', () => {
  test('who waits gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    expect(reply.closed).toBe(false)
    const received = observe(reply.receive())
    await settle()
    reply.close()
    await settle()
    expect(reply.closed).toBe(true)
    expect(received.value, 'the asker must not be left waiting').toBe(CLOSED)
  })

  test('who comes later gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    reply.close()
    expect(await atOnce(reply.receive(), 'nobody will answer')).toBe(CLOSED)
  })

  test('nothing can be sent any more', () => {
    const reply = new Oneshot<string>()
    reply.close()
    expect(() => reply.send('too late')).toThrow(ChannelClosed)
  })

  test('a message that was sent before can still be received', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    reply.close()
    expect(await atOnce(reply.receive(), 'the message was sent before the close')).toBe('42')
  })
})

describe('not waiting any more', () => {
  test('a cancelled receive does not swallow the message', async () => {
    const reply = new Oneshot<string>()
    const controller = new AbortController()
    const cancelled = observe(reply.receive(controller.signal))
    await settle()
    controller.abort('enough')
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    reply.send('42')
    expect(await atOnce(reply.receive(), 'the message went to a receive that was cancelled')).toBe('42')
  })

  test('a receive cancelled before it began takes nothing', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    const cancelled = observe(reply.receive(AbortSignal.abort('enough')))
    await settle()
    expect(cancelled).toMatchObject({ state: 'failed', error: 'enough' })
    expect(await atOnce(reply.receive(), 'the message must still be there')).toBe('42')
  })

  test('a select that stops waiting at a timeout leaves the reply for whoever asks again', async () => {
    const clock = new VirtualClock()
    const reply = new Oneshot<string>()
    const selected = observe(select({ reply: reply.receiving(), timeout: after(clock, 100) }))
    await clock.advance(100)
    expect(selected.value).toEqual({ name: 'timeout' })
    reply.send('late')
    expect(await atOnce(reply.receive(), 'the late reply went to a select that is over')).toBe('late')
  })
})

type Step =
  | { readonly action: 'send' | 'close' | 'receive' }
  /** Aborts the n-th receive that was begun. */
  | { readonly action: 'cancel'; readonly receive: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constantFrom('receive', 'receive', 'send', 'close') }),
  fc.record({ action: fc.constant('cancel'), receive: fc.nat(5) }),
)

test('whatever is sent, received, cancelled and closed: the first message sent before the close arrives, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const { sent, arrived } = await play(new Oneshot<number>(), steps)
      const first = steps.findIndex(({ action }) => action === 'send' || action === 'close')
      const expected = steps[first]?.action === 'send' ? [first] : []
      expect(sent, 'the messages whose send did not throw: the first one, if nobody closed before it').toEqual(expected)
      expect(arrived, 'what arrived is not what was sent').toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

/** Plays the steps, and receives once more at the end. The message of a send is the number of its step. */
async function play(reply: Oneshot<number>, steps: readonly Step[]) {
  const sent: number[] = []
  const arrived: number[] = []
  const receives: AbortController[] = []
  const ignore = () => {} // a cancelled receive
  const receive = () => {
    const controller = new AbortController()
    receives.push(controller)
    reply.receive(controller.signal).then((message) => message !== CLOSED && arrived.push(message), ignore)
  }
  for (const [message, step] of steps.entries()) {
    if (step.action === 'receive') receive()
    else if (step.action === 'cancel') receives[step.receive]?.abort()
    else if (step.action === 'close') reply.close()
    else if (sends(reply, message)) sent.push(message)
    await settle()
  }
  receive()
  await settle()
  return { sent, arrived }
}

function sends(reply: Oneshot<number>, message: number): boolean {
  try {
    reply.send(message)
  } catch (error) {
    expect(error, 'what a send after the first one, or after the close, throws').toBeInstanceOf(ChannelClosed)
    return false
  }
  return true
}
