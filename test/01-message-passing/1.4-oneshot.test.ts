import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { Oneshot } from '#message-passing/oneshot'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { law, letter, listed, type Story } from '../law.ts'
import { atOnce, type Observed, observe, outcome, settle } from '../observe.ts'
import { expectWords, inWords } from './received.ts'

/** What `call` throws. A promise that it leaves behind, rejected, is noticed here, and not in a later check. */
async function thrownBy(call: () => void): Promise<unknown> {
  try {
    call()
  } catch (error) {
    return error
  }
  await settle()
  return 'nothing'
}

describe('the one message', () => {
  test('who waits for it receives it', async () => {
    const reply = new Oneshot<string>()
    const received = observe(reply.receive())
    await settle()
    expect(received.state, 'no message was sent yet').toBe('waiting')
    reply.send('42')
    await settle()
    expect(inWords(received), 'the message was sent, and somebody waits for it').toBe('42')
  })

  test('it waits for a receiver that comes late', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    await settle()
    expect(await atOnce(reply.receive(), 'the message was sent'), 'the message waits for its receiver').toBe('42')
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
    expect(
      await atOnce(reply.receive(), 'there will never be another message'),
      'the one message was received before: CLOSED, for there will be no other',
    ).toBe(CLOSED)
  })

  test('of two that wait for it, the first receives it and the second gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    const waiting = [observe(reply.receive()), observe(reply.receive())]
    await settle()
    reply.send('42')
    await settle()
    const rule = 'no second message can come: who waits for one must be told'
    expectWords(waiting.map(inWords), ['42', 'CLOSED'], rule)
  })

  test('there is no second one', async () => {
    const reply = new Oneshot<string>()
    reply.send('first')
    expect(reply.closed, 'nothing more can be sent').toBe(true)
    const second = await thrownBy(() => reply.send('second'))
    expect(second, 'who answers twice must hear of it: send throws ChannelClosed').toBeInstanceOf(ChannelClosed)
    expect(
      await atOnce(reply.receive(), 'the first message was sent'),
      'the second message was refused, and must not have taken the place of the first',
    ).toBe('first')
    const third = await thrownBy(() => reply.send('third'))
    expect(third, 'not after the first was received either').toBeInstanceOf(ChannelClosed)
    expect(
      await atOnce(reply.receive(), 'there will never be another message'),
      'the third message was refused, and must not arrive',
    ).toBe(CLOSED)
  })
})

describe('closing without a message', () => {
  test('who waits gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    expect(reply.closed, 'nothing was sent and nobody closed it').toBe(false)
    const received = observe(reply.receive())
    await settle()
    reply.close()
    await settle()
    expect(reply.closed, '`closed` answers whether it was closed').toBe(true)
    expect(inWords(received), 'the asker must not be left waiting').toBe('CLOSED')
  })

  test('who comes later gets CLOSED', async () => {
    const reply = new Oneshot<string>()
    reply.close()
    expect(await atOnce(reply.receive(), 'nobody will answer'), 'it was closed without a message: CLOSED').toBe(CLOSED)
  })

  test('nothing can be sent any more', async () => {
    const reply = new Oneshot<string>()
    reply.close()
    const thrown = await thrownBy(() => reply.send('too late'))
    expect(thrown, 'send must throw ChannelClosed once it is closed').toBeInstanceOf(ChannelClosed)
  })

  test('a message that was sent before can still be received', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    reply.close()
    expect(
      await atOnce(reply.receive(), 'the message was sent before the close'),
      'the close does not take back a message',
    ).toBe('42')
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
    expect(outcome(cancelled), 'an aborted receive rejects with the reason of its signal').toBe('fails: enough')
    reply.send('42')
    expect(
      await atOnce(reply.receive(), 'the message went to a receive that was cancelled'),
      'the message must not go to a receive that was cancelled',
    ).toBe('42')
  })

  test('a receive cancelled before it began takes nothing', async () => {
    const reply = new Oneshot<string>()
    reply.send('42')
    const cancelled = observe(reply.receive(AbortSignal.abort('enough')))
    await settle()
    expect(outcome(cancelled), 'its signal was aborted before it began').toBe('fails: enough')
    expect(
      await atOnce(reply.receive(), 'the message must still be there'),
      'a receive that never began must not take the message',
    ).toBe('42')
  })

  test('a select that stops waiting at a timeout leaves the reply for whoever asks again', async () => {
    const clock = new VirtualClock()
    const reply = new Oneshot<string>()
    const selected = observe(select({ reply: reply.receiving(), timeout: after(clock, 100) }))
    await clock.advance(100)
    expect(selected.value, '100 ms have passed, and there is no reply').toEqual({ name: 'timeout' })
    reply.send('late')
    expect(
      await atOnce(reply.receive(), 'the late reply went to a select that is over'),
      'the late reply must not go to a select that is over',
    ).toBe('late')
  })
})

