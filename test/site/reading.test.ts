/** Reading the built site: by keyboard, with search, without scripts, on paper. */
import { describe, expect, test } from 'vitest'
import { builtSite } from './built-sites.ts'
import { inBrowser } from './in-browser.ts'

const exercise = '/01-message-passing/1.1-channel.html'

const book = inBrowser(builtSite)

describe('the search', () => {
  test('opens with a slash, finds a term, and goes there by keyboard', async () => {
    const { page, requests } = await book.open()
    await page.goto(book.site.address, { waitUntil: 'networkidle' })
    await page.keyboard.press('/')
    await page.getByRole('searchbox').fill('rendezvous')
    await page.locator('.search-results li').first().waitFor()
    expect(await page.locator('.search-results').textContent()).toContain('Rendezvous')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/rendezvous|1\.1-channel/)
    expect(await page.locator('dialog.search').count()).toBe(0)
    expect(requests.every((url) => url.startsWith(book.site.address))).toBe(true)
  })

  test('says so when nothing matches, and closes with Escape', async () => {
    const { page } = await book.open()
    await page.goto(`${book.site.address}/glossary.html`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('zebrafish')
    await page.getByText('Nothing in the book matches').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog.search').waitFor({ state: 'detached' })
  })
})

describe('a quiz', () => {
  test('is answered by keyboard; each answer says why, and the right one brings out all reasons', async () => {
    const { page } = await book.open()
    await page.goto(book.site.address + exercise, { waitUntil: 'networkidle' })
    const quiz = page.locator('.quiz').first()
    const reasons = quiz.locator('.quiz-why > span')
    const visible = () => reasons.evaluateAll((all) => all.filter((reason) => reason.checkVisibility()).length)
    expect(await visible()).toBe(0)
    await quiz.getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    expect(await visible()).toBe(1)
    const right = quiz.locator('.quiz-answer.right')
    for (let n = 0; n < 5 && (await right.count()) === 0; n++) await page.keyboard.press('ArrowDown')
    expect(await visible()).toBe(await reasons.count())
  })
})

describe('with scripts off', () => {
  const options = { javaScriptEnabled: false }

  test('the text, its code, its folded parts, the figure and the way on are there', async () => {
    const { page } = await book.open(options)
    await page.goto(book.site.address + exercise)
    expect(await page.locator('h1').textContent()).toContain('A channel that pushes back')
    expect(await page.locator('.quoted pre').first().textContent()).toContain('sensor')
    expect(await page.locator('svg.channel').count()).toBeGreaterThan(0)
    await page.getByText('The solution').click()
    expect(await page.getByText('A receiver waits only while the buffer is empty').isVisible()).toBe(true)
    expect(await page.locator('.checks').textContent()).toContain('npm run check 1.1')
    expect(await page.locator('a[rel=next]').isVisible()).toBe(true)
  })

  test('the answers of a quiz stand folded below it', async () => {
    const { page } = await book.open(options)
    await page.goto(book.site.address + exercise)
    await page.locator('.quiz-still > summary').click()
    expect(await page.locator('.quiz-still').textContent()).toContain('Right.')
  })

  test('the contents stand above the text on a narrow screen', async () => {
    const { page } = await book.open({ ...options, viewport: { width: 390, height: 844 } })
    await page.goto(book.site.address + exercise)
    expect(await page.locator('#rail').isVisible()).toBe(true)
  })
})

