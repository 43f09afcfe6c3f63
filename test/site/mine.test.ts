/** `npm start -- mine`: the figures run the reader's modules where their checks have passed, and the page says so. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inBrowser } from './in-browser.ts'
import { serveSite } from './served-site.ts'

const passed = { state: 'passed', passed: 30, failed: 0 }
const failed = { state: 'failed', passed: 3, failed: 1 }

const local = inBrowser(() =>
  serveSite({
    words: ['mine'],
    prepare: (root) => {
      const progress = { version: 1, exercises: { '1.1': passed, '1.2': failed } }
      writeFileSync(join(root, '.progress.json'), JSON.stringify(progress))
    },
  }),
)

test('the modules of a passed exercise are the reader’s, all others the reference’s', async () => {
  const figure = await imported('.vitepress/theme/figures/channel/world.ts')
  expect(figure).toContain('chapters/01-message-passing/channel.ts')
  expect(figure).not.toContain('solutions/01-message-passing/channel.ts')
  expect(figure).toContain('solutions/01-message-passing/clock.ts')
  const oneshot = await imported('solutions/01-message-passing/oneshot.ts')
  expect(oneshot).toContain('chapters/01-message-passing/channel.ts')
})

test('the page names the exercises whose modules are the reader’s', async () => {
  const { page } = await local.open()
  await page.goto(local.site.address)
  await page.getByText('your modules: 1.1', { exact: true }).waitFor()
})

/** A file of the project as the dev server hands it to a page. */
async function imported(file: string): Promise<string> {
  const response = await fetch(`${local.site.address}/@fs${join(local.site.root, file)}`, {
    headers: { accept: '*/*' },
  })
  expect(response.status).toBe(200)
  return response.text()
}
