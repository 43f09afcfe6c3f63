/** A reader in a real browser, in front of a figure: what they can do, and what they see. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { WatchedPage } from './browser.ts'
import type { InBrowser } from './in-browser.ts'

/** A page that counts the frames that it asks for. */
export async function openPage(
  { open }: InBrowser<unknown>,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const watched = await open({ viewport: { width: 760, height: 900 }, ...options })
  await watched.page.addInitScript(() => {
    const ask = window.requestAnimationFrame
    Reflect.set(window, 'framesAsked', 0)
    Reflect.set(window, 'nextFrame', ask.bind(window))
    window.requestAnimationFrame = (callback) => {
      Reflect.set(window, 'framesAsked', Reflect.get(window, 'framesAsked') + 1)
      return ask.call(window, callback)
    }
  })
  return watched
}

/** Brings the page's figure on the screen, and waits until its minute is recorded. */
export async function goToFigure(page: Page, site: { readonly address: string }, path = '/other.html'): Promise<void> {
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

/** Waits until the page asks for no more frames: three go by, and it wants none of them. */
export function framesStop(page: Page): Promise<void> {
  return page.evaluate(async () => {
    let before: unknown
    do {
      before = Reflect.get(window, 'framesAsked')
      for (let n = 0; n < 3; n++) await new Promise((drawn) => Reflect.get(window, 'nextFrame')(drawn))
    } while (Reflect.get(window, 'framesAsked') !== before)
  })
}
