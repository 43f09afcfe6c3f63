import { describe, expect, test } from 'vitest'
import { Channel, ChannelClosed, EMPTY } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { aborted } from '#message-passing/operation'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { countListeners } from '../listeners.ts'
import { atOnce, observe, settle } from '../observe.ts'
import { told } from './selected.ts'

describe('the losers leave no trace', () => {
  test('a receive that lost takes no later message', async () => {
    const [a, b] = [new Channel<string>(1), new Channel<string>(1)]
    const selected = observe(select({ a: a.receiving(), b: b.receiving() }))
    await settle()
    a.trySend('wins')
    await settle()
    expect(told(selected), 'a message has come to a').toBe('a: wins')
    b.trySend('for somebody else')
    expect(b.tryReceive(), 'a message vanished into a receive that nobody waits for any more').toBe('for somebody else')
  })

  test('a send that lost never sends', async () => {
    const [full, replies] = [new Channel<string>(1), new Channel<string>(1)]
    full.trySend('first')
    const selected = observe(select({ sent: full.sending('second'), reply: replies.receiving() }))
    await settle()
    replies.trySend('wins')
    await settle()
    expect(told(selected), 'the channel is full, and a reply has come').toBe('reply: wins')
    expect(full.tryReceive(), 'what was in the channel before is still there').toBe('first')
    expect(full.tryReceive(), 'the select was won by another, and its send happened all the same').toBe(EMPTY)
  })

  test('a timer that lost is taken back', async () => {
    const clock = new VirtualClock()
    const replies = new Channel<string>(1)
    const selected = observe(select({ reply: replies.receiving(), timeout: after(clock, 1_000) }))
    await settle()
    replies.trySend('in time')
    await settle()
    expect(told(selected), 'the reply came before the timer').toBe('reply: in time')
    expect(clock.pending, 'a timer is still set: each request would leave one behind').toBe(0)
  })

  test('no timer is set when something can complete at once', async () => {
    const clock = new VirtualClock()
    const replies = new Channel<string>(1)
    replies.trySend('already here')
    const selected = await atOnce(
      select({ timeout: after(clock, 0), reply: replies.receiving() }),
      'a reply is there to be received',
    )
    expect(selected.name, 'a timer takes its time, even 0 ms: what can complete at once comes first').toBe('reply')
    expect(clock.pending, 'a timer is still set').toBe(0)
  })

  test('a signal that lost is not listened to any more', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const jobs = new Channel<number>(1)
    for (let n = 0; n < 3; n++) {
      const selected = observe(select({ job: jobs.receiving(), stop: aborted(signal) }))
      await settle()
      jobs.trySend(n)
      await settle()
      expect(told(selected), 'a job has come, and the signal is not aborted').toBe(`job: ${n}`)
    }
    expect(listeners(), 'each select left a listener on the signal').toBe(0)
  })
})

describe('both ends of one channel', () => {
  test('a select never sends to itself', async () => {
    const meeting = new Channel<string>(0)
    const selected = observe(select({ sent: meeting.sending('mine'), received: meeting.receiving() }))
    await settle()
    expect(
      told(selected),
      'nobody else is here: attempt every operation before waiting for the first, or one end meets the other',
    ).toBe('waits')
    expect(meeting.trySend('hello'), 'the select waits to receive').toBe(true)
    await settle()
    expect(told(selected), 'somebody else has sent').toBe('received: hello')
    expect(meeting.tryReceive(), 'the send of the same select must be gone').toBe(EMPTY)
  })

  test('two selects meet on a rendezvous channel: one sends, and the other receives', async () => {
    const meeting = new Channel<string>(0)
    const first = observe(select({ sent: meeting.sending('from the first'), received: meeting.receiving() }))
    await settle()
    const second = observe(select({ sent: meeting.sending('from the second'), received: meeting.receiving() }))
    await settle()
    expect(told(second), 'the first select waits to receive, so this one can send').toBe('sent: done')
    expect(told(first), 'the second select has sent to this one').toBe('received: from the second')
    expect(meeting.tryReceive(), 'nobody waits to send any more').toBe(EMPTY)
    expect(meeting.trySend('anybody?'), 'nobody waits to receive any more').toBe(false)
  })
})

describe('when an operation fails', () => {
  test('select rejects with its error, and none of the others happens', async () => {
    const [closed, jobs] = [new Channel<string>(1), new Channel<string>(1)]
    closed.close()
    jobs.trySend('a job')
    const selected = observe(select({ sent: closed.sending('a result'), job: jobs.receiving() }))
    await settle()
    expect(selected.error, 'a send into a closed channel fails, and it stands first').toBeInstanceOf(ChannelClosed)
    expect(jobs.tryReceive(), 'the select has failed: it must not have taken the job').toBe('a job')
  })

  test('one that could fail, but comes after one that completes, is not attempted', async () => {
    const [closed, jobs] = [new Channel<string>(1), new Channel<string>(1)]
    closed.close()
    jobs.trySend('a job')
    const selected = observe(select({ job: jobs.receiving(), sent: closed.sending('a result') }))
    await settle()
    expect(told(selected), 'the job stands first and is there: nothing behind it may be attempted').toBe('job: a job')
  })

  test('a failure during the wait withdraws the others', async () => {
    const clock = new VirtualClock()
    const [full, jobs] = [new Channel<string>(0), new Channel<string>(1)]
    const selected = observe(
      select({ job: jobs.receiving(), sent: full.sending('a result'), timeout: after(clock, 1_000) }),
    )
    await settle()
    full.close()
    await settle()
    expect(selected.error, 'the channel was closed while the send waited').toBeInstanceOf(ChannelClosed)
    jobs.trySend('a job')
    expect(jobs.tryReceive(), 'the receive of a failed select has swallowed a message').toBe('a job')
    expect(clock.pending, 'the timer of a failed select is still set').toBe(0)
  })

  test('a message that comes in the same turn as the failure, but after it, is not lost', async () => {
    const [full, jobs] = [new Channel<string>(0), new Channel<string>(1)]
    const selected = observe(select({ job: jobs.receiving(), sent: full.sending('a result') }))
    await settle()
    full.close()
    jobs.trySend('a job')
    await settle()
    expect(told(selected), 'the send failed first, so the select fails').toBe('rejects: ChannelClosed')
    expect(
      jobs.tryReceive(),
      'the failed select has swallowed a message: its receive was withdrawn not at all, or too late. ' +
        'Withdraw inside the call of `fail`, not in a promise after it',
    ).toBe('a job')
  })
})
