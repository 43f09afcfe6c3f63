/** What the cluster figure shows of a trace: of its own runs, and of failing checks. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { Trace, type TraceEvent } from '#message-passing/trace'
import { Cluster } from '#raft/cluster'
import type { Message } from '#raft/messages'
import { ClusterHistory, isRaftTrace } from '../.vitepress/theme/figures/cluster/history.ts'
import { run } from './cluster-figure/runs.ts'
import { law } from './law.ts'

function historyOf(events: readonly TraceEvent[], servers: readonly string[] = []): ClusterHistory {
  const history = new ClusterHistory(servers)
  history.add(events)
  return history
}

const portrait = { role: 'follower', term: 1, votedFor: 'nobody', committed: 0, dueMs: 200, log: '' }
const state = (atMs: number, host: string, change: object = {}): TraceEvent => {
  return { atMs, kind: 'state', host, state: { ...portrait, ...change } }
}
const ask = { kind: 'requestVote', term: 3 }
const saying = (atMs: number, id: number, message: unknown): TraceEvent => {
  return { atMs, kind: 'send', host: 'a', to: 'b', id, message }
}
const sent = (atMs: number, id: number): TraceEvent => saying(atMs, id, ask)
const came = (atMs: number, id: number): TraceEvent => ({
  atMs,
  kind: 'receive',
  host: 'b',
  from: 'a',
  id,
  message: ask,
})
const gone = (atMs: number, id: number, why: string): TraceEvent => ({
  atMs,
  kind: 'lose',
  host: 'a',
  to: 'b',
  id,
  why,
})
const shares = (history: ClusterHistory, atMs: number) => history.sceneAt(atMs).flights.map(({ share }) => share)

describe('a message in a history', () => {
  test('flies from where it was sent to where it arrives', () => {
    const history = historyOf([sent(10, 1), came(30, 1)])
    expect([9, 10, 15, 29, 30].map((ms) => shares(history, ms))).toEqual([[], [0], [0.25], [0.95], []])
    expect(history.sceneAt(15).flights[0]).toMatchObject({
      from: 'a',
      to: 'b',
      kind: 'requestVote',
      term: 3,
      isLost: false,
    })
  })

  test('comes half way when it is lost, in the time that others take', () => {
    const history = historyOf([sent(0, 1), came(20, 1), sent(30, 2), gone(30, 2, 'cut')])
    expect([30, 36, 39, 40].map((ms) => shares(history, ms))).toEqual([[0], [0.3], [0.45], []])
    expect(history.sceneAt(35).flights[0]?.isLost).toBe(true)
  })

  test('flies all the way to a server that is down', () => {
    const history = historyOf([sent(0, 1), gone(20, 1, 'down')])
    expect([10, 20].map((ms) => shares(history, ms))).toEqual([[0.5], []])
  })

  test('flies as often as it arrives, with a number for each copy', () => {
    const history = historyOf([sent(0, 1), came(10, 1), came(20, 1), sent(30, 2), gone(30, 2, 'lost'), came(40, 2)])
    expect(shares(history, 5)).toEqual([0.5, 0.25])
    expect(new Set(history.sceneAt(5).flights.map(({ id }) => id)).size).toBe(2)
    expect(history.sceneAt(32).flights.map(({ isLost }) => isLost)).toEqual([true, false])
  })

  test('waits near its end while nobody knows when it arrives', () => {
    const history = historyOf([sent(0, 1)])
    expect(shares(history, 1_000)).toEqual([0.9])
    history.add([came(2_000, 1)])
    expect(shares(history, 1_000)).toEqual([0.5])
  })

  test('is left out when its sending is not in the trace, and when it may say anything', () => {
    const strange = [undefined, null, 'hello', 7, { entries: 'many', term: 'x', kind: {} }]
    const history = historyOf([came(5, 9), ...strange.map((message, n) => saying(10, n, message))])
    expect(history.sceneAt(10).flights).toHaveLength(strange.length)
    expect(
      history.sceneAt(10).flights.every(({ kind, term, entries }) => kind === '' && term === 0 && entries === 0),
    ).toBe(true)
  })

  test.each([
    [{ kind: 'vote', term: 1, granted: true }, true, 0],
    [{ kind: 'vote', term: 1, granted: false }, false, 0],
    [{ kind: 'appended', term: 1, matchIndex: 4 }, true, 0],
    [{ kind: 'refused', term: 1, prevIndex: 4 }, false, 0],
    [{ kind: 'append', term: 1, entries: 2 }, undefined, 2],
    [{ kind: 'append', term: 1, entries: [{ term: 1 }] }, undefined, 1],
  ])('%o says yes, no or neither', (message, isYes, entries) => {
    expect(historyOf([saying(0, 1, message)]).sceneAt(1).flights[0]).toMatchObject({ isYes, entries })
  })
})

describe('a server in a history', () => {
  const at = (history: ClusterHistory, ms: number) => history.sceneAt(ms).servers[0]

  test('is what its last portrait says', () => {
    const history = historyOf([
      state(0, 'a'),
      state(5, 'a', { role: 'leader', votedFor: 'a', log: '40 and 3 3 4', committed: 41 }),
    ])
    expect(at(history, 4)).toMatchObject({ role: 'follower', votedFor: undefined, terms: [], firstIndex: 1 })
    const leader = { role: 'leader', votedFor: 'a', terms: [3, 3, 4], firstIndex: 41, commitIndex: 41 }
    expect(at(history, 5)).toMatchObject(leader)
    expect(historyOf([state(0, 'a', { log: '1 2' })]).sceneAt(0).servers[0]).toMatchObject({
      terms: [1, 2],
      firstIndex: 1,
    })
  })

  test('waits from when it was told to until it is due, by its own clock', () => {
    const left = (events: readonly TraceEvent[], ...ms: readonly number[]) =>
      ms.map((each) => at(historyOf(events), each)?.waitLeft)
    expect(left([state(0, 'a'), state(50, 'a', { term: 2 })], 0, 50, 150, 300)).toEqual([1, 0.75, 0.25, 0])
    expect(left([state(0, 'a'), state(100, 'a', { dueMs: 300 })], 100, 200)).toEqual([1, 0.5])
    expect(left([{ atMs: 0, kind: 'drift', host: 'a', rate: 2 }, state(0, 'a')], 50, 75)).toEqual([0.5, 0.25])
    expect(left([state(0, 'a'), { atMs: 10, kind: 'crash', host: 'a' }], 20)).toEqual([0])
  })

  test('goes down and comes back, and is paused and goes on', () => {
    const kinds = ['crash', 'restart', 'pause', 'resume', 'pause', 'crash'] as const
    const history = historyOf(kinds.map((kind, n) => ({ atMs: 10 * (n + 1), kind, host: 'a' })))
    const conditions = [5, 15, 25, 35, 45, 55, 65].map((ms) => at(history, ms)?.condition)
    expect(conditions).toEqual(['up', 'down', 'up', 'paused', 'up', 'paused', 'down'])
  })

  test('stands in its place: those that were named, and the others by their names', () => {
    const history = historyOf(
      [state(0, 'n10'), state(0, 'n9'), { atMs: 1, kind: 'cut', host: 'c', to: 'n2' }],
      ['c', 'b'],
    )
    expect(history.sceneAt(0).servers.map(({ id }) => id)).toEqual(['c', 'b', 'n2', 'n9', 'n10'])
  })

  test('may be of another protocol, and is known not to be of Raft', () => {
    const other: TraceEvent = { atMs: 0, kind: 'state', host: 'x', state: { count: 3 } }
    expect(isRaftTrace([other])).toBe(false)
    expect(isRaftTrace([])).toBe(false)
    expect(isRaftTrace([sent(0, 1), state(0, 'a')])).toBe(true)
    expect(at(historyOf([other]), 5)).toMatchObject({ id: 'x', role: 'follower', term: 0, waitLeft: 1 })
  })
})

describe('a history', () => {
  test('knows which links are cut', () => {
    const cut = (atMs: number, kind: 'cut' | 'repair', host: string): TraceEvent => ({ atMs, kind, host, to: 'z' })
    const history = historyOf([cut(1, 'cut', 'a'), cut(1, 'cut', 'b'), cut(2, 'repair', 'a')])
    expect(
      [0, 1, 2].map((ms) =>
        history
          .sceneAt(ms)
          .cuts.map(({ from }) => from)
          .join(),
      ),
    ).toEqual(['', 'a,b', 'b'])
  })

  test('stands still once a rule is broken', () => {
    const history = historyOf([state(0, 'a'), sent(90, 1), { atMs: 100, kind: 'broken', rule: 'r', seen: 's' }])
    expect(history.brokenAtMs).toBe(100)
    expect(history.sceneAt(99).broken).toBeUndefined()
    expect(history.sceneAt(500)).toEqual({ ...history.sceneAt(100), atMs: 500 })
    expect(history.sceneAt(500).broken).toEqual({ atMs: 100, rule: 'r', seen: 's' })
  })

  test('stops at arrivals, at changes that can be seen, and at faults', () => {
    const events: readonly TraceEvent[] = [
      state(0, 'a'),
      state(10, 'a', { dueMs: 300 }),
      state(20, 'a', { role: 'candidate' }),
      sent(25, 1),
      came(30, 1),
      state(30, 'a', { role: 'candidate', log: '1' }),
      { atMs: 40, kind: 'crash', host: 'a' },
      { atMs: 50, kind: 'cut', host: 'a', to: 'b' },
      { atMs: 60, kind: 'broken', rule: 'r', seen: 's' },
    ]
    expect(historyOf(events).marksMs()).toEqual([0, 20, 30, 40, 50, 60])
  })

  test('is the same however the trace is cut into pieces', async () => {
    const { events } = await run({ seed: 3, servers: 5, lossPercent: 20, mistake: undefined }, [], 1_500)
    await law(fc.array(fc.nat(events.length), { maxLength: 6 }), 20, async (places) => {
      const history = new ClusterHistory()
      const borders = [0, ...places.toSorted((a, b) => a - b), events.length]
      for (const [n, from] of borders.entries()) {
        history.add(events.slice(from, borders[n + 1] ?? events.length))
        history.sceneAt(700)
      }
      const whole = historyOf(events)
      for (const ms of [0, 200, 700, 1_500]) expect(history.sceneAt(ms)).toEqual(whole.sceneAt(ms))
      expect(history.marksMs()).toEqual(whole.marksMs())
    })
  })

  test('has in the air what was sent and has not arrived, in a wild run of any hosts', async () => {
    const { events, history } = await wild()
    expect(isRaftTrace(events)).toBe(true)
    for (let ms = 0; ms <= 2_000; ms += 7) {
      const found = history.sceneAt(ms).flights.filter(({ isLost }) => !isLost)
      expect(found.map(({ from, to }) => `${from} ${to}`).toSorted(), `at ${ms} ms`).toEqual(
        inTheAir(events, ms).toSorted(),
      )
      expect(found.every(({ share }) => share >= 0 && share <= 1)).toBe(true)
    }
  })
})

/** Raft with everything that the network can do to it, as the checks have it. */
async function wild() {
  const trace = new Trace()
  const link = { latencyMs: uniform(0, 60), loss: 0.1, duplication: 0.2 }
  const simulation = new Simulation<Message>({ seed: 4, trace, link })
  const names = ['n1', 'n2', 'n3', 'n4']
  new Cluster(simulation, names, { entriesMax: 3 })
  simulation.at(500, () => simulation.network.hold('n1', 'n2'))
  simulation.at(700, () => simulation.crash('n3'))
  simulation.at(800, () => simulation.network.release('n1', 'n2'))
  simulation.at(900, () => simulation.pause('n4'))
  simulation.at(1_200, () => simulation.resume('n4'))
  simulation.at(1_300, () => simulation.restart('n3'))
  await simulation.run(2_000)
  return { events: trace.events(), history: historyOf(trace.events(), names) }
}

/** The same by looking at each message of the whole trace. */
function inTheAir(events: readonly TraceEvent[], nowMs: number): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind !== 'send' || event.atMs > nowMs) return []
    const ends = events.filter(
      (end) => (end.kind === 'receive' || (end.kind === 'lose' && end.atMs > event.atMs)) && end.id === event.id,
    )
    const isLost = events.some((end) => end.kind === 'lose' && end.id === event.id && end.atMs === event.atMs)
    const flights = ends.length === 0 && !isLost ? [Infinity] : ends.map(({ atMs }) => atMs)
    return flights.filter((endMs) => endMs > nowMs).map(() => `${event.host} ${event.to}`)
  })
}
