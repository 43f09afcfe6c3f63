/** The pure side of the figures: a run is repeatable, a history can be asked about any moment. */
import { describe, expect, test } from 'vitest'
import type { Fact, Input, Problem, Setup } from '../.vitepress/theme/figures/channel/facts.ts'
import { History } from '../.vitepress/theme/figures/channel/history.ts'
import { brokenRule } from '../.vitepress/theme/figures/channel/rules.ts'
import { simulate } from '../.vitepress/theme/figures/channel/simulation.ts'
import { OPENING_MS, SITUATIONS } from '../.vitepress/theme/figures/channel/situations.ts'

const busy: Setup = { seed: 1, capacity: 4, producers: 3, consumers: 2, produceMs: 900, consumeMs: 1_200 }

/** One slow consumer: the buffer fills, and then everybody who sends waits. */
const overrun: Setup = { ...busy, consumers: 1, consumeMs: 5_000 }

interface Run {
  readonly facts: Fact[]
  readonly problem: Problem | undefined
}

async function run(setup: Setup, inputs: readonly Input[] = [], untilMs = 10_000): Promise<Run> {
  const facts: Fact[] = []
  let problem: Problem | undefined
  await simulate(setup, inputs, untilMs, (more, _, trouble) => {
    facts.push(...more)
    problem = trouble
    return true
  })
  return { facts, problem }
}

async function historyOf(setup: Setup, inputs: readonly Input[] = []): Promise<History> {
  const history = new History()
  history.add((await run(setup, inputs)).facts)
  return history
}

describe('a run of the channel figure', () => {
  test('is the same each time for the same setup and inputs', async () => {
    const inputs: Input[] = [
      { atMs: 2_000, action: { kind: 'producers', count: 5 } },
      { atMs: 4_321, action: { kind: 'cancel-send', producer: 1 } },
      { atMs: 6_000, action: { kind: 'consume', everyMs: 400 } },
    ]
    const once = await run(busy, inputs)
    expect(once.problem).toBeUndefined()
    expect(await run(busy, inputs)).toEqual(once)
  })

  test('keeps its past when something is done later', async () => {
    const before = await run(busy)
    const after = await run(busy, [{ atMs: 5_000, action: { kind: 'close' } }])
    const past = (facts: readonly Fact[]) => facts.filter((fact) => fact.atMs < 5_000)
    expect(past(after.facts)).toEqual(past(before.facts))
    expect(after.facts).not.toEqual(before.facts)
  })

  test('fills the buffer and then makes producers wait when consumers are slower', async () => {
    const history = await historyOf(overrun)
    expect(history.totals.at(9_000)).toMatchObject({ buffered: 4, sendersWaiting: 3, receiversWaiting: 0 })
    expect(history.totals.changes.every(({ value }) => value.sendersWaiting === 0 || value.buffered === 4)).toBe(true)
  })

  test('passes messages from hand to hand when the capacity is 0', async () => {
    const history = await historyOf({ ...busy, capacity: 0 })
    expect(history.totals.last.received).toBeGreaterThan(5)
    expect(history.totals.changes.every(({ value }) => value.buffered === 0)).toBe(true)
  })

  test('makes receivers wait when producers are slower', async () => {
    const history = await historyOf({ ...busy, consumers: 5, consumeMs: 400 })
    expect(history.totals.at(9_000).receiversWaiting).toBeGreaterThan(0)
  })

  test('ends every task when the channel is closed and drained', async () => {
    const history = await historyOf(busy, [{ atMs: 4_000, action: { kind: 'close' } }])
    const states = [...history.producers.slice(0, 3), ...history.consumers.slice(0, 2)].map((track) => track.last.is)
    expect(states).toEqual(['stopped', 'stopped', 'stopped', 'stopped', 'stopped'])
    const { sent, received } = history.totals.last
    expect(received).toBe(sent)
  })

  test('cancels the send that waits, and no message of others', async () => {
    const history = await historyOf(overrun, [{ atMs: 9_000, action: { kind: 'cancel-send', producer: 2 } }])
    expect(history.totals.last.cancelled).toBe(1)
    const gone = history.messages.filter(({ track }) =>
      track.changes.some(({ value }) => value.at === 'gone' && value.why === 'cancelled'),
    )
    expect(gone.map((message) => message.producer)).toEqual([2])
  })

  test('does nothing on a cancellation when nobody waits', async () => {
    const calm = { ...busy, producers: 1, consumers: 0, capacity: 8 }
    const inputs: Input[] = [{ atMs: 1_500, action: { kind: 'cancel-send', producer: 0 } }]
    expect(await run(calm, inputs, 3_000)).toEqual(await run(calm, [], 3_000))
  })

  test('lets tasks come and go', async () => {
    const history = await historyOf(busy, [
      { atMs: 3_000, action: { kind: 'producers', count: 0 } },
      { atMs: 6_000, action: { kind: 'producers', count: 1 } },
    ])
    expect(history.producers.map((track) => track.at(4_000).is)).toEqual([
      'absent',
      'absent',
      'absent',
      'absent',
      'absent',
    ])
    expect(history.producers.map((track) => track.at(8_000).is !== 'absent')).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('stops when its listener has heard enough', async () => {
    let heard = 0
    await simulate(busy, [], 60_000, () => ++heard < 3)
    expect(heard).toBe(3)
  })

  test('ends with a sentence when the channel refuses its capacity', async () => {
    const { problem } = await run({ ...busy, capacity: -1 })
    expect(problem).toEqual({ atMs: 0, sentence: expect.stringContaining('not -1') })
  })
})

describe('the promises of a channel, seen from outside', () => {
  const calm = { capacity: 4, size: 2, closed: false, underway: 2, sendersWaiting: 0, receiversWaiting: 0 }

  test.each([
    [{}, undefined],
    [{ size: 4, underway: 4, sendersWaiting: 2 }, undefined],
    [{ size: 0, underway: 0, receiversWaiting: 2 }, undefined],
    [{ size: 5, underway: 5 }, 'the buffer holds 5 messages, and its capacity is 4'],
    [{ underway: 3 }, 'the channel says that it holds 2 messages, but 3 were sent and not received'],
    [{ sendersWaiting: 1 }, '1 sender waits while the buffer holds only 2 of 4'],
    [{ receiversWaiting: 2 }, '2 receivers wait while the buffer holds 2 messages'],
    [{ sendersWaiting: 1, receiversWaiting: 1 }, '1 sender and 1 receiver wait: one of each could leave together'],
    [{ closed: true, receiversWaiting: 1 }, 'the channel is closed, and still 1 receiver waits'],
  ])('%o: %s', (change, rule) => {
    expect(brokenRule({ ...calm, ...change })).toBe(rule)
  })
})

test('what the channel figure shows at first is what its runs begin with', async () => {
  const openings: Record<string, readonly Fact[]> = {}
  for (const { name, setup } of SITUATIONS) openings[name] = (await run(setup, [], OPENING_MS)).facts
  const lines = Object.entries(openings).map(([name, facts]) => {
    return `  "${name}": [\n${facts.map((fact) => `    ${JSON.stringify(fact)}`).join(',\n')}\n  ]`
  })
  await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot(
    '../.vitepress/theme/figures/channel/golden/opening.json',
  )
})
