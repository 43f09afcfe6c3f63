import { describe, expect, test } from 'vitest'
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { Watch } from '#message-passing/watch'
import { atOnce, observe, outcome, settle } from '../observe.ts'
import { expectWords, inWords } from './received.ts'

describe('the value', () => {
  test('is the one that was set last', () => {
    const watch = new Watch('a')
    expect(watch.value, 'nothing was set yet: the initial value').toBe('a')
    watch.set('b')
    watch.set('c')
    expect(watch.value, 'c was set last').toBe('c')
  })

  test('a new watcher receives the present one at once', async () => {
    const watch = new Watch('a')
    watch.set('b')
    expect(
      await atOnce(watch.watcher().receive(), 'there is always a value, and this watcher has seen none'),
      'a watcher that has seen nothing receives the present value',
    ).toBe('b')
  })

  test('can be anything, undefined too', async () => {
    const watch = new Watch<number | undefined>(undefined)
    const watcher = watch.watcher()
    const first = await atOnce(watcher.receive(), 'the initial value is undefined, and a value')
    watch.set(0)
    const second = await atOnce(watcher.receive(), '0 is a new value: is it mistaken for "nothing"?')
    watch.set(undefined)
    const third = await atOnce(watcher.receive(), 'undefined is a new value')
    expect([first, second, third], 'each is a value, and each was set after the one before').toEqual([
      undefined,
      0,
      undefined,
    ])
  })
})

describe('watching', () => {
  test('a watcher that has seen the present value waits for the next', async () => {
    const watch = new Watch('a')
    const watcher = watch.watcher()
    await atOnce(watcher.receive(), 'the present value')
    const next = observe(watcher.receive())
    await settle()
    expect(next.state, 'nothing has changed since: the watcher must not be told the same value again').toBe('waiting')
    watch.set('b')
    await settle()
    expect(inWords(next), 'b was set, and somebody waits for it').toBe('b')
  })

  test('every watcher that waits is told', async () => {
    const watch = new Watch('a')
    const watchers = [watch.watcher(), watch.watcher(), watch.watcher()]
    for (const watcher of watchers) await atOnce(watcher.receive(), 'the present value')
    const waiting = watchers.map((watcher) => observe(watcher.receive()))
    await settle()
    watch.set('b')
    await settle()
    const rule = 'one change, and three watchers wait: does set notify those who wait?'
    expectWords(waiting.map(inWords), ['b', 'b', 'b'], rule)
  })

  test('a slow watcher skips what was overwritten', async () => {
    const watch = new Watch(0)
    const watcher = watch.watcher()
    await atOnce(watcher.receive(), 'the present value')
    for (const n of [1, 2, 3]) watch.set(n)
    expect(await atOnce(watcher.receive(), 'there is a new value'), 'the latest, and nothing in between').toBe(3)
    const next = observe(watcher.receive())
    await settle()
    expect(next.state, 'three changes are one to a slow watcher: 3 was the last').toBe('waiting')
  })

  test('a value that is set again is a change', async () => {
    const watch = new Watch('a')
    const watcher = watch.watcher()
    await atOnce(watcher.receive(), 'the present value')
    watch.set('b')
    watch.set('a')
    const next = observe(watcher.receive())
    await settle()
    expect(outcome(next), 'it was set twice since: compare versions, for equal values tell nothing').toBe('gets a')
  })

  test('a value that is equal to the one before is a change too', async () => {
    const watch = new Watch('a')
    const watcher = watch.watcher()
    await atOnce(watcher.receive(), 'the present value')
    const next = observe(watcher.receive())
    await settle()
    watch.set('a')
    await settle()
    expect(outcome(next), '`set` was called, and that is what watchers wait for, whatever the value').toBe('gets a')
  })

  test('each watcher has its own pace', async () => {
    const watch = new Watch(0)
    const [fast, slow] = [watch.watcher(), watch.watcher()]
    const seen: unknown[] = []
    for (const n of [1, 2, 3]) {
      watch.set(n)
      seen.push(await atOnce(fast.receive(), 'there is a new value'))
    }
    expect(seen, 'the fast one sees each value').toEqual([1, 2, 3])
    expect(await atOnce(slow.receive(), 'it has seen nothing yet'), 'the slow one the latest').toBe(3)
  })
})

describe('closing', () => {
  test('a watcher receives the last value, if it has not seen it, and then CLOSED', async () => {
    const watch = new Watch('a')
    const watcher = watch.watcher()
    await atOnce(watcher.receive(), 'the present value')
    watch.set('b')
    watch.close()
    const received = [
      await atOnce(watcher.receive(), 'the last value'),
      await atOnce(watcher.receive(), 'the watch is closed'),
    ]
    expect(received, 'the last change counts: it may be the one that mattered').toEqual(['b', CLOSED])
  })

  test('watchers that wait receive CLOSED', async () => {
    const watch = new Watch('a')
    const watchers = [watch.watcher(), watch.watcher()]
    for (const watcher of watchers) await atOnce(watcher.receive(), 'the present value')
    const waiting = watchers.map((watcher) => observe(watcher.receive()))
    await settle()
    watch.close()
    await settle()
    const rule = 'a watcher that is not told of the close waits for ever'
    expectWords(waiting.map(inWords), ['CLOSED', 'CLOSED'], rule)
  })

  test('a watcher that comes later receives the last value, and then CLOSED', async () => {
    const watch = new Watch('a')
    watch.close()
    const watcher = watch.watcher()
    const received = [
      await atOnce(watcher.receive(), 'the last value'),
      await atOnce(watcher.receive(), 'the watch is closed'),
    ]
    expect(received, 'the last value, though the watch was closed when the watcher came, and then CLOSED').toEqual([
      'a',
      CLOSED,
    ])
  })

  test('nothing can be set any more, and the value stays', () => {
    const watch = new Watch('a')
    watch.close()
    expect(watch.closed, '`closed` answers whether the watch was closed').toBe(true)
    expect(() => watch.set('b'), 'set must throw ChannelClosed once the watch is closed').toThrow(ChannelClosed)
    expect(watch.value, 'set threw, and changed the value all the same').toBe('a')
  })

  test('a loop over the changes ends when the watch is closed', async () => {
    const watch = new Watch('a')
    const values: string[] = []
    const consume = async () => {
      for await (const value of watch.watcher()) values.push(value)
    }
    const consumed = observe(consume())
    await settle()
    watch.set('b')
    await settle()
    watch.close()
    await settle()
    expect(values, 'the loop receives the present value and each change').toEqual(['a', 'b'])
    expect(consumed.state, 'the loop must end').toBe('done')
  })
})
