/** How the channel figure treats its reader: quiet when not looked at, open to everybody, and calm about faulty code. */
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { button, type Complaints, framesAsked, framesStop, goToFigure, openPage, seconds } from './figure-reader.ts'
import { builtFigureSite, type Fault, type FigureSite, faultyFigureSite } from './figure-site.ts'

let browser: Browser
let site: FigureSite
const complaints: Complaints = []

beforeAll(async () => {
  browser = await launchBrowser()
  site = await builtFigureSite()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  expect(complaints.splice(0)).toEqual([])
})

async function openFigure(options: BrowserContextOptions = {}, path = '/other'): Promise<Page> {
  const page = await openPage(browser, complaints, options)
  await goToFigure(page, site, path)
  return page
}

describe('the channel figure spares its reader', () => {
  test('it does nothing off screen, and goes on when it is seen again', async () => {
    const page = await openFigure({}, '/')
    await button(page, 'Play').click()
    await expect.poll(() => seconds(page)).toBeGreaterThan(6.2)
    await page.evaluate(() => window.scrollTo(0, 0))
    await framesStop(page)
    expect(page.workers()).toHaveLength(0)
    const left = await seconds(page)
    await page.locator('.figure').scrollIntoViewIfNeeded()
    await expect.poll(() => seconds(page)).toBeGreaterThan(left)
  })

  test('it moves nothing by itself, and jumps instead of gliding, when less motion is wanted', async () => {
    const page = await openFigure({ reducedMotion: 'reduce' })
    const asked = await framesAsked(page)
    await button(page, 'Step forward').click()
    await expect.poll(() => seconds(page)).toBeGreaterThan(6)
    expect(await framesAsked(page)).toBe(asked)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    const page = await openFigure({ colorScheme })
    await page.evaluate(axe.source)
    const results = await page.evaluate<AxeResults>('axe.run(".figure")')
    expect(results.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([])
  })

  test('it is no wider than a phone', async () => {
    const page = await openFigure({ viewport: { width: 390, height: 800 } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await page.locator('svg.channel').getAttribute('class')).toContain('channel-narrow')
  })
})

describe("with the reader's channel, the figure ends in a sentence", () => {
  const room = 'if (this.#buffer.size >= this.capacity) return false'
  const faults: readonly [string, Fault, RegExp][] = [
    ['a broken promise', { find: room, replace: '' }, /promise of the channel is broken: the buffer holds \d messages/],
    [
      'an error',
      { find: room, replace: "throw new Error('1.1a is yours to write')" },
      /stopped at .* s\. 1\.1a is yours to write/,
    ],
    [
      'an endless loop',
      { find: room, replace: 'while (this.#buffer.size >= this.capacity) {}' },
      /it ran for 3 s without end/,
    ],
    ['a syntax error', { find: room, replace: 'if (' }, /could not be run/],
  ]
  test.each(faults)('on %s', async (_, fault, sentence) => {
    const faulty = await faultyFigureSite(fault)
    try {
      const page = await openPage(browser, complaints)
      await page.goto(`${faulty.address}/other`)
      const trouble = page.getByRole('alert')
      await expect.poll(() => trouble.textContent(), { timeout: 20_000 }).toMatch(sentence)
      await page.getByRole('slider', { name: 'Capacity' }).fill('7') // the page still answers
      complaints.length = 0 // the development server tells of a syntax error in its own way too
    } finally {
      await faulty.close()
    }
  })
})
