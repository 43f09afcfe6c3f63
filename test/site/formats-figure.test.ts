/** The figure of formats in a real browser, on the built page: by mouse, at all widths, without scripts, on paper. */
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { builtFigures } from './built-sites.ts'
import { byte, field, openFigure, places, press, readBack, sentence, status, strip } from './formats-reader.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

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
    const page = await openFigure(book)
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
    const page = await openFigure(book)
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
    const page = await openFigure(book)
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
    const page = await openFigure(book)
    await byte(page, 'Compact', 4).click()
    await press(page, 'Flip bit 4')
    await field(page, 'tags').fill('')
    expect(await sentence(page)).toBe('One value takes 95 bytes as JSON, 23 in the compact format, 26 in Protobuf.')
    await page.getByRole('combobox', { name: 'operation' }).selectOption('get')
    expect(await sentence(page)).toContain('24 in Protobuf')
    expect(await page.getByRole('button', { name: 'Restore the bytes' }).isDisabled()).toBe(true)
  })

  test('names the part of a value that is outside the schema', async () => {
    const page = await openFigure(book)
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

  test('says that a text is too long to be shown, and keeps the bytes before it', async () => {
    const page = await openFigure(book)
    await field(page, 'key').fill('x'.repeat(100))
    expect(await sentence(page)).toContain('123 in the compact format')
    await field(page, 'key').fill('x'.repeat(3_000))
    expect(await sentence(page)).toBe(
      'These are the bytes of the value before: key has 3000 characters, and this figure shows at most 100.',
    )
    expect(await field(page, 'key').getAttribute('aria-invalid')).toBe('true')
    expect(await field(page, 'key').inputValue(), 'nothing that was typed is lost').toHaveLength(3_000)
    expect(await page.locator('.formats-cell').count()).toBeLessThan(600)
  })

  test('takes -0 for 0, as the schema does', async () => {
    const page = await openFigure(book)
    await field(page, 'session').fill('-0')
    expect(await sentence(page)).toContain('One value takes')
    expect(await readBack(page, 'session')).toBe('0')
  })
})

describe('the figure of formats spares its reader', () => {
  test.each([390, 720, 1280])('nothing moves when bytes are refused, at %i pixels', async (width) => {
    const page = await openFigure(book, { viewport: { width, height: 900 } })
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

  test('it fits on a page of 320 pixels, with every bit on it', async () => {
    const page = await openFigure(book, { viewport: { width: 320, height: 800 } })
    await byte(page, 'Compact', 4).click()
    await page.getByRole('button', { name: 'Flip bit 4' }).click()
    const rights = await page
      .locator('.formats-editor button, .formats-size em')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right))
    expect(Math.max(...rights)).toBeLessThan(320 - 20)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })

  test('a byte and its bits fit in one window when the page is enlarged to 200 %', async () => {
    const page = await openFigure(book, { viewport: { width: 640, height: 450 } })
    const top = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((each) => each.getBoundingClientRect().top)
    expect((await top('.formats-bits')) - (await top('.formats-cell'))).toBeLessThan(400)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    const page = await openFigure(book, { colorScheme })
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
    const page = await openFigure(book, { colorScheme })
    for (const name of ['operation', 'key', 'value', 'ttlMs', 'tags', 'session']) {
      await page.locator('.formats-form .formats-name').filter({ hasText: name }).hover()
      expect(await violations(page, { within: '.figure', rules: ['color-contrast'] }), `${name} stands out`).toEqual([])
    }
  })

  test('paper shows the value and its bytes, and no controls', async () => {
    const page = await openFigure(book)
    await page.emulateMedia({ media: 'print' })
    expect(await strip(page, 'Protobuf').isVisible()).toBe(true)
    expect(await page.locator('.formats-form').isVisible()).toBe(true)
    expect(await page.locator('.formats-editor').isVisible()).toBe(false)
  })
})
