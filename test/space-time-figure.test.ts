/** The pure side of the space-time figures: runs, what is drawn of them, and what happened before what. */
import { describe, expect, test } from 'vitest'
import { uniform } from '#message-passing/distributions'
import { compareHybrid } from '#message-passing/hybrid-clock'
import { Simulation } from '#message-passing/simulation'
import { Trace, type TraceEvent } from '#message-passing/trace'
import { withAction } from '../.vitepress/theme/figures/inputs.ts'
import { clockVerdictOf, verdictOf } from '../.vitepress/theme/figures/space-time/account.ts'
import { chain, isLogical, relation, stampsOf } from '../.vitepress/theme/figures/space-time/causality.ts'
import { standingAt } from '../.vitepress/theme/figures/space-time/count-to-ten.ts'
import { Diagram, OUTSIDE } from '../.vitepress/theme/figures/space-time/diagram.ts'
import { sidesOf } from '../.vitepress/theme/figures/space-time/labels.ts'
import { nameOf, OPENING } from '../.vitepress/theme/figures/space-time/note-and-fix.ts'
import { CLOCKS_END_MS, FAULTS_END_MS, type Input, type Setup } from '../.vitepress/theme/figures/space-time/setups.ts'
import { simulate } from '../.vitepress/theme/figures/space-time/simulate.ts'
import { SITUATIONS } from '../.vitepress/theme/figures/space-time/situations.ts'

async function run(setup: Setup, inputs: readonly Input[] = []): Promise<readonly TraceEvent[]> {
  let events: readonly TraceEvent[] = []
  await simulate(setup, inputs, setup.show === 'clocks' ? CLOCKS_END_MS : FAULTS_END_MS, (all, _, trouble) => {
    expect(trouble).toBeUndefined()
    events = all
    return true
  })
  return events
}

/** The place of the event at which a message of the note's run is sent or received. */
function place(events: readonly TraceEvent[], kind: 'send' | 'receive', name: string): number {
  return events.findIndex((event) => event.kind === kind && nameOf(event) === name)
}

const moved = (name: string, latencyMs: number): Setup => ({
  ...OPENING,
  latencyMs: { ...OPENING.latencyMs, [name]: latencyMs },
})

describe('the run of the note and its correction', () => {
  test('has every message arrive in the picture, and is the same each time', async () => {
    const events = await run(OPENING)
    expect(await run(OPENING)).toEqual(events)
    const arrived = events.filter((event) => event.kind === 'receive').map(nameOf)
    expect(arrived.toSorted()).toEqual(Object.keys(OPENING.latencyMs).toSorted())
  })

  test('lets a message arrive when the reader says', async () => {
    const events = await run(moved('note, ada to alan', 101))
    expect(events[place(events, 'receive', 'note, ada to alan')]).toMatchObject({ host: 'alan', atMs: 139 })
  })

  test('moves the answer with its question', async () => {
    const early = await run(OPENING)
    const late = await run(moved('note, ada to grace', 54))
    const sendingOf = (events: readonly TraceEvent[]) => events[place(events, 'send', 'fix, grace to ada')]?.atMs ?? 0
    expect(sendingOf(late) - sendingOf(early)).toBe(20)
  })
})

describe('what happened before what', () => {
  test('is found along messages and hosts', async () => {
    const events = await run(OPENING)
    const diagram = Diagram.of(events)
    const from = place(events, 'send', 'note, ada to grace')
    const to = place(events, 'receive', 'fix, grace to alan')
    const path = chain(diagram, from, to)?.map((index) => events[index]?.kind)
    expect(path).toEqual(['send', 'receive', 'send', 'receive'])
    expect(chain(diagram, to, from)).toBeUndefined()
    expect(relation(stampsOf(events), from, to)).toBe('before')
  })

  test('changes when a message arrives after what it led to before', async () => {
    const name = 'lunch?, alan to ada'
    const question = async (latencyMs: number) => {
      const events = await run(moved(name, latencyMs))
      const diagram = Diagram.of(events)
      const picked = [place(events, 'send', name), place(events, 'send', 'yes, ada to alan')]
      const [one = 0, other = 0] = picked
      return {
        diagram,
        stamps: stampsOf(events),
        picked,
        chain: chain(diagram, one, other) ?? chain(diagram, other, one),
      }
    }
    const before = await question(36)
    expect(verdictOf(before)).toBe(
      '“alan sends ‘lunch?’ to ada” happened before “ada sends ‘yes’ to alan”, along one message.',
    )
    expect(clockVerdictOf(before, 'lamport')).toContain('agree, as they must')
    const apart = await question(120)
    expect(verdictOf(apart)).toContain('are concurrent')
    expect(clockVerdictOf(apart, 'vector')).toContain('each has a number that is greater')
    expect(clockVerdictOf(apart, 'hybrid')).toContain("can't tell")
  })

  test('is the same by its chain and by vector clocks, and never against the other clocks, in 30 random worlds', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const events = await gossip(seed)
      const diagram = Diagram.of(events)
      const stamps = stampsOf(events)
      for (const [one, a] of stamps) {
        for (const [other, b] of stamps) {
          if (one === other) continue
          const isBefore = relation(stamps, one, other) === 'before'
          expect(chain(diagram, one, other) !== undefined, `seed ${seed}: ${one} and ${other}`).toBe(isBefore)
          if (!isBefore) continue
          expect(a.lamport).toBeLessThan(b.lamport)
          expect(compareHybrid(a.hybrid, b.hybrid)).toBeLessThan(0)
        }
      }
    }
  })
})

