/** The cluster figure in a real browser: by mouse, by touch, by keyboard, and by a link. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { layoutShift } from './browser.ts'
import { builtFigures } from './built-sites.ts'
import {
  button,
  cuts,
  draw,
  frames,
  leaders,
  looks,
  picture,
  press,
  scrub,
  sentence,
  server,
  swipe,
  time,
  withLeader,
} from './cluster-reader.ts'
import { inBrowser } from './in-browser.ts'

const book = inBrowser(builtFigures)

async function open(options: BrowserContextOptions = {}, path = '/cluster.html'): Promise<Page> {
  const { page } = await book.open(options)
  await page.goto(book.site.address + path)
  await page.locator('.figure').scrollIntoViewIfNeeded()
  await expect.poll(() => page.locator('svg.cluster').count()).toBe(1) // one arrangement is left when it is awake
  return page
}

describe('before it is touched', () => {
  test.each([390, 1280])(
    'it shows a still picture and says what it shows, without scripts, at %d px',
    async (width) => {
      const { page } = await book.open({ javaScriptEnabled: false, viewport: { width, height: 900 } })
      await page.goto(`${book.site.address}/cluster.html`)
      const pictures = page.locator('svg.cluster').filter({ visible: true })
      expect(await pictures.count()).toBe(1)
      expect(await pictures.getAttribute('class')).toContain(width === 390 ? 'cluster-narrow' : 'cluster-wide')
      expect(await pictures.locator('.cluster-server').count()).toBeGreaterThanOrEqual(3)
      expect(await page.locator('.figure-sentence').textContent()).toMatch(/term \d/)
      expect(await pictures.getAttribute('aria-label')).toMatch(/term \d/)
    },
  )

  test('it is fetched when it comes near the screen, and its worker when it is needed', async () => {
    const { page, requests } = await book.open()
    await page.goto(`${book.site.address}/cluster.html`, { waitUntil: 'networkidle' })
    expect(requests.filter((url) => url.includes('ClusterFigure'))).toEqual([])
    await page.locator('.figure').scrollIntoViewIfNeeded()
    await expect.poll(() => requests.filter((url) => url.includes('ClusterFigure')).length).toBeGreaterThan(0)
    await expect.poll(() => page.locator('svg.cluster').count()).toBe(1)
    expect(page.workers()).toHaveLength(0)
    await press(page, 'Play')
    await expect.poll(() => page.workers().length).toBe(1)
    expect(requests.filter((url) => /worker\.[a-z]+-/.test(url))).toEqual([]) // no mistake was asked for
  })

  test('nothing moves, neither by itself nor when the figure awakes', async () => {
    const page = await open()
    const before = await picture(page)
    const at = await time(page)
    await frames(page, 20)
    expect(await time(page)).toBe(at)
    expect(await picture(page)).toBe(before)
    expect(await layoutShift(page)).toBe(0)
  })
})

describe('by mouse', () => {
  test('a click crashes a server at the moment shown, and the others elect another leader', async () => {
    const page = await open()
    const leader = await withLeader(page)
    await server(page, leader).click()
    await expect.poll(() => looks(page, leader)).toContain('is-down')
    await scrub(page, 1_400)
    await expect.poll(() => leaders(page)).toHaveLength(1)
    expect(await leaders(page)).not.toContain(leader)
    await server(page, leader).click()
    await expect.poll(() => looks(page, leader)).toContain('is-up')
    await scrub(page, 559)
    expect(await looks(page, leader)).toContain('is-leader')
  })

  test('a line across the circle cuts the network, and is undone by a button', async () => {
    const page = await open()
    await withLeader(page)
    await draw(page, [0.03, 0.36], [0.46, 0.36]) // a stands above it
    await expect.poll(() => cuts(page)).toBe(8)
    expect(await looks(page, 'a')).toContain('is-up') // the line was no click
    await press(page, 'repair the network')
    await expect.poll(() => cuts(page)).toBe(0)
  })

  test('a short line, and one beside the circle, cut nothing', async () => {
    const page = await open()
    await withLeader(page)
    await draw(page, [0.2, 0.5], [0.22, 0.5])
    await draw(page, [0.01, 0.02], [0.01, 0.9])
    await server(page, 'b').click()
    await expect.poll(() => looks(page, 'b')).toContain('is-down')
    expect(await cuts(page)).toBe(0)
    expect(await page.locator('.cluster-time line').count()).toBe(1) // what was done
  })

  test('each situation begins, and is marked', async () => {
    const page = await open()
    const names = await page.getByRole('group', { name: 'Situations' }).getByRole('button').allTextContents()
    expect(names.length).toBeGreaterThanOrEqual(6)
    for (const name of names) {
      await press(page, name)
      expect(await button(page, name).getAttribute('aria-pressed')).toBe('true')
      await expect.poll(() => time(page)).toBeGreaterThan(5)
      expect(await time(page)).toBeLessThan(100)
    }
    await press(page, 'A split vote')
    await press(page, 'Pause')
    const seen: string[] = []
    for (let ms = 100; ms < 700; ms += 25) {
      await scrub(page, ms)
      seen.push((await sentence(page)) ?? '')
    }
    expect(seen.join()).toContain('the vote is split')
  })

  test('another number of servers, another seed and loss run the cluster again', async () => {
    const page = await open()
    await withLeader(page)
    await press(page, 'One server more')
    await expect.poll(() => page.locator('.cluster-server').count()).toBe(6)
    await press(page, 'One server fewer')
    await expect.poll(() => page.locator('.cluster-server').count()).toBe(5)
    const before = await picture(page)
    await press(page, 'The next seed')
    await expect.poll(() => picture(page)).not.toBe(before)
    await press(page, 'The seed before')
    await expect.poll(() => picture(page)).toBe(before)
    await page.getByRole('slider', { name: 'Loss' }).fill('40')
    await expect.poll(() => page.getByText('40 % of messages are lost').count()).toBe(1)
  })

  test('a famous mistake ends in a banner with the rule, and the run ends there', async () => {
    const page = await open()
    await page.getByLabel('famous mistake').selectOption('two-votes')
    await page.getByLabel('Speed').selectOption('4')
    const banner = page.getByRole('alert')
    await expect.poll(() => banner.count(), { timeout: 20_000 }).toBe(1)
    expect(await banner.textContent()).toMatch(/^Broken: .{10,}/)
    await expect.poll(() => button(page, 'Play').count()).toBe(1)
    const end = await time(page)
    await scrub(page, 4_500)
    expect(await time(page)).toBe(end)
    await scrub(page, end - 10)
    expect(await banner.count()).toBe(0)
    await page.getByLabel('famous mistake').selectOption('')
    await scrub(page, 4_500)
    await expect.poll(() => time(page)).toBe(4_500)
    await expect.poll(() => banner.count()).toBe(0)
    expect(await time(page)).toBe(4_500)
  })
})

describe('by touch', () => {
  test('a finger draws the line, and the page stays where it is', async () => {
    const page = await open({ hasTouch: true, viewport: { width: 390, height: 900 } })
    await withLeader(page)
    await page.locator('svg.cluster').scrollIntoViewIfNeeded()
    const box = await page.locator('svg.cluster').boundingBox()
    if (box === null) throw new Error('there is no picture')
    const scrolled = await page.evaluate(() => window.scrollY)
    await swipe(page, { x: box.x + box.width / 2 - 20, y: box.y + 70 }, 160)
    await expect.poll(() => cuts(page)).toBeGreaterThan(0)
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
    await server(page, 'b').tap()
    await expect.poll(() => looks(page, 'b')).toContain('is-down')
  })
})

describe('by keyboard alone', () => {
  test('everything that can be done to a server', async () => {
    const page = await open({ reducedMotion: 'reduce' })
    const leader = await withLeader(page)
    await page.locator('.figure').focus()
    do await page.keyboard.press('ArrowDown')
    while (!(await looks(page, leader))?.includes('is-chosen'))
    await page.keyboard.press('p')
    await expect.poll(() => cuts(page)).toBe(8)
    await page.keyboard.press('p')
    await expect.poll(() => cuts(page)).toBe(12)
    await page.keyboard.press('n')
    await expect.poll(() => cuts(page)).toBe(0)
    const boxes = await page.locator('.cluster-box').count()
    await page.keyboard.press('c')
    await expect.poll(() => page.locator('.cluster-box').count()).toBe(boxes + 1)
    await page.keyboard.press('x')
    await expect.poll(() => looks(page, leader)).toContain('is-down')
    await page.keyboard.press('x')
    await expect.poll(() => looks(page, leader)).toContain('is-up')
    await page.keyboard.press('t')
    await expect.poll(() => looks(page, leader)).toContain('is-candidate')
    const at = await time(page)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => time(page)).toBeGreaterThan(at)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter') // the chosen server has the focus
    await expect.poll(() => looks(page, leader)).toContain('is-down')
    await page.keyboard.press('r')
    await expect.poll(() => time(page)).toBe(0)
    expect(await page.locator('.cluster-server.is-down').count()).toBe(0)
  })
})

describe('a link', () => {
  test('that was copied opens the same run at the same moment', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    const leader = await withLeader(page)
    await server(page, leader).click()
    await expect.poll(() => looks(page, leader)).toContain('is-down')
    await scrub(page, 731)
    await press(page, 'copy a link to this')
    await expect.poll(() => page.getByText('copied').count()).toBe(1)
    const address = await page.evaluate(() => navigator.clipboard.readText())
    expect(address).toBe(page.url())
    expect(address).toContain('at-731')
    const before = await picture(page)
    await page.goto('about:blank')
    await page.goto(address) // nobody scrolls: the address leads to the heading above the figure
    await expect.poll(() => time(page)).toBe(731)
    await expect.poll(() => picture(page)).toBe(before)
  })

  test('that nobody can read ends in a sentence', async () => {
    const page = await open({}, '/cluster.html?cluster=five-servers#a-cluster-to-break')
    expect(await page.getByRole('alert').textContent()).toContain("This link can't be opened")
  })
})

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    for (const path of ['/cluster.html', '/cluster-home.html']) {
      const page = await open({ colorScheme }, path)
      await server(page, 'b').click()
      expect(await violations(page, { within: '.figure' }), path).toEqual([])
    }
  })

  test('it is no wider than a phone, with seven servers too', async () => {
    const page = await open({ viewport: { width: 390, height: 900 } })
    for (let count = 5; count < 7; count++) await press(page, 'One server more')
    await expect.poll(() => page.locator('.cluster-server').count()).toBe(7)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})

describe('on the home page', () => {
  test('one click breaks the cluster of three, and the rest goes on', async () => {
    const page = await open({}, '/cluster-home.html')
    const [leader = ''] = await leaders(page)
    await server(page, leader).click()
    await expect.poll(() => looks(page, leader)).toContain('is-down')
    await expect.poll(() => button(page, 'Pause').count()).toBe(1) // what was done is to be seen
    await page.getByLabel('Speed').selectOption('4')
    await expect.poll(async () => (await leaders(page)).length, { timeout: 20_000 }).toBe(1)
    expect(await leaders(page)).not.toContain(leader)
    await press(page, `restart ${leader}`)
    await expect.poll(() => looks(page, leader)).toContain('is-up')
  })
})
