/** The figure of formats in a real browser, on the built page: by mouse, by keyboard, without scripts, on paper. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { builtFigures } from './built-sites.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

/** The page with the figure on the screen, and its code run. */
async function openFigure(options: BrowserContextOptions = {}): Promise<Page> {
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

const sentence = (page: Page) => page.locator('.figure-sentence').textContent()
const strip = (page: Page, format: string) => page.getByRole('listbox', { name: format })
const byte = (page: Page, format: string, at: number) => strip(page, format).getByRole('option').nth(at)
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const status = (page: Page, at: number) => page.locator('.formats-size em').nth(at).textContent()
const readBack = (page: Page, name: string) =>
  page.locator('.formats-back .formats-row').filter({ hasText: name }).locator('dd').textContent()

/** Where the parts of the figure stand that must not move. */
const places = (page: Page) =>
  page.locator('.formats-editor, .formats-back, .formats-strip, .figure-sentence, .figure').evaluateAll((all) =>
    all.map((element) => {
      const { top, height } = element.getBoundingClientRect()
      return [element.className.split(' ')[0], Math.round(top + window.scrollY), Math.round(height)]
    }),
  )

describe('the figure of formats', () => {
  test('shows one value in three formats when scripts are off, and offers nothing that would not work', async () => {
    for (const width of [390, 1280]) {
      const { page } = await book.open({ javaScriptEnabled: false, viewport: { width, height: 900 } })
      await page.goto(`${book.site.address}/formats.html`)
      expect(await sentence(page)).toMatch(/^One value takes 105 bytes as JSON, 30 .*, 35 in Protobuf\.$/)
      expect(await page.locator('.formats-cell').count()).toBe(105 + 30 + 35)
      expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    }
  })

  test('loads its code when it comes near the screen, and not before', async () => {
    const { page, requests } = await book.open()
    await page.goto(`${book.site.address}/formats.html`, { waitUntil: 'networkidle' })
    const own = () => requests.filter((url) => url.includes('FormatsFigure'))
    expect(own()).toEqual([])
    await page.locator('.figure').scrollIntoViewIfNeeded()
    await expect.poll(own).toHaveLength(1)
  })

  test('makes the bytes of a field stand out in all formats when it is pointed at', async () => {
    const page = await openFigure()
    await field(page, 'ttlMs').hover()
    const lit = () =>
      page.locator('.formats-bytes').evaluateAll((strips) =>
        strips.map((each) => {
          const cells = [...each.querySelectorAll('.formats-cell')]
          return cells.filter((cell) => getComputedStyle(cell).backgroundColor !== 'rgba(0, 0, 0, 0)').length
        }),
      )
    await expect.poll(lit).toEqual(['"ttlMs":60000'.length, 4, 4])
    await byte(page, 'Protobuf', 12).hover()
    await expect.poll(lit).toEqual(['"value":"QWRh"'.length, 4, 5])
    expect(await page.locator('.formats-pointed').textContent()).toBe('Protobuf, offset 12, hex 03, in value')
  })

  test('flips a bit of a byte that is clicked, says what decoding makes of it, and restores it', async () => {
    const page = await openFigure()
    await byte(page, 'Compact', 4).click()
    await press(page, 'Flip bit 4, which is 0')
    expect(await sentence(page)).toBe(
      'Accepted, and wrong: key was "user:17" and is "usur:17". Nothing but a checksum would notice.',
    )
    expect(await readBack(page, 'key')).toBe('≠changed: "usur:17"')
    expect(await status(page, 1)).toBe('accepted, wrong')
    await press(page, 'Restore the bytes')
    expect(await sentence(page)).toContain('One value takes')
    expect(await status(page, 1)).toBe('')
  })

  test('marks where decoding stopped', async () => {
    const page = await openFigure()
    await byte(page, 'JSON', 0).click()
    await press(page, 'Flip bit 0')
    expect(await sentence(page)).toBe('JSON refuses the bytes. Offset 0: expected "{", found "z\\"operation\\"".')
    expect(await page.locator('.formats-cell.is-fault').getAttribute('aria-label')).toContain('refused here')
    await press(page, 'Restore the bytes')
    await byte(page, 'JSON', 104).click()
    await page.getByRole('textbox', { name: 'two hexadecimal digits' }).fill('20')
    expect(await page.locator('.formats-end.is-fault').count()).toBe(1)
  })

  test('writes another value, and undoes the damage', async () => {
    const page = await openFigure()
    await byte(page, 'Compact', 4).click()
    await press(page, 'Flip bit 4')
    await field(page, 'tags').fill('')
    expect(await sentence(page)).toBe('One value takes 95 bytes as JSON, 23 in the compact format, 26 in Protobuf.')
    await page.getByRole('combobox', { name: 'operation' }).selectOption('get')
    expect(await sentence(page)).toContain('24 in Protobuf')
    expect(await page.getByRole('button', { name: 'Restore the bytes' }).isDisabled()).toBe(true)
  })

  test('names the part of a value that is outside the schema', async () => {
    const page = await openFigure()
    await field(page, 'ttlMs').fill('-1')
    expect(await sentence(page)).toBe(
      'No format writes this value. ttlMs: expected a whole number from 0 to 2^32 - 1, found -1.',
    )
    expect(await field(page, 'ttlMs').getAttribute('aria-invalid')).toBe('true')
    expect(
      await page
        .getByRole('button', { name: /Flip bit/ })
        .first()
        .isDisabled(),
    ).toBe(true)
    await field(page, 'ttlMs').fill('1')
    expect(await sentence(page)).toContain('28 in the compact format')
  })
})

describe('the figure of formats, by keyboard alone', () => {
  test('walks along the bytes and across the formats, flips bits and restores them', async () => {
    const page = await openFigure()
    await byte(page, 'Compact', 4).focus()
    await page.keyboard.press('ArrowRight')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('title'))
    await expect.poll(focused).toBe('Compact, offset 5, hex 72, in key')
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe('Protobuf, offset 2, hex 12, in key')
    await page.keyboard.press('0')
    expect(await sentence(page)).toContain('Protobuf refuses the bytes. Offset 2')
    await page.keyboard.press('r')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(focused).toBe('JSON, offset 19, “"”, in key')
  })

  test('types two digits, and goes on from there', async () => {
    const page = await openFigure()
    await byte(page, 'Compact', 4).focus()
    await page.keyboard.press('h')
    await page.keyboard.type('7')
    expect(await sentence(page), 'one digit is no byte').toContain('One value takes')
    await page.keyboard.type('8')
    expect(await sentence(page)).toContain('is "usxr:17"')
  })

  test('types into the fields of the value without flipping a bit', async () => {
    const page = await openFigure()
    await field(page, 'session').focus()
    await page.keyboard.press('End')
    await page.keyboard.type('0r')
    expect(await field(page, 'session').inputValue()).toBe('72057594030r')
    expect(await sentence(page)).toContain('session: expected a whole number')
  })

  test('meets one stop of the Tab key in each format', async () => {
    const page = await openFigure()
    await field(page, 'session').focus()
    const stops: (string | null | undefined)[] = []
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press('Tab')
      stops.push(await page.evaluate(() => document.activeElement?.getAttribute('title')?.split(',')[0]))
    }
    expect(stops).toEqual(['JSON', 'Compact', 'Protobuf'])
  })
})

