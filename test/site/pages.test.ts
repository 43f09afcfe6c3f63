/** Every page of the built site, in a real browser: narrow and wide, light and dark. */
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, watchedPage } from './browser.ts'
import { type BuiltSite, buildSite } from './built-site.ts'

const scriptBytesMax = 90 * 1024
const styleBytesMax = 25 * 1024

let browser: Browser
let site: BuiltSite

beforeAll(async () => {
  browser = await launchBrowser()
  site = await buildSite()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
}, 30_000)

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
}, 30_000)

const looks = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

describe.each(looks)('at $width pixels, $colorScheme', ({ width, colorScheme }) => {
  const options = { viewport: { width, height: 900 }, colorScheme }

  test('every page is quiet, keeps to its host and its width, stands still while it loads, and passes axe', async () => {
    const found: Record<string, unknown> = {}
    for (const path of site.pages) {
      const { page, complaints, requests } = await watchedPage(browser, options)
      await page.goto(site.address + path, { waitUntil: 'networkidle' })
      const strangers = requests.filter((url) => !url.startsWith(site.address) && !url.startsWith('data:'))
      const tooWide = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth))
      const moved = (await layoutShift(page)) >= 0.001
      await page.locator('details').evaluateAll((all) => {
        for (const fold of all) fold.setAttribute('open', '')
      })
      found[path] = { complaints, strangers, tooWide, moved, axe: await violations(page) }
      await page.context().close()
    }
    const clean = { complaints: [], strangers: [], tooWide: 0, moved: false, axe: [] }
    expect(found).toEqual(Object.fromEntries(site.pages.map((path) => [path, clean])))
  }, 300_000)
})

test('every link and every anchor leads somewhere', async () => {
  const targets = new Map<string, ReadonlySet<string>>()
  const links: { readonly from: string; readonly to: string }[] = []
  const { page } = await watchedPage(browser)
  for (const path of site.pages) {
    await page.goto(site.address + path, { waitUntil: 'networkidle' })
    targets.set(path, new Set(await page.locator('[id]').evaluateAll((all) => all.map((element) => element.id))))
    const found = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href)) // a link
    links.push(...found.map((to) => ({ from: path, to })))
  }
  const dead = links.filter(({ to }) => {
    const { origin, pathname, hash } = new URL(to)
    if (origin !== site.address) return false
    const ids = targets.get(pathname.replace(/index\.html$/, ''))
    return ids === undefined || (hash !== '' && !ids.has(decodeURIComponent(hash.slice(1))))
  })
  expect(dead).toEqual([])
}, 120_000)

test('Next leads from the contents through every page and back', async () => {
  const { page } = await watchedPage(browser)
  await page.goto(site.address)
  await page.locator('.way-in').click()
  const seen = ['/']
  for (let path = await pathOf(page, '/'); path !== '/' && seen.length <= site.pages.length; ) {
    seen.push(path)
    await page.locator('a[rel=next]').click()
    path = await pathOf(page, path)
  }
  expect(seen.toSorted()).toEqual([...site.pages].toSorted())
}, 120_000)

describe('what a reader has to fetch', () => {
  test('a page stays within its budget of script and of style', async () => {
    for (const path of site.pages) {
      const { page, requests } = await watchedPage(browser)
      await page.goto(site.address + path, { waitUntil: 'networkidle' })
      const bytes = (ending: string) =>
        [...new Set(requests)]
          .filter((url) => url.endsWith(ending))
          .reduce((sum, url) => sum + site.compressedSize(url), 0)
      expect(bytes('.js'), `${path}, script`).toBeLessThan(scriptBytesMax)
      expect(bytes('.css'), `${path}, style`).toBeLessThan(styleBytesMax)
      await page.context().close()
    }
  }, 120_000)

  test('a page without figures fetches none of their code, and none of the search before it opens', async () => {
    const { page, requests } = await watchedPage(browser)
    await page.goto(`${site.address}/glossary.html`, { waitUntil: 'networkidle' })
    expect(requests.filter((url) => /Figure|worker|Search/.test(url))).toEqual([])
  })
})

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate<axe.AxeResults>('axe.run()')
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let shift = 0
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += 'value' in entry ? Number(entry.value) : 0
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(shift)))
      }),
  )
}

/** The path of the page once it is another than `previous`. */
async function pathOf(page: Page, previous: string): Promise<string> {
  await page.waitForFunction((path) => location.pathname !== path, previous)
  return new URL(page.url()).pathname
}
