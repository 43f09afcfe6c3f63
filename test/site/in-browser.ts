/**
 * What a file of browser tests needs, in one line: `const book = inBrowser(builtSite)`
 * gives it a browser and a site for as long as its tests run, and pages that
 * are closed after each test, which fails if one of them has complained.
 */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser, type WatchedPage, watchedPage } from './browser.ts'

interface Closable {
  close?(): Promise<void>
}

/** One that a file only borrows has nothing to close. */
interface Site extends Closable {
  readonly address: string
}

export interface InBrowser<Of> {
  readonly browser: Browser
  readonly site: Of
  /** A page in a context of its own. Complaints that a test expects are to be taken out by it. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>
}

/** For all tests of a file, with the site that `start` starts. */
export function inBrowser<Of extends Site>(start: () => Promise<Of> | Of): InBrowser<Of> {
  const site = lasting(start)
  const browser = lasting(launchBrowser) // closed before the site, which waits for whoever is connected
  const opened: WatchedPage[] = []
  afterEach(async () => {
    const pages = opened.splice(0)
    // a browser asks for favicon.ico by itself where a page names its icon late, as it does in development;
    // before the pages are closed: to give up what they still ask for is no fault of theirs
    const complaints = pages.flatMap((watched) => watched.complaints).filter((text) => !text.includes('/favicon.ico'))
    for (const { page } of pages) await page.context().close()
    expect(complaints, 'a page complained in its console, or could not fetch something').toEqual([])
  }, 30_000)
  return {
    get browser() {
      return browser()
    },
    get site() {
      return site()
    },
    async open(options) {
      const watched = await watchedPage(browser(), options)
      opened.push(watched)
      return watched
    },
  }
}

/** Starts something before the tests around this call, and closes it after them. */
function lasting<Thing extends Closable>(start: () => Promise<Thing> | Thing): () => Thing {
  let thing: Thing | undefined
  beforeAll(async () => {
    thing = await start()
  }, 240_000)
  afterAll(() => thing?.close?.(), 60_000)
  return () => {
    if (thing === undefined) throw new Error('it is not there before the tests begin')
    return thing
  }
}
