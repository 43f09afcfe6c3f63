/** What axe finds wrong with a page: names that are missing, contrast that is too low, targets that are too small. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** The only rules whose outcome depends on colours. */
export const colourRules: readonly string[] = ['color-contrast', 'link-in-text-block']

export interface AxeOptions {
  /** The part of the page to look at, as a selector; otherwise all of it. */
  readonly within?: string
  /** The names of the rules to apply; otherwise all that axe applies by default. */
  readonly rules?: readonly string[]
}

/** Each rule that is broken, and where. Nothing else of axe's long report leaves the page, since to copy it is slow. */
export async function violations(page: Page, { within, rules }: AxeOptions = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) }
  const found = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `axe.run(${JSON.stringify(within) ?? 'document'}, ${JSON.stringify(options)}).then(({ violations }) => ({ violations }))`,
  )
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}
