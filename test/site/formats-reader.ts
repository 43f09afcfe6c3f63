/** How a test of the figure of formats reads it and uses it. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { builtFigures } from './built-sites.ts'
import type { InBrowser } from './in-browser.ts'

type Book = InBrowser<ReturnType<typeof builtFigures>>

/** The page with the figure on the screen, and its code run. */
export async function openFigure(book: Book, options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await book.open(options)
  await page.goto(`${book.site.address}/formats.html`)
  await page.locator('.figure').scrollIntoViewIfNeeded()
  // woken: what the server has drawn does not change when it is pointed at
  await expect
    .poll(async () => {
      await page.locator('.formats-heading').first().hover()
      await page.getByRole('textbox', { name: 'key' }).hover()
      return page.locator('.figure').getAttribute('data-lit')
    })
    .toBe('2')
  await page.locator('.figure-title').hover()
  return page
}

export const sentence = (page: Page) => page.locator('.figure-sentence').textContent()
export const strip = (page: Page, format: string) => page.getByRole('listbox', { name: format })
export const byte = (page: Page, format: string, at: number) => strip(page, format).getByRole('option').nth(at)
export const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const status = (page: Page, at: number) => page.locator('.formats-size em').nth(at).textContent()
export const readBack = (page: Page, name: string) =>
  page.locator('.formats-back .formats-row').filter({ hasText: name }).locator('dd').textContent()
export const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('title'))

/** Where the parts of the figure stand that must not move. */
export const places = (page: Page) =>
  page.locator('.formats-editor, .formats-back, .formats-strip, .figure-sentence, .figure').evaluateAll((all) =>
    all.map((element) => {
      const { top, height } = element.getBoundingClientRect()
      return [element.className.split(' ')[0], Math.round(top + window.scrollY), Math.round(height)]
    }),
  )
