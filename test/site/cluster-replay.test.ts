/** Raft on the local site: the run of a failed check is shown as a cluster, and mistakes can be switched on. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { Trace, type TraceEvent } from '#message-passing/trace'
import { simulate } from '../../.vitepress/theme/figures/cluster/simulate.ts'
import type { WatchedPage } from './browser.ts'
import { looks } from './cluster-reader.ts'
import { inBrowser } from './in-browser.ts'
import { longTrace } from './long-trace.ts'
import { serveSite } from './served-site.ts'

const local = inBrowser(serveSite)

beforeAll(async () => {
  mkdirSync(join(local.site.root, '.data/replays'), { recursive: true })
  local.site.write('.data/replays/5.1-one-leader.jsonl', await raftRun())
  local.site.write('.data/replays/1.5-other.jsonl', longTrace(200))
}, 60_000)

/** An election, a crash of its winner, and a rule that is said to be broken then. */
async function raftRun(): Promise<string> {
  const trace = new Trace()
  const setup = { seed: 5, servers: 5, lossPercent: 0, mistake: undefined }
  const add = (events: readonly TraceEvent[]) => {
    for (const event of events) trace.record(event)
    return true
  }
  await simulate(setup, [{ atMs: 500, action: { kind: 'crash', server: 'a' } }], 600, add)
  trace.record({ atMs: 600, kind: 'broken', rule: 'no server crashes', seen: 'a is down' })
  return trace.toJsonLines({ rule: 'no server crashes', seed: 5 })
}

async function open(path: string): Promise<WatchedPage> {
  const watched = await local.open()
  await watched.page.goto(local.site.address + path)
  return watched
}

test('the replay of a Raft run shows the cluster at the event of the cursor', async () => {
  const { page } = await open('/replay.html?run=5.1-one-leader')
  await expect.poll(() => page.locator('svg.cluster').count(), { timeout: 30_000 }).toBe(1)
  await expect.poll(() => looks(page, 'a')).toContain('is-down')
  expect(await page.locator('svg.cluster').getAttribute('aria-label')).toContain('a: down')
  await page.getByRole('button', { name: 'To the beginning' }).click()
  await expect.poll(() => looks(page, 'a')).toContain('is-up')
  expect(await page.locator('.cluster-server[role=button]').count()).toBe(0) // what has happened can't be changed
})

test('the replay of another run has none, and fetches none', async () => {
  const { page, requests } = await open('/replay.html?run=1.5-other')
  await expect.poll(() => page.locator('.figure-title').textContent()).toBe('1.5-other')
  expect(await page.locator('svg.cluster').count()).toBe(0)
  expect(requests.filter((url) => url.includes('Cluster'))).toEqual([])
})

test('a mistake can be switched on in the local site too', async () => {
  const { page } = await open('/05-raft/')
  await page.locator('#a-cluster-to-break').scrollIntoViewIfNeeded()
  await page.getByLabel('famous mistake').selectOption('two-votes')
  await page.locator('svg.cluster').scrollIntoViewIfNeeded() // it plays only while it can be seen
  await expect.poll(() => page.locator('.cluster-broken').count(), { timeout: 30_000 }).toBe(1)
}, 120_000)
