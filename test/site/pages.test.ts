/** Every page of the built site, in a real browser: narrow and wide, light and dark. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { builtSite } from './built-sites.ts'
import { inBrowser } from './in-browser.ts'
import { type Visit, visitAll } from './visits.ts'

const scriptBytesMax = 90 * 1024
const styleBytesMax = 25 * 1024
const shiftMax = 0.001

const book = inBrowser(builtSite)
let visits: readonly Visit[]

beforeAll(async () => {
  visits = await visitAll(book.browser, book.site)
}, 600_000)

/** What is wrong with each page, where there is something. */
function faults(of: (visit: Visit) => readonly unknown[]): Readonly<Record<string, readonly unknown[]>> {
  const all = visits.map((visit) => [`${visit.path} at ${visit.look.width} pixels`, of(visit)] as const)
  return Object.fromEntries(all.filter(([, wrong]) => wrong.length > 0))
}

describe('every page, narrow and wide,', () => {
  test('was visited', () => {
    expect(book.site.pages).toContain('/')
    expect(visits).toHaveLength(2 * book.site.pages.length)
  })

  test('is quiet', () => {
    expect(faults(({ complaints }) => complaints)).toEqual({})
  })

  test('fetches nothing from another host', () => {
    const stranger = (url: string) => !url.startsWith(book.site.address) && !url.startsWith('data:')
    expect(faults(({ requests }) => requests.filter(stranger))).toEqual({})
  })

  test('keeps to its width', () => {
    expect(faults(({ tooWide }) => (tooWide === 0 ? [] : [`${tooWide} pixels stick out`]))).toEqual({})
  })

  test('stands still while it loads', () => {
    expect(faults(({ shift }) => (shift < shiftMax ? [] : [`moved by ${shift}`]))).toEqual({})
  })

  test('passes axe, in light and in dark', () => {
    expect(faults(({ axe }) => axe)).toEqual({})
  })

  test('has no link and no anchor that leads nowhere', () => {
    const targets = new Map(visits.map(({ path, ids }) => [path, ids]))
    const isDead = (link: string) => {
      const { origin, pathname, hash } = new URL(link)
      if (origin !== book.site.address) return false
      const ids = targets.get(pathname.replace(/index\.html$/, ''))
      return ids === undefined || (hash !== '' && !ids.has(decodeURIComponent(hash.slice(1))))
    }
    expect(faults(({ links }) => links.filter(isDead))).toEqual({})
  })

  test.each([
    ['script', '.js', scriptBytesMax],
    ['style', '.css', styleBytesMax],
  ] as const)('stays within its budget of %s', (_, ending, bytesMax) => {
    const bytes = (requests: readonly string[]) =>
      [...new Set(requests)]
        .filter((url) => url.endsWith(ending))
        .reduce((sum, url) => sum + book.site.compressedSize(url), 0)
    const sizes = visits.map(({ requests }) => bytes(requests))
    expect(Math.min(...sizes), 'nothing was fetched, so this proves nothing').toBeGreaterThan(0)
    expect(
      faults(({ requests }) => (bytes(requests) < bytesMax ? [] : [`${bytes(requests)} of ${bytesMax} bytes`])),
    ).toEqual({})
  })
})

test('Next leads from the contents through every page and back', async () => {
  const { page } = await book.open()
  await page.goto(book.site.address)
  await page.locator('.way-in').click()
  const seen = ['/']
  for (let path = await pathOf(page, '/'); path !== '/' && seen.length <= book.site.pages.length; ) {
    seen.push(path)
    await page.locator('a[rel=next]').click()
    path = await pathOf(page, path)
  }
  expect(seen.toSorted()).toEqual([...book.site.pages].toSorted())
}, 120_000)

test('a page without figures fetches none of their code, and none of the search before it opens', () => {
  const glossary = visits.filter(({ path }) => path === '/glossary.html')
  expect(glossary).toHaveLength(2)
  expect(glossary.flatMap(({ requests }) => requests).filter((url) => /Figure|worker|Search/.test(url))).toEqual([])
})

/**
 * The path of the page once it is another than `previous`, and shown: its
 * address changes first, and until its code is there, Next still leads to itself.
 */
async function pathOf(page: Page, previous: string): Promise<string> {
  await page.waitForFunction((path) => {
    const next = document.querySelector<HTMLAnchorElement>('a[rel=next]')
    return location.pathname !== path && next?.pathname !== location.pathname
  }, previous)
  return new URL(page.url()).pathname
}
