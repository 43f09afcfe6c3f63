/** The figure of formats in a real browser, by keyboard alone. */
import { describe, expect, test } from 'vitest'
import { builtFigures } from './built-sites.ts'
import { byte, field, focused, openFigure, sentence, status } from './formats-reader.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

describe('the figure of formats, by keyboard alone,', () => {
  test('walks along the bytes and across the formats, flips bits and restores them', async () => {
    const page = await openFigure(book)
    await byte(page, 'Compact', 4).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => focused(page)).toBe('Compact, offset 5, hex 72, in key')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('Protobuf, offset 2, hex 12, in key')
    await page.keyboard.press('0')
    expect(await sentence(page)).toContain('Protobuf refuses the bytes. Offset 2')
    await page.keyboard.press('r')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => focused(page)).toBe('JSON, offset 19, “"”, in key')
  })

  test('types two digits, and goes on from there', async () => {
    const page = await openFigure(book)
    await byte(page, 'Compact', 4).focus()
    await page.keyboard.press('h')
    await page.keyboard.type('7')
    expect(await sentence(page), 'one digit is no byte').toContain('One value takes')
    await page.keyboard.type('8')
    expect(await sentence(page)).toContain('is "usxr:17"')
  })

  test('goes back from the digits to the byte, and says when they are none', async () => {
    const page = await openFigure(book)
    await byte(page, 'Compact', 4).click()
    await page.keyboard.press('h')
    await page.keyboard.type('zz')
    const digits = page.getByRole('textbox', { name: 'two hexadecimal digits' })
    expect(await digits.getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('.formats-digits').textContent()).toBe('0 to 9, a to f')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Compact, offset 4, hex 65, in key')
    expect(await digits.inputValue()).toBe('65')
  })

  test('passes the bytes of other formats on the way to the buttons, and chooses none of them', async () => {
    const page = await openFigure(book)
    await byte(page, 'JSON', 19).click()
    for (const stop of ['Compact, offset 4, hex 65, in key', 'Protobuf, offset 0, hex 08, in operation']) {
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe(stop)
    }
    for (let step = 0; step < 4; step++) await page.keyboard.press('Tab') // two arrows, bit 7, bit 6
    await page.keyboard.press('Enter')
    expect(await sentence(page)).toContain('JSON refuses the bytes. Offset 19')
  })

  test('chooses a byte that the Tab key has led to with Enter, an arrow or the number of a bit', async () => {
    const page = await openFigure(book)
    const chosen = () => page.locator('.formats-chosen output').textContent()
    await byte(page, 'JSON', 19).click()
    await page.keyboard.press('Tab')
    expect(await chosen()).toBe('JSON, offset 19')
    await page.keyboard.press('ArrowRight')
    expect(await chosen()).toBe('Compact, offset 5')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await chosen()).toBe('Protobuf, offset 0')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('4')
    expect(await chosen()).toBe('Compact, offset 5')
    expect(await status(page, 1)).toBe('accepted, wrong')
  })

  test('types into the fields of the value without flipping a bit', async () => {
    const page = await openFigure(book)
    await field(page, 'session').focus()
    await page.keyboard.press('End')
    await page.keyboard.type('0r')
    expect(await field(page, 'session').inputValue()).toBe('72057594030r')
    expect(await sentence(page)).toContain('session: expected a whole number')
  })

  test('meets one stop of the Tab key in each format', async () => {
    const page = await openFigure(book)
    await field(page, 'session').focus()
    const stops: (string | null | undefined)[] = []
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press('Tab')
      stops.push(await page.evaluate(() => document.activeElement?.getAttribute('title')?.split(',')[0]))
    }
    expect(stops).toEqual(['JSON', 'Compact', 'Protobuf'])
  })
})
