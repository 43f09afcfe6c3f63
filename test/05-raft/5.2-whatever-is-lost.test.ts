import fc from 'fast-check'
import { expect, test } from 'vitest'
import { law, type Story } from '../law.ts'
import { Pair, type Way } from './pair.ts'
import { sharedUpTo, termsOf, twoLogs } from './two-logs.ts'

const options = { entriesMax: 2, inFlightMax: 2 }

const way = fc.constantFrom<Way>('toFollower', 'toLeader')
const inOrder = fc.oneof(
  fc.record({ kind: fc.constant('propose' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('heartbeat' as const) }),
  fc.record({ kind: fc.constant('deliver' as const), way, at: fc.constant(0), again: fc.constant(false) }),
  fc.record({ kind: fc.constant('deliver' as const), way, at: fc.constant(0), again: fc.constant(false) }),
)
const inAnyOrder = fc.oneof(
  inOrder,
  fc.record({ kind: fc.constant('deliver' as const), way, at: fc.nat(5), again: fc.boolean() }),
  fc.record({ kind: fc.constant('lose' as const), way, at: fc.nat(5) }),
)
type Step = typeof inAnyOrder extends fc.Arbitrary<infer S> ? S : never

function play(pair: Pair, step: Step): void {
  switch (step.kind) {
    case 'propose':
      return pair.propose(step.count)
    case 'heartbeat':
      return pair.heartbeat()
    case 'deliver':
      return pair.deliver(step.way, step.at, step.again)
    case 'lose':
      return pair.lose(step.way, step.at)
  }
}

/** Everything that is told goes into the story, and what is acknowledged must be so after each step. */
function playAll(pair: Pair, steps: readonly Step[], story: Story): void {
  for (const step of steps) {
    play(pair, step)
    const { matchIndex } = pair.progress
    const [leaders, followers] = [pair.leader.state.log, pair.follower.state.log]
    if (sharedUpTo(leaders, followers) >= matchIndex) continue
    story.tell(`a has ${termsOf(leaders)}, b has ${termsOf(followers)}`)
    expect.fail(`the leader believes that b has ${matchIndex} of its entries, and could commit what b doesn't have`)
  }
}

function requireSame(pair: Pair, why: string): void {
  const { state } = pair.leader
  expect(termsOf(pair.follower.state.log), why).toBe(termsOf(state.log))
  expect(pair.progress.matchIndex, `${why}, and the leader knows`).toBe(state.log.entries.length)
}

test('whatever is lost, doubled and late: the logs agree up to matchIndex, and everywhere after two heartbeats', () =>
  law(fc.tuple(twoLogs, fc.array(inAnyOrder, { maxLength: 30, size: 'max' })), 200, async ([logs, steps], story) => {
    const pair = new Pair(logs, story, options)
    playAll(pair, steps, story)
    story.tell('from here on nothing is lost')
    pair.deliverAll()
    for (let round = 0; round < 2; round++) {
      pair.heartbeat()
      pair.deliverAll()
    }
    requireSame(pair, 'a heartbeat finds the place, or the hole, and the rest follows')
  }))

test('on a network that keeps the order and loses nothing, no entry is sent twice once the place is known', () =>
  law(fc.tuple(twoLogs, fc.array(inOrder, { maxLength: 30, size: 'max' })), 200, async ([logs, steps], story) => {
    const pair = new Pair(logs, story, options)
    playAll(pair, steps, story)
    pair.deliverAll()
    requireSame(pair, 'all has arrived')
    const twice = pair.sentAhead.filter((index, at) => pair.sentAhead.indexOf(index) !== at)
    expect(twice, `entries that were sent ahead: ${pair.sentAhead.join(' ')}`).toEqual([])
  }))

test('while nothing is lost, no more than inFlightMax appends with entries are under way', () =>
  law(fc.tuple(twoLogs, fc.array(inOrder, { maxLength: 30, size: 'max' })), 200, async ([logs, steps], story) => {
    const pair = new Pair(logs, story, options)
    for (const step of steps) {
      play(pair, step)
      const full = pair.underWay.toFollower.filter((each) => each.kind === 'append' && each.entries.length > 0)
      const answers = pair.underWay.toLeader.length
      const rule = `the window is ${options.inFlightMax} appends, and ${answers} answers are on their way back`
      expect(full.length, rule).toBeLessThanOrEqual(options.inFlightMax)
    }
  }))
