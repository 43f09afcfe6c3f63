/** The replay page in a real browser: runs of the local site, files from anywhere, and a run of 100,000 events. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uniform } from '#message-passing/distributions'
import type { RuleBroken } from '#message-passing/rules'
import { leasedLock } from '../01-message-passing/programs/leased-lock.ts'
import { explore } from '../simulated/explore.ts'
import { violations } from './axe.ts'
import type { WatchedPage } from './browser.ts'
import { inBrowser } from './in-browser.ts'
import { longTrace } from './long-trace.ts'
import { serveSite } from './served-site.ts'

const long = longTrace(100_000)
const files = mkdtempSync(join(tmpdir(), 'quorum-run-'))

const local = inBrowser(serveSite)

beforeAll(() => {
  mkdirSync(join(local.site.root, '.data/replays'), { recursive: true })
  local.site.write('.data/replays/5.2-no-two-leaders.jsonl', longTrace(400))
  local.site.write('.data/replays/long.jsonl', long)
  local.site.write('.data/replays/cut-off.jsonl', long.slice(0, 5_000))
  local.site.write('.data/replays/of-tomorrow.jsonl', longTrace(20).replace('"trace":1', '"trace":2'))
})

afterAll(() => rmSync(files, { recursive: true, force: true }))

async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
  return (await openWatched(query, options)).page
}

async function openWatched(query: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await local.open(options)
  await watched.page.goto(`${local.site.address}/replay.html${query}`)
  await watched.page.locator('svg.space-time').first().waitFor()
  return watched
}

const sentence = (page: Page) => page.locator('.figure-sentence').textContent()
const shown = (page: Page) => page.getByLabel('Event shown').textContent()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const trouble = (page: Page) => page.getByRole('alert').textContent()

describe('the replay page', () => {
  test('begins with an example, at its broken rule', async () => {
    const page = await open()
    expect(await page.locator('.figure-title').textContent()).toBe('An example')
    expect(await sentence(page)).toContain('the rule is broken: no request is counted twice')
    expect(await page.locator('.st-broken').count()).toBe(1)
  })

  test('lists the runs of failed checks, and shows the one that is chosen', async () => {
    const page = await open()
    const list = page.getByLabel('Runs of failed checks')
    await expect.poll(() => list.locator('option').count()).toBe(5)
    await list.selectOption('5.2-no-two-leaders.jsonl')
    await expect.poll(() => page.locator('.figure-title').textContent()).toBe('5.2-no-two-leaders')
    expect(await page.locator('.replay-rule').textContent()).toBe('no two leaders in one term')
    expect(await page.locator('.replay-again code').textContent()).toBe('npm run check 5.2 -- --seed 11')
  })

  test('opens the smallest run of a program that is unfair, found and shrunk by its seeds', async () => {
    const link = { latencyMs: uniform(5, 20) }
    const failure = await explore<string>({ hosts: [3, 5], durationMs: 2_000, link, faults: { pause: 2 } }, leasedLock)
    if (failure?.kind !== 'broken') throw new Error('the lock that is lent for a time was found right')
    const { rule, seen } = failure.error as RuleBroken // nothing else is thrown by a rule
    local.site.write('.data/replays/lock.jsonl', failure.trace.toJsonLines({ rule, seen, ...failure.scenario }))
    const page = await open('?run=lock')
    await expect.poll(() => page.locator('.replay-rule').textContent()).toBe('no two clients hold the lock at once')
    expect(await sentence(page)).toContain('the rule is broken: no two clients hold the lock at once')
    await press(page, 'Back')
    expect(await sentence(page)).not.toContain('the rule is broken')
    await press(page, 'To the broken rule')
    expect(await sentence(page)).toContain('the rule is broken')
  })

  test('opens the run that its address names, at the broken rule, and steps both ways', async () => {
    const page = await open('?run=5.2-no-two-leaders')
    await expect.poll(() => shown(page)).toBe('400 of 400')
    await press(page, 'Back')
    expect(await shown(page)).toBe('399 of 400')
    expect(await sentence(page)).not.toContain('broken')
    await press(page, 'Forward')
    expect(await shown(page)).toBe('400 of 400')
    await press(page, 'To the beginning')
    expect(await shown(page)).toBe('1 of 400')
    await press(page, 'To the broken rule')
    expect(await shown(page)).toBe('400 of 400')
  })

  test('tells how each host stood, and goes where an event is clicked', async () => {
    const page = await open('?run=5.2-no-two-leaders')
    await expect.poll(() => shown(page)).toBe('400 of 400')
    await page.getByRole('slider', { name: 'Event' }).fill('2')
    const hosts = page.getByRole('region', { name: 'Hosts at this moment' })
    expect(await hosts.locator('li').count()).toBe(5)
    expect(await hosts.locator('li.is-acting').textContent()).toContain('role')
    expect(await hosts.getByText('says nothing of its state').count()).toBe(4)
    await page.locator('.st-dot').nth(1).click()
    expect(await shown(page)).toBe('2 of 400')
    await page.getByRole('region', { name: 'Events around' }).getByRole('button').first().click()
    expect(await shown(page)).toBe('1 of 400')
  })

  test('is walked through by keyboard alone', async () => {
    const page = await open('?run=5.2-no-two-leaders')
    await expect.poll(() => shown(page)).toBe('400 of 400')
    await page.locator('.figure').focus()
    const after = async (key: string) => {
      await page.keyboard.press(key)
      return shown(page)
    }
    expect(await after('ArrowLeft')).toBe('399 of 400')
    expect(await after('PageUp')).toBe('379 of 400')
    expect(await after('Home')).toBe('1 of 400')
    expect(await after('ArrowRight')).toBe('2 of 400')
    expect(await after('b')).toBe('400 of 400')
  })
})

describe('a file', () => {
  test('is opened from a disk', async () => {
    const file = join(files, 'mine.jsonl')
    writeFileSync(file, longTrace(50))
    const page = await open()
    await page.getByLabel('Open a file').setInputFiles(file)
    await expect.poll(() => page.locator('.figure-title').textContent()).toBe('mine')
    expect(await shown(page)).toBe('50 of 50')
  })

  test('is opened when it is dropped on the picture', async () => {
    const page = await open()
    const transfer = await page.evaluateHandle((text) => {
      const dropped = new DataTransfer()
      dropped.items.add(new File([text], 'dropped.jsonl'))
      return dropped
    }, longTrace(30))
    await page.locator('svg.space-time').dispatchEvent('drop', { dataTransfer: transfer })
    await expect.poll(() => page.locator('.figure-title').textContent()).toBe('dropped')
  })

  test('that was cut off, is of another version, or is gone ends in a sentence, and what was shown stays', async () => {
    const page = await open('?run=cut-off')
    await expect.poll(() => trouble(page)).toMatch(/cut-off can't be opened: .*cut off/)
    await page.getByLabel('Runs of failed checks').selectOption('of-tomorrow.jsonl')
    await expect.poll(() => trouble(page)).toContain('this reader knows version 1 of the format, not 2')
    expect(await page.locator('.figure-title').textContent()).toBe('An example')
    const gone = await openWatched('?run=gone')
    await expect.poll(() => trouble(gone.page)).toContain('There is no run named gone.jsonl')
    expect(gone.complaints.splice(0).join()).toContain('404')
    const strange = await open('?run=../../package.json')
    await expect.poll(() => trouble(strange)).toContain("can't be the name of a run")
  })
})

describe('a run of 100,000 events', () => {
  test('leaves the page its turns while it is read, and only what can be seen is drawn', async () => {
    const page = await open()
    await page.evaluate(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        const isReading = document.querySelector('.replay-reading') !== null
        if (isReading) Reflect.set(window, 'turns', (Reflect.get(window, 'turns') ?? 0) + 1)
        port2.postMessage(null)
      }
      port2.postMessage(null)
    })
    await page.getByLabel('Runs of failed checks').selectOption('long.jsonl')
    await expect.poll(() => shown(page), { timeout: 30_000 }).toBe('100,000 of 100,000')
    expect(await page.evaluate(() => Reflect.get(window, 'turns'))).toBeGreaterThan(80)
    for (const index of ['0', '51234', '99999']) {
      await page.getByRole('slider', { name: 'Event' }).fill(index)
      expect(await page.locator('svg.space-time *').count()).toBeLessThan(1_500)
    }
    await page.locator('.figure').focus()
    for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowLeft')
    expect(await shown(page)).toBe('99,980 of 100,000')
  }, 60_000)
})

describe('the page for everybody', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    for (const width of [390, 1280]) {
      const page = await open('?run=5.2-no-two-leaders', { colorScheme, viewport: { width, height: 900 } })
      await expect.poll(() => shown(page)).toBe('400 of 400')
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
  })
})
