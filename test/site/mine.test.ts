/** `npm start -- mine`: the figures run the reader's modules where their checks have passed, and the page says so. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, watchedPage } from './browser.ts'
import { type ServedSite, serveSite } from './served-site.ts'

const passed = { state: 'passed', passed: 30, failed: 0 }
const failed = { state: 'failed', passed: 3, failed: 1 }

let browser: Browser
let site: ServedSite

beforeAll(async () => {
  browser = await launchBrowser()
  site = await serveSite({
    words: ['mine'],
    prepare: (root) => {
      const progress = { version: 1, exercises: { '1.1': passed, '1.2': failed } }
      writeFileSync(join(root, '.progress.json'), JSON.stringify(progress))
    },
  })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
}, 30_000)

test('the modules of a passed exercise are the reader’s, all others the reference’s', async () => {
  const figure = await imported('.vitepress/theme/figures/channel/world.ts')
  expect(figure).toContain('chapters/01-message-passing/channel.ts')
  expect(figure).not.toContain('solutions/01-message-passing/channel.ts')
  expect(figure).toContain('solutions/01-message-passing/clock.ts')
  const oneshot = await imported('solutions/01-message-passing/oneshot.ts')
  expect(oneshot).toContain('chapters/01-message-passing/channel.ts')
})

test('the page names the exercises whose modules are the reader’s', async () => {
  const { page } = await watchedPage(browser)
  await page.goto(site.address)
  await page.getByText('your modules: 1.1', { exact: true }).waitFor()
})

/** A file of the project as the dev server hands it to a page. */
async function imported(file: string): Promise<string> {
  const response = await fetch(`${site.address}/@fs${join(site.root, file)}`, { headers: { accept: '*/*' } })
  expect(response.status).toBe(200)
  return response.text()
}
