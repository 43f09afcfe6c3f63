import { describe, expect, test } from 'vitest'
import { Channel, CLOSED } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { Selector } from '#message-passing/select'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, observe, settle } from '../observe.ts'

describe('a Selector in a loop', () => {
  test('sources that are always ready are chosen equally often, however busy the first is', async () => {
    const channels = { a: flood('a'), b: flood('b'), c: flood('c') }
    const selector = new Selector()
    const chosen: string[] = []
    for (let round = 0; round < 12; round++) {
      const { a, b, c } = channels
      const operations = { a: a.receiving(), b: b.receiving(), c: c.receiving() }
      chosen.push((await atOnce(selector.select(operations), 'all three have messages')).name)
    }
    for (let from = 0; from + 3 <= chosen.length; from++) {
      const window = chosen.slice(from, from + 3)
      expect(
        new Set(window).size,
        `three sources are ready, and three selects in a row chose ${window}: who was chosen last must search last`,
      ).toBe(3)
    }
  })

  test('a source that is never ready costs the others nothing', async () => {
    const [a, c] = [flood('a'), flood('c')]
    const silent = new Channel<string>(1)
    const selector = new Selector()
    const chosen: string[] = []
    for (let round = 0; round < 6; round++) {
      const operations = { a: a.receiving(), silent: silent.receiving(), c: c.receiving() }
      chosen.push((await atOnce(selector.select(operations), 'two of three have messages')).name)
    }
    const turns = chosen.filter((name) => name === 'a').length
    expect(turns, `a and c are always ready, so a has every second of six turns; chosen were ${chosen}`).toBe(3)
    expect(silent.trySend('first'), 'nobody waits on the silent source any more').toBe(true)
    expect(silent.tryReceive(), 'the message is in the channel').toBe('first')
  })

  test('sends have their turn too', async () => {
    const [incoming, outgoing] = [flood('in'), new Channel<string>(100)]
    const selector = new Selector()
    for (let round = 0; round < 10; round++) {
      const operations = { received: incoming.receiving(), sent: outgoing.sending(`message ${round}`) }
      await atOnce(selector.select(operations), 'there is a message to receive, and room to send')
    }
    const received = 100 - incoming.size
    const counted = `${received} received, ${outgoing.size} sent`
    expect(received + outgoing.size, `ten selects do ten things, and these did ${counted}`).toBe(10)
    expect(counted, 'in each of ten selects both could happen, so each has its turn in every second one').toBe(
      '5 received, 5 sent',
    )
  })

  test('the sources may change from one select to the next', async () => {
    const [a, b] = [flood('a'), flood('b')]
    const selector = new Selector()
    await atOnce(selector.select({ a: a.receiving() }), 'a has messages')
    const second = await atOnce(selector.select({ b: b.receiving() }), 'b has messages, and a is not asked for')
    const third = await atOnce(selector.select({ a: a.receiving() }), 'a has messages, and b is not asked for')
    expect(second.name, 'only b was asked for').toBe('b')
    expect(third.name, 'only a was asked for').toBe('a')
  })

  test('two Selectors do not share whose turn it is', async () => {
    const [a, b] = [flood('a'), flood('b')]
    const [one, other] = [new Selector(), new Selector()]
    const choose = async (selector: Selector) =>
      (await atOnce(selector.select({ a: a.receiving(), b: b.receiving() }), 'both have messages')).name
    const chosen = [await choose(one), await choose(other), await choose(one), await choose(other)]
    expect([chosen[0], chosen[2]].sort(), 'the first Selector chose each once in two').toEqual(['a', 'b'])
    expect([chosen[1], chosen[3]].sort(), 'the second Selector chose each once in two').toEqual(['a', 'b'])
  })

  test('it merges two channels into one until both are closed, and loses nothing', async () => {
    const [a, b] = [new Channel<number>(2), new Channel<number>(2)]
    const merged = observe(merge(a, b, 9)) // seven messages and two ends
    for (const n of [0, 1, 2, 3]) {
      a.trySend(n)
      await settle()
    }
    a.close()
    await settle()
    for (const n of [10, 11, 12]) {
      b.trySend(n)
      await settle()
    }
    b.close()
    await settle()
    if (merged.state === 'failed') throw merged.error
    expect(merged.state, 'both inputs are closed, so nothing is left to wait for').toBe('done')
    expect(merged.value, 'the end of one input is not the end of the other').toEqual([0, 1, 2, 3, 10, 11, 12])
  })
})

test('a loop of selects with a time-out leaves no timer behind', async () => {
  const clock = new VirtualClock()
  const jobs = new Channel<number>(1)
  const selector = new Selector()
  const names: string[] = []
  const loop = async () => {
    for (let round = 0; round < 3; round++) {
      const { name } = await selector.select({ job: jobs.receiving(), idle: after(clock, 10) })
      names.push(name)
    }
  }
  const done = observe(loop())
  await clock.advance(5)
  jobs.trySend(1)
  await clock.advance(9)
  expect(names, 'the job came after 5 ms, and 9 ms later there is no reason to be idle').toEqual(['job'])
  await clock.advance(1)
  jobs.trySend(2)
  await settle()
  expect(names, '10 ms without a job, and then a job').toEqual(['job', 'idle', 'job'])
  expect(done.state, 'three selects have ended, and so the loop has').toBe('done')
  expect(clock.pending, 'a timer is still set').toBe(0)
})

/** A channel with a hundred messages to receive. */
function flood(name: string): Channel<string> {
  const channel = new Channel<string>(100)
  for (let n = 0; n < 100; n++) channel.trySend(`${name}${n}`)
  return channel
}

/** Receives from both until both are closed. Rejects when that takes more than `selectsMax` selects. */
async function merge(a: Channel<number>, b: Channel<number>, selectsMax: number): Promise<number[]> {
  const open = new Map([
    ['a', a],
    ['b', b],
  ])
  const selector = new Selector()
  const received: number[] = []
  for (let selects = 0; open.size > 0; selects++) {
    if (selects === selectsMax)
      throw new Error(
        `${selects} messages and ends came, and select has returned once more: is NOT_READY taken for a value?`,
      )
    const operations = Object.fromEntries([...open].map(([name, channel]) => [name, channel.receiving()]))
    const { name, value } = await selector.select(operations)
    if (value === CLOSED) open.delete(name)
    else received.push(value)
  }
  return received
}
