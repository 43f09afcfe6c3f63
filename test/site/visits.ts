/**
 * Each page of the built site is opened once narrow and light, once wide and
 * dark, and looked at in the other shade too. All that the tests want to know of
 * a page is noted then.
 */
import { availableParallelism } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { colourRules, violations } from './axe.ts'
import { layoutShift, settle, watchedPage } from './browser.ts'
import type { BuiltSite } from './built-sites.ts'

type Shade = 'light' | 'dark'

export interface Look {
  readonly width: number
  readonly first: Shade
  readonly second: Shade
}

/** Both shades at both widths. Only colours depend on the shade, so in the second one only they are judged. */
const looks: readonly Look[] = [
  { width: 390, first: 'light', second: 'dark' },
  { width: 1280, first: 'dark', second: 'light' },
]

export interface Visit {
  readonly path: string
  readonly look: Look
  readonly complaints: readonly string[]
  /** What the page asked for by itself. */
  readonly requests: readonly string[]
  /** How many pixels stick out at the side. */
  readonly tooWide: number
  readonly shift: number
  readonly axe: readonly string[]
  readonly ids: ReadonlySet<string>
  readonly links: readonly string[]
}

/** Opens a few pages at once: while one is awaited, others keep the machine busy. */
export async function visitAll(browser: Browser, site: BuiltSite): Promise<readonly Visit[]> {
  const left = looks.flatMap((look) => site.pages.map((path) => ({ path, look })))
  const visits: Visit[] = []
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      visits.push(await visit(browser, site.address, next.path, next.look))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
  return visits
}

async function visit(browser: Browser, address: string, path: string, look: Look): Promise<Visit> {
  const { width, first, second } = look
  const watched = await watchedPage(browser, { viewport: { width, height: 900 }, colorScheme: first })
  const { page } = watched
  await settle(page, address + path)
  const requests = [...watched.requests]
  const shift = await layoutShift(page)
  const seen = await page.evaluate(() => ({
    tooWide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    ids: Array.from(document.querySelectorAll('[id]'), (element) => element.id),
    links: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'), (link) => link.href),
  }))
  await page.locator('details').evaluateAll((all) => {
    for (const fold of all) fold.setAttribute('open', '')
  })
  const inFirst = await violations(page)
  await changeShade(page, second)
  const inSecond = await violations(page, { rules: colourRules })
  const complaints = [...watched.complaints]
  await page.context().close()
  const axe = [...inFirst.map((found) => `${first}: ${found}`), ...inSecond.map((found) => `${second}: ${found}`)]
  return { path, look, complaints, requests, axe, ...seen, shift, ids: new Set(seen.ids) }
}

/** As when the reader's system goes from day to night. Returns when every colour has arrived. */
async function changeShade(page: Page, shade: Shade): Promise<void> {
  await page.emulateMedia({ colorScheme: shade })
  await page.waitForFunction((dark) => document.documentElement.classList.contains('dark') === dark, shade === 'dark')
  await page.evaluate(async () => {
    const timed = document.getAnimations().filter(({ timeline }) => timeline === document.timeline) // scrolling never finishes
    await Promise.allSettled(timed.map((animation) => animation.finished))
  })
}
