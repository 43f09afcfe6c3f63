/** A reader in a real browser, in front of a figure: what they can do, and what they see. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { FigureSite } from './figure-site.ts'

/** What the pages opened so far have complained about in their consoles. */
export type Complaints = string[]

export async function openPage(
  browser: Browser,
  complaints: Complaints,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 760, height: 900 }, ...options })
  await context.addInitScript(() => {
    const ask = window.requestAnimationFrame
    Reflect.set(window, 'framesAsked', 0)
    window.requestAnimationFrame = (callback) => {
      Reflect.set(window, 'framesAsked', Reflect.get(window, 'framesAsked') + 1)
      return ask.call(window, callback)
    }
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return page
}

/** Brings the page's figure on the screen, and waits until its minute is recorded. */
export async function goToFigure(page: Page, site: FigureSite, path = '/other'): Promise<void> {
  await page.goto(site.address + path)
  await page.locator('.figure').scrollIntoViewIfNeeded()
  await recorded(page)
}

/** Waits until the curves reach the end of the minute. */
export async function recorded(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.querySelector('.channel-chart .is-buffered')?.getAttribute('d')?.includes('60000 '),
  )
}

/** All that is drawn. The order of classes tells nothing. */
export const picture = (page: Page) =>
  page.locator('svg.channel').evaluate((live) => {
    const drawing = live.cloneNode(true) as Element // a clone of an element is one
    for (const element of drawing.querySelectorAll('[class]')) {
      element.setAttribute('class', [...element.classList].sort().join(' '))
    }
    return drawing.innerHTML
  })
export const seconds = async (page: Page) => Number.parseFloat((await page.locator('.clock-time').textContent()) ?? '')
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const scrub = (page: Page, toMs: number) => page.getByRole('slider', { name: 'Time' }).fill(`${toMs}`)
export const counter = async (page: Page, name: string) => {
  const row = page.locator('.figure-counters div').filter({ has: page.getByText(name, { exact: true }) })
  return Number(await row.locator('dd').textContent())
}

export const framesAsked = (page: Page): Promise<number> => page.evaluate(() => Reflect.get(window, 'framesAsked'))

/** Waits until the page asks for no more frames. */
export async function framesStop(page: Page): Promise<void> {
  let before = -1
  await expect
    .poll(async () => {
      const now = await framesAsked(page)
      const same = now === before
      before = now
      return same
    })
    .toBe(true)
}
