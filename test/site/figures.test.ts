/** The channel figure in a real browser, by mouse and by keyboard, on the built page. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { builtFigures } from './built-sites.ts'
import {
  button,
  counter,
  framesStop,
  goToFigure,
  openPage,
  picture,
  recorded,
  scrub,
  seconds,
} from './figure-reader.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

async function openFigure(options: BrowserContextOptions = {}, path = '/other.html'): Promise<Page> {
  const { page } = await openPage(book, options)
  await goToFigure(page, book.site, path)
  return page
}

describe('the channel figure', () => {
  test('shows a still picture and says what it shows when scripts are off', async () => {
    for (const width of [390, 1280]) {
      const { page } = await openPage(book, { javaScriptEnabled: false, viewport: { width, height: 900 } })
      await page.goto(`${book.site.address}/other.html`)
      const shown = page.locator('svg.channel').filter({ visible: true })
      await expect.poll(() => shown.count()).toBe(1)
      expect(await shown.getAttribute('class')).toContain(width === 390 ? 'channel-narrow' : 'channel-wide')
      expect(await shown.locator('.channel-message').count()).toBeGreaterThan(0)
      expect(await page.locator('.figure-sentence').textContent()).toContain('wait')
    }
  })

  test('loads its code when it comes near the screen, and not before', async () => {
    const { page, requests: loaded } = await openPage(book)
    await page.goto(book.site.address, { waitUntil: 'networkidle' })
    expect(loaded.filter((url) => /ChannelFigure|worker/.test(url))).toEqual([])
    await page.locator('.figure').scrollIntoViewIfNeeded()
    await recorded(page)
    expect(loaded.filter((url) => /ChannelFigure|worker/.test(url))).toHaveLength(2)
  })

  test('loads no code on a page reached by a link until it comes near the screen', async () => {
    const page = await openFigure()
    await page.evaluate(() => history.pushState(null, '', '/other.html'))
    await page.goto(book.site.address)
    await page.getByRole('link', { name: 'Another page' }).click()
    await page.locator('.figure').waitFor()
    await recorded(page)
    expect(await page.locator('svg.channel').count()).toBe(1)
  })

  test('plays, pauses and changes speed by mouse', async () => {
    const page = await openFigure()
    const before = await picture(page)
    await page.getByLabel('Speed', { exact: true }).selectOption('4')
    await button(page, 'Play').click()
    await expect.poll(() => seconds(page)).toBeGreaterThan(8)
    await button(page, 'Pause').click()
    expect(await picture(page)).not.toBe(before)
    const paused = await seconds(page)
    await framesStop(page)
    expect(await seconds(page)).toBe(paused)
  })

  test('adds and removes tasks', async () => {
    const page = await openFigure()
    await button(page, 'One of the producers more').click()
    await expect.poll(() => page.getByRole('button', { name: /^Producer [A-E]/ }).count()).toBe(3)
    await button(page, 'One of the consumers fewer').click()
    await scrub(page, 6_100)
    await expect.poll(() => page.getByRole('button', { name: /^Consumer \d/ }).count()).toBe(1)
  })

  test('runs the same minute again with another capacity', async () => {
    const page = await openFigure()
    await page.getByRole('slider', { name: 'Capacity' }).fill('3')
    await expect.poll(() => page.locator('.channel-label').textContent()).toMatch(/^buffer \d of 3$/)
    expect(await seconds(page)).toBe(6)
    await page.getByRole('slider', { name: 'Capacity' }).fill('0')
    await expect.poll(() => page.locator('.channel-label').textContent()).toBe('no buffer')
  })

  test('cancels a waiting send by a click on its message', async () => {
    const page = await openFigure()
    await button(page, 'Producers outrun').click()
    await button(page, 'Pause').click()
    await scrub(page, 20_000)
    await expect.poll(() => page.locator('.channel-message.is-waiting').count()).toBeGreaterThan(0)
    const waiting = page.locator('.channel-message.is-waiting').first()
    const label = (await waiting.textContent()) ?? ''
    await waiting.click()
    await expect.poll(() => page.locator('.channel-message.is-lost').textContent()).toBe(label)
  })

  test('closes the channel, and refuses the sends that wait', async () => {
    const page = await openFigure()
    await button(page, 'close').click()
    await scrub(page, 30_000)
    await expect.poll(() => page.locator('.figure-sentence').textContent()).toContain('Closed and drained')
    expect(await counter(page, 'sent')).toBe(await counter(page, 'received'))
    await scrub(page, 3_000)
    await expect.poll(() => button(page, 'close').isEnabled()).toBe(true)
  })

  test('gives the same picture when scrubbed away and back', async () => {
    const page = await openFigure()
    const moments = [12_300, 4_000, 33_000, 700]
    const pictures: string[] = []
    for (const moment of moments) {
      await scrub(page, moment)
      pictures.push(await picture(page))
    }
    expect(new Set(pictures).size).toBe(moments.length)
    for (const [index, moment] of moments.entries()) {
      await scrub(page, moment)
      expect(await picture(page)).toBe(pictures[index])
    }
  })

  test('keeps what came before a change, and forgets what was to come', async () => {
    const page = await openFigure()
    await scrub(page, 4_000)
    const early = await picture(page)
    await scrub(page, 9_000)
    await button(page, 'One of the producers more').click()
    await scrub(page, 4_000)
    await expect.poll(() => picture(page)).toBe(early)
  })
})

describe('the channel figure, by keyboard alone', () => {
  test('plays, pauses and steps both ways', async () => {
    const page = await openFigure()
    await page.locator('.figure').focus()
    await page.keyboard.press('Space')
    await expect.poll(() => seconds(page)).toBeGreaterThan(6.5)
    await page.keyboard.press('Space')
    await framesStop(page)
    const paused = await seconds(page)
    const pressFiveTimes = async (key: string) => {
      for (let times = 0; times < 5; times++) await page.keyboard.press(key)
    }
    await pressFiveTimes('ArrowRight') // one step may be shorter than the tenth of a second that the clock shows
    await expect.poll(() => seconds(page)).toBeGreaterThan(paused)
    await framesStop(page)
    const stepped = await seconds(page)
    await pressFiveTimes('ArrowLeft')
    await expect.poll(() => seconds(page)).toBeLessThan(stepped)
    await framesStop(page)
    await page.keyboard.press('r')
    expect(await seconds(page)).toBe(0)
  })

  test('cancels whoever stands first in line, and closes', async () => {
    const page = await openFigure()
    await page.locator('.figure').focus()
    await expect.poll(() => counter(page, 'senders waiting')).toBeGreaterThan(0)
    await page.keyboard.press('x')
    await expect.poll(() => page.locator('.channel-message.is-lost').count()).toBe(1)
    await page.keyboard.press('c')
    await expect.poll(() => page.locator('.figure-sentence').textContent()).toContain('Closed')
  })

  test('reaches a producer and cancels its send', async () => {
    const page = await openFigure()
    await page
      .getByRole('button', { name: /waits to send/ })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.channel-message.is-lost').count()).toBe(1)
  })

  test('moves a slider without stepping through time', async () => {
    const page = await openFigure()
    await page.getByRole('slider', { name: 'Capacity' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.locator('.channel-label').textContent()).toMatch(/of 1$/)
    expect(await seconds(page)).toBe(6)
  })
})
