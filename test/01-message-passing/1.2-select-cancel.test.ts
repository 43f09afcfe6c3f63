import { describe, expect, test } from 'vitest'
import { Channel, ChannelClosed, EMPTY } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { countListeners } from '../listeners.ts'
import { atOnce, observe, settle } from '../observe.ts'
import { told } from './selected.ts'

describe('cancelling a select', () => {
  test('a select that is cancelled before it begins does nothing', async () => {
    const [jobs, results] = [new Channel<string>(1), new Channel<string>(1)]
    jobs.trySend('a job')
    const operations = { job: jobs.receiving(), result: results.sending('a result') }
    const selected = observe(select(operations, AbortSignal.abort('enough')))
    await settle()
    expect(told(selected), 'it rejects with the reason of the signal').toBe('rejects: enough')
    expect(jobs.tryReceive(), 'the job must still be there').toBe('a job')
    expect(results.tryReceive(), 'nothing may be sent').toBe(EMPTY)
  })

  test('a select that is cancelled while it waits withdraws every operation', async () => {
    const clock = new VirtualClock()
    const [jobs, full] = [new Channel<string>(1), new Channel<string>(0)]
    const controller = new AbortController()
    const operations = { job: jobs.receiving(), result: full.sending('a result'), timeout: after(clock, 1_000) }
    const selected = observe(select(operations, controller.signal))
    await settle()
    expect(told(selected), 'there is no job, nobody takes the result, and no time has passed').toBe('waits')
    controller.abort('enough')
    await settle()
    expect(told(selected), 'it rejects with the reason of the signal').toBe('rejects: enough')
    jobs.trySend('a job')
    expect(jobs.tryReceive(), 'the cancelled select has swallowed a message').toBe('a job')
    expect(full.tryReceive(), 'the message of a cancelled select arrived').toBe(EMPTY)
    expect(clock.pending, 'the timer of the cancelled select is still set').toBe(0)
  })

  test('a message that comes in the same turn as the cancellation, but after it, is not lost', async () => {
    const jobs = new Channel<string>(1)
    const controller = new AbortController()
    const selected = observe(select({ job: jobs.receiving() }, controller.signal))
    await settle()
    controller.abort('enough')
    jobs.trySend('a job')
    await settle()
    expect(told(selected), 'the abort came first, so the select rejects with its reason').toBe('rejects: enough')
    expect(
      jobs.tryReceive(),
      'the cancelled select has swallowed a message: its receive was withdrawn not at all, or too late. ' +
        'Withdraw inside the abort, not in a promise after it',
    ).toBe('a job')
  })

  test('a message that came before the cancellation, in the same turn, is delivered', async () => {
    const jobs = new Channel<string>(1)
    const controller = new AbortController()
    const selected = observe(select({ job: jobs.receiving() }, controller.signal))
    await settle()
    jobs.trySend('a job')
    controller.abort('too late')
    await settle()
    expect(told(selected), 'the job was taken before the abort: to reject now would lose it').toBe('job: a job')
  })

  test('a select that is over no longer listens to its signal', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const jobs = new Channel<number>(1)
    jobs.trySend(0)
    await atOnce(select({ job: jobs.receiving() }, signal), 'a message is there to be received')
    expect(listeners(), 'this select never waited: what is the listener for?').toBe(0)
    for (let n = 1; n <= 3; n++) {
      const selected = observe(select({ job: jobs.receiving() }, signal))
      await settle()
      jobs.trySend(n)
      await settle()
      expect(told(selected), 'a job has come, and the signal is not aborted').toBe(`job: ${n}`)
    }
    expect(listeners(), 'each select left a listener on the signal').toBe(0)
  })

  test('a select that failed no longer listens to its signal', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const full = new Channel<number>(0)
    const selected = observe(select({ sent: full.sending(1) }, signal))
    await settle()
    full.close()
    await settle()
    expect(selected.error, 'the channel was closed, and the send that waited fails').toBeInstanceOf(ChannelClosed)
    expect(listeners(), 'the failed select left a listener on the signal').toBe(0)
  })
})

test('a select of nothing is refused, for it would wait for ever', async () => {
  const selected = observe(Promise.resolve().then(() => select({})))
  await settle()
  expect(selected.error, 'no operation can ever complete').toBeInstanceOf(RangeError)
})