describe('the figure of formats spares its reader', () => {
  test.each([390, 720, 1280])('nothing moves when bytes are refused, at %i pixels', async (width) => {
    const page = await openFigure({ viewport: { width, height: 900 } })
    const before = await places(page)
    const longest = [
      ['JSON', 14, '00'],
      ['Protobuf', 28, 'ff'],
      ['Compact', 22, 'ff'],
      ['JSON', 40, '00'],
    ] as const
    for (const [format, at, digits] of longest) {
      await byte(page, format, at).click()
      await page.getByRole('textbox', { name: 'two hexadecimal digits' }).fill(digits)
      expect(await sentence(page)).toContain('refuses')
      expect(await places(page)).toEqual(before)
    }
    await field(page, 'session').fill('2^53')
    expect(await places(page)).toEqual(before)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    const page = await openFigure({ colorScheme })
    expect(await violations(page, { within: '.figure' })).toEqual([])
    await byte(page, 'Compact', 4).click()
    await page.keyboard.press('4')
    expect(await violations(page, { within: '.figure' }), 'a byte is wrong').toEqual([])
    await byte(page, 'JSON', 14).click()
    await page.keyboard.press('4')
    expect(await violations(page, { within: '.figure' }), 'a byte is refused').toEqual([])
    await field(page, 'ttlMs').fill('-1')
    expect(await violations(page, { within: '.figure' }), 'the value is outside its schema').toEqual([])
  })

  test.each(['light', 'dark'] as const)('what stands out can be read, in %s', async (colorScheme) => {
    const page = await openFigure({ colorScheme })
    for (const name of ['operation', 'key', 'value', 'ttlMs', 'tags', 'session']) {
      await page.locator('.formats-form .formats-name').filter({ hasText: name }).hover()
      expect(await violations(page, { within: '.figure', rules: ['color-contrast'] }), `${name} stands out`).toEqual([])
    }
  })

  test('paper shows the value and its bytes, and no controls', async () => {
    const page = await openFigure()
    await page.emulateMedia({ media: 'print' })
    expect(await strip(page, 'Protobuf').isVisible()).toBe(true)
    expect(await page.locator('.formats-form').isVisible()).toBe(true)
    expect(await page.locator('.formats-editor').isVisible()).toBe(false)
  })
})