test('on a narrow screen the contents open and close by keyboard, and lead to a page', async () => {
  const { page } = await book.open({ viewport: { width: 390, height: 844 } })
  await page.goto(book.site.address + exercise, { waitUntil: 'networkidle' })
  const rail = page.locator('#rail')
  expect(await rail.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Contents' }).press('Enter')
  await rail.waitFor()
  await rail.getByRole('link', { name: 'Opening' }).press('Escape')
  await rail.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Contents' }).press('Enter')
  await rail.getByRole('link', { name: 'Glossary' }).press('Enter')
  await page.waitForURL(/glossary/)
  await rail.waitFor({ state: 'hidden' })
})

describe('what a program printed', () => {
  const pages = ['/01-message-passing/', '/02-serialization/2.5-evolution.html', '/05-raft/']

  test.each([390, 1280])(
    'is shown whole at %i pixels, or says how long it is and scrolls by keyboard',
    async (width) => {
      const { page } = await book.open({ viewport: { width, height: 800 } })
      for (const path of pages) {
        await page.goto(book.site.address + path)
        const cut = await page.locator('.printed').evaluateAll((all) => {
          const isCut = (pre: Element | null) => pre !== null && pre.scrollHeight > pre.clientHeight + 1
          return all.filter((each) => isCut(each.querySelector('pre'))).map((each) => each.textContent ?? '')
        })
        for (const text of cut) expect(text, `${path} cuts an output without a sign`).toMatch(/\d+ lines, scroll/)
      }
      const long = page.locator('.printed.is-long pre')
      await long.focus()
      await page.keyboard.press('PageDown')
      await expect.poll(() => long.evaluate((pre) => pre.scrollTop)).toBeGreaterThan(0)
    },
  )

  test('keeps its first column in sight when the others are scrolled, on a phone', async () => {
    const { page } = await book.open({ viewport: { width: 390, height: 800 } })
    await page.goto(`${book.site.address}/02-serialization/in-production.html`)
    const lefts = await page.locator('.printed pre').evaluateAll((all) =>
      all.flatMap((pre) => {
        pre.scrollLeft = 30
        const first = pre.querySelector('.first')
        return first === null || pre.scrollLeft === 0 ? [] : [first.getBoundingClientRect().left]
      }),
    )
    expect(lefts.length, 'no table was scrolled, so this proves nothing').toBeGreaterThan(0)
    expect(new Set(lefts)).toEqual(new Set([0]))
  })

  test('is called measured where it was measured on one machine', async () => {
    const { page } = await book.open()
    await page.goto(`${book.site.address}/02-serialization/in-production.html`)
    const captions = await page.locator('.printed figcaption').allTextContents()
    expect(captions.filter((caption) => !caption.startsWith('measured by npm run'))).toEqual([])
  })
})

test('code reaches both edges of a phone, and the page is no wider', async () => {
  const { page } = await book.open({ viewport: { width: 390, height: 844 } })
  await page.goto(book.site.address + exercise)
  const edges = await page
    .locator('.prose > div > :is(.quoted, .printed)')
    .evaluateAll((all) => all.map((each) => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]))
  expect(edges.length).toBeGreaterThan(2)
  expect(edges.filter(([left, right]) => left !== 0 || right !== 390)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test('light and dark change with a switch, and the choice is kept', async () => {
  const { page } = await book.open({ colorScheme: 'light' })
  await page.goto(book.site.address, { waitUntil: 'networkidle' })
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await paper()
  await page.getByRole('switch', { name: 'Dark' }).click()
  const dark = await paper()
  expect(dark).not.toBe(light)
  await page.reload()
  expect(await paper()).toBe(dark)
})

test('a wrong address says that there is no page, and leads back', async () => {
  const { page, complaints } = await book.open()
  await page.goto(`${book.site.address}/nowhere.html`, { waitUntil: 'networkidle' })
  expect(complaints.splice(0).join()).toContain('404')
  expect(await page.locator('h1').textContent()).toContain('not delivered')
  await page.getByRole('link', { name: 'To the contents' }).click()
  await page.getByRole('heading', { name: 'Quorum' }).waitFor()
})

test('on paper the navigation is gone and no line of code is cut', async () => {
  const { page } = await book.open()
  await page.goto(book.site.address + exercise, { waitUntil: 'networkidle' })
  await page.emulateMedia({ media: 'print' })
  expect(
    await page
      .locator('.bar, .rail, .page-footer')
      .evaluateAll((all) => all.filter((each) => each.checkVisibility()).length),
  ).toBe(0)
  const cut = await page
    .locator('pre')
    .evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length)
  expect(cut).toBe(0)
  expect((await page.pdf()).length).toBeGreaterThan(10_000)
})

test('paper is light, also when dark was chosen', async () => {
  const { page } = await book.open({ colorScheme: 'light' })
  await page.goto(book.site.address + exercise, { waitUntil: 'networkidle' })
  await page.emulateMedia({ media: 'print' })
  const colours = () =>
    page
      .locator('html, .prose p > code, .prose pre, .prose a, figcaption, .figure')
      .evaluateAll((all) => all.map((each) => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]))
  const light = await colours()
  await page.evaluate(() => document.documentElement.classList.add('dark'))
  expect(await colours()).toEqual(light)
})
