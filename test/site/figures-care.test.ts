/** How the channel figure treats its reader: quiet when not looked at, open to everybody, and calm about faulty code. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { builtFigures } from './built-sites.ts'
import { type Fault, serveFaultyFigures } from './figure-page.ts'
import { button, framesAsked, framesStop, goToFigure, openPage, seconds } from './figure-reader.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

async function openFigure(options: BrowserContextOptions = {}, path = '/other.html'): Promise<Page> {
  const { page } = await openPage(book, options)
  await goToFigure(page, book.site, path)
  return page
}

describe('the channel figure spares its reader', () => {
  test('it does nothing off screen, and goes on when it is seen again', async () => {
    const page = await openFigure({}, '/')
    await button(page, 'Play').click()
    await expect.poll(() => seconds(page)).toBeGreaterThan(6.2)
    await page.evaluate(() => window.scrollTo(0, 0))
    await framesStop(page)
    await expect.poll(() => page.workers()).toHaveLength(0)
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
    expect(await violations(page, { within: '.figure' })).toEqual([])
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
    const faulty = await serveFaultyFigures(fault)
    const { page, complaints } = await openPage(book)
    try {
      await page.goto(`${faulty.address}/other.html`)
      const trouble = page.getByRole('alert')
      await expect.poll(() => trouble.textContent(), { timeout: 20_000 }).toMatch(sentence)
      await page.getByRole('slider', { name: 'Capacity' }).fill('7') // the page still answers
    } finally {
      await page.context().close()
      await faulty.close()
      complaints.length = 0 // the development server tells of a syntax error in its own way too
    }
  })
})