type Action =
  | { readonly kind: 'send' | 'close' | 'receive' }
  /** Aborts the n-th receive that was begun. */
  | { readonly kind: 'abort'; readonly receive: number }

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('receive', 'receive', 'send', 'close') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort'), receive: fc.nat(3) }) },
)
/** Whether the next step follows in the same turn: no promise settles between them. */
const sameTurn = fc.boolean()
const steps = fc.array(fc.record({ action, sameTurn }), { maxLength: 15, size: 'max' })

test('whatever is sent, received, aborted and closed: the first message sent before the close arrives, once', () =>
  law(steps, 200, async (steps, story) => {
    const play = new Play(new Oneshot<string>(), story)
    for (const { action, sameTurn } of steps) {
      play.act(action)
      if (sameTurn) story.goOnInTheSameTurn()
      else await settle()
    }
    play.act({ kind: 'receive' })
    await settle()
    const first = steps.find(({ action: { kind } }) => kind === 'send' || kind === 'close')
    const expected = listed(first?.action.kind === 'send' ? ['a'] : [])
    expect(listed(play.sent), 'only the first send, if nobody closed before it, does not throw').toBe(expected)
    expect(listed(play.arrived), 'what was sent must arrive, and once').toBe(expected)
    expect(play.closed, 'after a message or a close, and only then, nothing can be sent').toBe(first !== undefined)
    if (first !== undefined) expect(listed(play.waiting), 'who waits now waits for ever').toBe('nothing')
  }))

/** Plays steps on a oneshot, and keeps account of what was sent and what arrived. */
class Play {
  readonly sent: string[] = []
  readonly #oneshot: Oneshot<string>
  readonly #story: Story
  readonly #receives: { readonly controller: AbortController; readonly seen: Observed<unknown> }[] = []
  #sends = 0

  constructor(oneshot: Oneshot<string>, story: Story) {
    this.#oneshot = oneshot
    this.#story = story
  }

  get arrived(): unknown[] {
    return this.#receives.map(({ seen }) => seen.value).filter((value) => value !== undefined && value !== CLOSED)
  }

  get closed(): boolean {
    return this.#oneshot.closed
  }

  get waiting(): string[] {
    const waiting = [...this.#receives.entries()].filter(([, { seen }]) => seen.state === 'waiting')
    return waiting.map(([index]) => `receive ${index + 1}`)
  }

  act(action: Action): void {
    if (action.kind === 'abort') this.#abort(action.receive)
    else if (action.kind === 'receive') this.#receive()
    else if (action.kind === 'send') this.#send(letter(this.#sends++))
    else {
      this.#oneshot.close()
      this.#story.tell('close')
    }
  }

  #abort(index: number): void {
    const receive = this.#receives[index]
    if (receive === undefined) return
    receive.controller.abort('enough')
    this.#story.tell(`abort receive ${index + 1}`)
  }

  #receive(): void {
    const controller = new AbortController()
    const seen = observe(this.#oneshot.receive(controller.signal))
    this.#story.tell(`receive ${this.#receives.push({ controller, seen })}`)
  }

  #send(message: string): void {
    try {
      this.#oneshot.send(message)
      this.sent.push(message)
      this.#story.tell(`send ${message}`)
    } catch (error) {
      expect(error, 'what a send after the first one, or after the close, throws').toBeInstanceOf(ChannelClosed)
      this.#story.tell(`send ${message}: refused`)
    }
  }
}
