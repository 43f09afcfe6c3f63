import { describe, expect, test } from 'vitest'
import { Channel, CLOSED, EMPTY } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { aborted } from '#message-passing/operation'
import { select } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, observe, settle } from '../observe.ts'
import { told } from './selected.ts'

describe('when something can complete at once', () => {
  test('select returns the name and the value of the operation that happened', async () => {
    const orders = new Channel<string>(1)
    const returns = new Channel<string>(1)
    returns.trySend('a lamp')
    const selected = await atOnce(
      select({ order: orders.receiving(), return: returns.receiving() }),
      'a message is there to be received',
    )
    expect(selected, 'there is no order, and a return is there').toEqual({ name: 'return', value: 'a lamp' })
  })

  test('when several can complete, the first in written order wins', async () => {
    const [urgent, routine] = [new Channel<string>(1), new Channel<string>(1)]
    urgent.trySend('fire')
    routine.trySend('tea')
    const selected = await atOnce(
      select({ urgent: urgent.receiving(), routine: routine.receiving() }),
      'both channels have a message',
    )
    expect(selected.name, 'attempt the operations in the order in which they are written').toBe('urgent')
  })

  test('one operation happens, and the others do not', async () => {
    const [a, b, c] = [new Channel<string>(1), new Channel<string>(1), new Channel<string>(1)]
    a.trySend('from a')
    b.trySend('from b')
    await atOnce(select({ a: a.receiving(), b: b.receiving(), c: c.sending('to c') }), 'all three can complete')
    expect(b.tryReceive(), 'b was received from too: stop attempting at the first that completes').toBe('from b')
    expect(c.tryReceive(), 'c was sent to as well: stop attempting at the first that completes').toBe(EMPTY)
  })

  test('a send that completes at once wins, although a send completes with undefined', async () => {
    const results = new Channel<string>(1)
    const jobs = new Channel<string>(1)
    jobs.trySend('a job')
    const selected = await atOnce(
      select({ result: results.sending('a result'), job: jobs.receiving() }),
      'there is room for the result',
    )
    expect(selected, 'only NOT_READY means not ready: is undefined mistaken for it?').toEqual({ name: 'result' })
    expect(results.tryReceive(), 'the result was selected, and must have been sent').toBe('a result')
    expect(jobs.tryReceive(), 'the job was not selected, and must still be there').toBe('a job')
  })

  test('CLOSED is received like any message', async () => {
    const jobs = new Channel<string>(1)
    jobs.close()
    const selected = await atOnce(select({ job: jobs.receiving() }), 'a closed channel is received from at once')
    expect(selected, 'CLOSED is a value like any other').toEqual({ name: 'job', value: CLOSED })
  })

  test('a signal that is already aborted can be selected like anything else', async () => {
    const jobs = new Channel<string>(1)
    const selected = await atOnce(
      select({ job: jobs.receiving(), stop: aborted(AbortSignal.abort('closing time')) }),
      'the operation `aborted` completes with the reason of its signal',
    )
    expect(selected, 'there is no job, and the signal is aborted').toEqual({ name: 'stop', value: 'closing time' })
  })
})

describe('when nothing can complete yet', () => {
  test('select waits for the first operation to complete', async () => {
    const [a, b] = [new Channel<string>(1), new Channel<string>(1)]
    const selected = observe(select({ a: a.receiving(), b: b.receiving() }))
    await settle()
    expect(told(selected), 'nothing can be received yet').toBe('waits')
    expect(b.trySend('hello'), 'there is room in b').toBe(true)
    await settle()
    expect(told(selected), 'b has completed, and so the select has').toBe('b: hello')
    expect(b.tryReceive(), 'the message was received by the select, and is gone from the channel').toBe(EMPTY)
  })

  test('a send waits in a select until there is room', async () => {
    const results = new Channel<string>(1)
    results.trySend('first')
    const selected = observe(select({ result: results.sending('second') }))
    await settle()
    expect(told(selected), 'the channel is full').toBe('waits')
    expect(results.tryReceive(), 'what was in the channel before comes first').toBe('first')
    await settle()
    expect(told(selected), 'a receive made room').toBe('result: done')
    expect(results.tryReceive(), 'the select has sent').toBe('second')
  })

  test('a timer wins when nothing else has happened by then, and not earlier', async () => {
    const clock = new VirtualClock()
    const replies = new Channel<string>(1)
    const selected = observe(select({ reply: replies.receiving(), timeout: after(clock, 100) }))
    await clock.advance(99)
    expect(told(selected), '99 of 100 ms have passed').toBe('waits')
    await clock.advance(1)
    expect(told(selected), '100 ms have passed, and there is no reply').toBe('timeout: done')
    expect(replies.trySend('late'), 'there is room in the channel').toBe(true)
    expect(replies.tryReceive(), 'the select is over: the late reply must stay in the channel').toBe('late')
  })

  test('a signal that is aborted during the wait wins with its reason', async () => {
    const controller = new AbortController()
    const jobs = new Channel<string>(1)
    const selected = observe(select({ job: jobs.receiving(), stop: aborted(controller.signal) }))
    await settle()
    controller.abort('closing time')
    await settle()
    expect(told(selected), 'the signal was aborted, and nothing else has happened').toBe('stop: closing time')
  })

  test('a channel that is closed during the wait wins with CLOSED', async () => {
    const [a, b] = [new Channel<string>(1), new Channel<string>(1)]
    const selected = observe(select({ a: a.receiving(), b: b.receiving() }))
    await settle()
    a.close()
    await settle()
    expect(told(selected), 'a was closed, and who waits there is told so').toBe('a: CLOSED')
  })

  test('of two timers that are due at the same moment the first in written order wins', async () => {
    const clock = new VirtualClock()
    const [early, late] = [after(clock, 100), after(clock, 100)] // made in one order and written in the other
    const selected = observe(select({ late, early }))
    await clock.advance(100)
    expect(told(selected), 'begin the waits in the order of `names`').toBe('late: done')
  })

  test('of two that complete in the same turn only the first happens', async () => {
    const [a, b] = [new Channel<string>(1), new Channel<string>(1)]
    const selected = observe(select({ a: a.receiving(), b: b.receiving() }))
    await settle()
    b.trySend('to b')
    a.trySend('to a')
    await settle()
    expect(told(selected), 'the message to b came first').toBe('b: to b')
    expect(
      a.tryReceive(),
      'a message was lost: the loser was withdrawn not at all, or too late. ' +
        'Withdraw inside the call that completes the winner, not in a promise after it',
    ).toBe('to a')
  })
})