/** Four hosts that pass messages around at random, some of which are lost, doubled or overtaken. */
async function gossip(seed: number): Promise<readonly TraceEvent[]> {
  const trace = new Trace()
  const link = { latencyMs: uniform(1, 30), loss: 0.1, duplication: 0.2 }
  const simulation = new Simulation<number>({ seed, trace, link })
  const names = ['a', 'b', 'c', 'd']
  for (const name of names) {
    simulation.host(name, (host) => {
      const pass = (hops: number) => {
        const to = names.filter((other) => other !== name)[host.random.integer(0, 3)] ?? name
        if (hops > 0) host.send(to, hops - 1)
      }
      host.clock.schedule(host.random.integer(0, 10), () => pass(3))
      host.onMessage((_, hops) => pass(hops))
    })
    simulation.jump(name, simulation.random.integer(-50, 50))
  }
  await simulation.run(200)
  return trace.events().filter((event) => isLogical(event) || event.kind === 'jump' || event.kind === 'lose')
}

describe('a diagram', () => {
  test('follows a message that was doubled, one that was lost, and one that is still under way', () => {
    const events: TraceEvent[] = [
      { atMs: 1, kind: 'send', host: 'a', to: 'b', id: 1, message: 'x' },
      { atMs: 1, kind: 'send', host: 'a', to: 'b', id: 2, message: 'y' },
      { atMs: 1, kind: 'lose', host: 'a', to: 'b', id: 2, why: 'lost' },
      { atMs: 4, kind: 'receive', host: 'b', from: 'a', id: 1, message: 'x' },
      { atMs: 5, kind: 'send', host: 'b', to: 'a', id: 3, message: 'z' },
      { atMs: 6, kind: 'receive', host: 'b', from: 'a', id: 1, message: 'x' },
    ]
    const ways = Diagram.of(events).passages.map(({ id, sent, end, lost }) => [id, sent, end, lost])
    expect(ways).toEqual([
      [1, 0, 3, undefined],
      [2, 1, 2, 'lost'],
      [3, 4, OUTSIDE, undefined],
      [1, 0, 5, undefined],
    ])
  })

  test('draws a receipt whose sending was dropped from the trace', () => {
    const [way] = Diagram.of([{ atMs: 4, kind: 'receive', host: 'b', from: 'a', id: 7, message: 'x' }]).passages
    expect(way).toMatchObject({ sent: OUTSIDE, end: 0, from: 0, to: 1 })
  })

  test('ends a pause with the crash of its host', () => {
    const { spans } = Diagram.of([
      { atMs: 1, kind: 'pause', host: 'a' },
      { atMs: 2, kind: 'crash', host: 'a' },
      { atMs: 3, kind: 'restart', host: 'a' },
    ])
    expect(spans.map(({ kind, begin, end }) => [kind, begin, end])).toEqual([
      ['paused', 0, 1],
      ['down', 1, 2],
    ])
  })
})

describe('labels', () => {
  test('change sides when they would run into each other', () => {
    const at = (along: number, prefer: 1 | -1, lane = 0) => ({ lane, along, prefer, letters: 7 })
    expect(sidesOf([at(0, 1), at(20, 1), at(60, 1), at(30, -1, 1)], 'wide')).toEqual([1, -1, 1, -1])
    expect(sidesOf([at(0, -1), at(10, -1), at(60, -1)], 'narrow')).toEqual([-1, 1, -1])
  })
})

describe('the run that counts to ten', () => {
  const situation = (name: string) => {
    const found = SITUATIONS.find((each) => each.name === name)
    if (found === undefined) throw new Error(`there is no situation ${name}`)
    return found
  }
  const endOf = async (name: string) => {
    const { setup, inputs } = situation(name)
    return standingAt(await run(setup, inputs), FAULTS_END_MS)
  }

  test('counts to ten on both sides when no message is lost', async () => {
    expect(await endOf('calm')).toMatchObject({ told: 10, counted: 10 })
  })

  test('counts too far when answers are lost, or late', async () => {
    for (const name of ['loss', 'late']) {
      const { told, counted } = await endOf(name)
      expect(told).toBe(10)
      expect(counted).toBeGreaterThan(10)
    }
  })

  test('forgets what it has counted in a crash', async () => {
    const { told, counted } = await endOf('crash')
    expect(told).toBe(10)
    expect(counted).toBeLessThan(10)
  })

  test('keeps its past when something is done later', async () => {
    const { setup } = situation('loss')
    const inputs = withAction<Input['action']>([], 300, { kind: 'crash', host: 'server' })
    const past = (events: readonly TraceEvent[]) => events.filter((event) => event.atMs < 300)
    expect(past(await run(setup, inputs))).toEqual(past(await run(setup)))
  })

  test('leaves out what makes no sense any more', async () => {
    const twice: Input[] = [1, 2].map((n) => ({ atMs: 100 * n, action: { kind: 'crash', host: 'server' } }))
    expect((await run(situation('calm').setup, twice)).filter((event) => event.kind === 'crash')).toHaveLength(1)
  })
})

test('what the space-time figures show at first is what their runs begin with', async () => {
  const { setup } = SITUATIONS[0] ?? { setup: OPENING }
  const openings = { clocks: await run(OPENING), faults: await run(setup) }
  const parts = Object.entries(openings).map(([name, events]) => {
    return `  "${name}": [\n${events.map((event) => `    ${JSON.stringify(event)}`).join(',\n')}\n  ]`
  })
  await expect(`{\n${parts.join(',\n')}\n}\n`).toMatchFileSnapshot(
    '../.vitepress/theme/figures/space-time/golden/opening.json',
  )
})
