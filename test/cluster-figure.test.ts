/** The cluster figure without its picture: runs, prepared situations, famous mistakes, and what is shown at first. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changedModules } from '../.vitepress/mistakes.ts'
import { ClusterHistory } from '../.vitepress/theme/figures/cluster/history.ts'
import { MISTAKES } from '../.vitepress/theme/figures/cluster/mistakes.ts'
import type { Scene } from '../.vitepress/theme/figures/cluster/scene.ts'
import { type Input, RUN_MS, type Setup, serverNames } from '../.vitepress/theme/figures/cluster/setups.ts'
import { simulate } from '../.vitepress/theme/figures/cluster/simulate.ts'
import { HOME, SITUATIONS } from '../.vitepress/theme/figures/cluster/situations.ts'
import { withAction } from '../.vitepress/theme/figures/inputs.ts'
import { enoughFor, linesOf } from './cluster-figure/opening.ts'
import { leadersOf, run } from './cluster-figure/runs.ts'
import { MUST_SHOW } from './cluster-figure/situations.ts'

const root = join(import.meta.dirname, '..')
const calm: Setup = { seed: 5, servers: 3, lossPercent: 0, mistake: undefined }

describe('a run of the cluster figure', () => {
  const inputs: readonly Input[] = [
    { atMs: 400, action: { kind: 'command' } },
    { atMs: 600, action: { kind: 'crash', server: 'a' } },
    { atMs: 900, action: { kind: 'restart', server: 'a' } },
  ]

  test('is the same each time for the same setup and inputs', async () => {
    const lossy = { ...calm, lossPercent: 20 }
    const once = await run(lossy, inputs)
    expect(once.trouble).toBeUndefined()
    expect((await run(lossy, inputs)).events).toEqual(once.events)
    expect((await run({ ...lossy, seed: 6 }, inputs)).events).not.toEqual(once.events)
  })

  test('keeps its past when something is done later', async () => {
    const before = await run(calm, inputs, 2_000)
    const after = await run(calm, withAction(inputs, 700, { kind: 'partition', servers: ['b'] }), 2_000)
    const past = ({ events }: typeof before) => events.filter((event) => event.atMs < 700)
    expect(past(after)).toEqual(past(before))
    expect(after.events).not.toEqual(before.events)
  })

  test('leaves out what makes no sense any more', async () => {
    const twice: readonly Input[] = [300, 400].map((atMs) => ({ atMs, action: { kind: 'crash', server: 'a' } }))
    const more: readonly Input[] = [
      { atMs: 500, action: { kind: 'campaign', server: 'a' } },
      { atMs: 500, action: { kind: 'command', server: 'a' } },
      { atMs: 500, action: { kind: 'restart', server: 'b' } },
    ]
    const { events, trouble } = await run(calm, [...twice, ...more], 1_000)
    expect(trouble).toBeUndefined()
    expect(events.filter(({ kind }) => kind === 'crash' || kind === 'restart')).toHaveLength(1)
  })

  test('takes a command that nobody is asked for to a leader, once there is one', async () => {
    const { history } = await run(calm, [{ atMs: 0, action: { kind: 'command' } }], 1_000)
    expect(history.sceneAt(100).servers.every((server) => server.terms.length === 0)).toBe(true)
    expect(leadersOf(history.sceneAt(1_000))[0]).toMatchObject({ terms: [1, 1], commitIndex: 2 })
  })

  test('tells of its end, and of what went wrong, and stops when nobody listens', async () => {
    const strange: Input = { atMs: 500, action: { kind: 'crash', server: 'q' } }
    expect((await run(calm, [strange], 1_000)).trouble).toContain('no host is named q')
    const reached: number[] = []
    await simulate(calm, [], 600, (_, reachedMs) => reached.push(reachedMs) < 2)
    expect(reached).toEqual([250, 500])
    await simulate(calm, [], 300, (_, reachedMs) => reached.push(reachedMs) > 0)
    expect(reached).toEqual([250, 500, 250, 300])
  })

  test('is recorded in little, which can travel to the page', async () => {
    const busy = Array.from({ length: 50 }, (_, n): Input => ({ atMs: 300 + 100 * n, action: { kind: 'command' } }))
    const { events } = await run({ ...calm, servers: 7, lossPercent: 10 }, busy)
    expect(structuredClone(events)).toEqual(events)
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(300)
  })
})

describe.each(SITUATIONS)('the situation “$label”', ({ name, setup, inputs, stillMs }) => {
  test('shows what it is about, and breaks no rule', async () => {
    const played = await run(setup, inputs)
    expect(played.trouble).toBeUndefined()
    expect(played.history.sceneAt(RUN_MS).broken).toBeUndefined()
    const missing = MUST_SHOW[name]?.(played)
    expect(missing, `with seed ${setup.seed} it no longer shows: ${missing}. Search another seed`).toBeUndefined()
    expect(stillMs).toBeLessThan(2_000)
  })
})

test('each situation says what it must show', () => {
  expect(Object.keys(MUST_SHOW).toSorted()).toEqual(SITUATIONS.map(({ name }) => name).toSorted())
})

describe('a famous mistake that is switched on', () => {
  let server: ViteDevServer
  beforeAll(async () => {
    server = await createServer({
      configFile: false,
      root,
      logLevel: 'silent',
      server: { middlewareMode: true, watch: null, ws: false },
      optimizeDeps: { noDiscovery: true },
      plugins: [changedModules(root)],
    })
  })
  afterAll(() => server.close())

  const VOTES_ONCE = 'a server votes once in a term'
  const ONE_LEADER = 'there is one leader a term at most'
  const COMPLETE = 'a leader has every committed entry'
  const OWN_TERM = 'only entries of its own term are committed by counting'
  const SAME_APPLIED = 'no two servers apply different entries at one index'
  const LOGS_MATCH = 'logs that agree in an index and a term agree up to there'
  const ON_DISK = 'a server tells nobody what is not on its disk'
  const broken: Readonly<Record<string, readonly [rule: string, atMs: number]>> = {
    'two-votes': [VOTES_ONCE, 181],
    'forgotten-vote': [ONE_LEADER, 157],
    'any-log': [COMPLETE, 877],
    'earlier-terms': [OWN_TERM, 636],
    'kept-conflict': [SAME_APPLIED, 1_661],
    'any-term': [LOGS_MATCH, 1_640],
    'own-end': [SAME_APPLIED, 1_658],
    'hasty-answer': [ON_DISK, 193],
  }

  test.each(MISTAKES)(
    '$id breaks a rule of Raft in its situation, and without it none breaks',
    async ({ id, situation }) => {
      const { setup, inputs, stillMs } = situation
      const module = await server.ssrLoadModule(
        join(root, `.vitepress/theme/figures/cluster/simulate.ts?mistake=${id}`),
      )
      const played = await run(setup, inputs, RUN_MS, module.simulate)
      expect(played.trouble, 'a broken rule is a result of the figure, and no trouble of it').toBeUndefined()
      const { broken: found } = played.history.sceneAt(RUN_MS)
      expect([found?.rule, Math.round(found?.atMs ?? 0)]).toEqual(broken[id])
      expect(stillMs).toBeLessThan(found?.atMs ?? 0)
      expect(played.history.sceneAt(stillMs).broken).toBeUndefined()
      expect((await run(setup, inputs)).history.sceneAt(RUN_MS).broken).toBeUndefined()
    },
  )

  test.each(MISTAKES)('$id has a worker', ({ id }) => {
    const workers = readFileSync(join(root, '.vitepress/theme/figures/cluster/workers.ts'), 'utf8')
    expect(workers).toContain(`'./cluster.worker.${id}.ts'`)
  })

  test('has an entry for its worker, and one that is unknown has none', async () => {
    const entry = (id: string) => join(root, `.vitepress/theme/figures/cluster/cluster.worker.${id}.ts`)
    const found = await server.transformRequest(`${entry('any-log')}?worker_file&type=module`)
    expect(found?.code).toContain('cluster.worker.ts?mistake=any-log')
    await expect(
      server.ssrLoadModule(join(root, '.vitepress/theme/figures/cluster/simulate.ts?mistake=none')),
    ).rejects.toThrow('there is no mistake none')
  })
})

test('what the cluster figure shows at first is what its runs come to', async () => {
  const parts: string[] = []
  for (const { name, setup, inputs, stillMs } of [HOME, ...SITUATIONS]) {
    const { events, history } = await run(setup, inputs, 2_000)
    const enough = enoughFor(events, stillMs)
    const still = new ClusterHistory(serverNames(setup.servers))
    still.add(enough)
    expect(shownIn(still.sceneAt(stillMs))).toEqual(shownIn(history.sceneAt(stillMs)))
    parts.push(`  "${name}": ${linesOf(enough)}`)
  }
  await expect(`{\n${parts.join(',\n')}\n}\n`).toMatchFileSnapshot(
    '../.vitepress/theme/figures/cluster/golden/opening.json',
  )
})

/** A scene without the numbers of its flights. How long a lost one is seen depends on all that came before. */
function shownIn(scene: Scene): unknown {
  const flights = scene.flights.filter((flight) => !flight.isLost).map(({ id, ...flight }) => flight)
  return { ...scene, flights, cuts: new Set(scene.cuts) }
}
