import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '#message-passing/random'
import { type Entry, type Message, type ServerId, TERM_MAX } from '#raft/messages'
import { RaftNode } from '#raft/node'
import { directed } from './directed.ts'

const index = fc.oneof(fc.nat(6), fc.constantFrom(1_000, Number.MAX_SAFE_INTEGER))
const entry: fc.Arbitrary<Entry> = fc.record({ term: index, command: fc.constant(new Uint8Array(1)) })
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant('requestVote' as const), term: index, lastIndex: index, lastTerm: index }),
  fc.record({ kind: fc.constant('vote' as const), term: index, granted: fc.boolean() }),
  fc.record({
    kind: fc.constant('append' as const),
    term: index,
    prevIndex: index,
    prevTerm: index,
    entries: fc.array(entry, { maxLength: 4 }),
    commitIndex: index,
  }),
  fc.record({ kind: fc.constant('appended' as const), term: index, matchIndex: index }),
  fc.record({
    kind: fc.constant('refused' as const),
    term: index,
    prevIndex: index,
    conflictIndex: index,
    conflictTerm: index,
  }),
)

test('whatever arrives, in whatever order, a server neither fails nor goes back', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('tick' as const) }),
      fc.record({ kind: fc.constant('message' as const), from: fc.constantFrom('a', 'b', 'c', 'nobody'), message }),
      fc.record({ kind: fc.constant('propose' as const), commands: fc.constant([new Uint8Array(1)]) }),
      fc.record({ kind: fc.constant('saved' as const), save: fc.nat(10) }),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(steps, (inputs) => {
      const node = new RaftNode({ id: 'a', members: ['a', 'b', 'c'], random: new Random(1), nowMs: 0 })
      for (const input of inputs) {
        const { term, commitIndex, log } = node.state
        const committed = log.entries.slice(0, commitIndex)
        node.step(node.wakeAtMs, input)
        expect(node.state.term).toBeGreaterThanOrEqual(term)
        expect(node.state.commitIndex).toBeGreaterThanOrEqual(commitIndex)
        expect(node.state.log.entries.slice(0, commitIndex), 'what is committed stays').toEqual(committed)
        const terms = node.state.log.entries.map((each) => each.term)
        expect(terms, 'terms never go back along a log').toEqual([...terms].sort((x, y) => x - y))
        expect(node.state.commitIndex, 'only what is there is committed').toBeLessThanOrEqual(terms.length)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a term that no election can reach is not listened to, and leaves terms for elections to come', () => {
  const node = new RaftNode({ id: 'a', members: ['a', 'b', 'c'], random: new Random(1), nowMs: 0 })
  for (const term of [Number.MAX_SAFE_INTEGER, TERM_MAX + 1, TERM_MAX]) {
    node.step(0, { kind: 'message', from: 'b', message: { kind: 'vote', term, granted: false } })
  }
  expect(node.state.term).toBe(TERM_MAX)
  for (const round of [1, 2, 3]) {
    node.step(node.wakeAtMs, { kind: 'tick' })
    expect(node.state.term, 'each election has a term of its own').toBe(TERM_MAX + round)
  }
})

test('a stranger is not listened to, whatever it says', () =>
  directed({ servers: 3 }, async (stage) => {
    const samples = fc.sample(message, { numRuns: 300, seed: stage.simulation.seed })
    stage.simulation.host('stranger', (host) => {
      for (const [n, each] of samples.entries()) {
        host.clock.schedule(n * 10, () => host.send(stage.servers[n % 3] ?? 'a', each))
      }
    })
    const leader = await stage.leader()
    for (let n = 0; n < 5; n++) await stage.agree(3)
    expect(await stage.leader(), 'nobody stood for election because of it').toBe(leader)
  }))

test('messages that come again at any time later, also to a server that has restarted since, do no harm', () =>
  directed({ servers: 5 }, async (stage) => {
    const sent: { readonly from: ServerId; readonly to: ServerId; readonly message: Message }[] = []
    stage.cluster.onSend = (from, to, each) => void sent.push({ from, to, message: each })
    await stage.leader()
    for (let round = 0; round < 30; round++) {
      for (const leader of stage.cluster.leaders()) stage.propose(leader)
      await stage.pass(60)
      for (let n = 0; n < 10; n++) {
        const old = sent[stage.random.integer(0, sent.length)]
        if (old !== undefined) stage.simulation.network.send(old.from, old.to, old.message)
      }
      if (!stage.random.chance(0.3)) continue
      const unlucky = stage.pick(stage.servers)
      stage.crash(unlucky)
      await stage.pass(30)
      stage.restart(unlucky)
    }
    await stage.agree(5)
  }))
