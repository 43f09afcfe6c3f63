/** The space-time figures of chapter 1 in a real browser: by mouse, by touch, by keyboard. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { builtFigures } from './built-sites.ts'
import { inBrowser } from './in-browser.ts'
import { serveSite } from './served-site.ts'

const clocksPath = '/01-message-passing/1.6-logical-clocks.html'
const faultsPath = '/01-message-passing/1.5-simulation.html'

const local = inBrowser(serveSite)

async function openFigure(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await local.open(options)
  await page.goto(local.site.address + path)
  await page.locator('.figure, .figure-place').first().scrollIntoViewIfNeeded()
  await page.locator('svg.space-time').first().waitFor()
  await expect.poll(() => page.locator('svg.space-time').count()).toBe(1)
  return page
}

const sentence = (page: Page) => page.locator('.figure-sentence').textContent()
const arrow = (page: Page, name: string) => page.getByRole('slider', { name: `Message ${name}` })
const arrival = async (page: Page, name: string) => Number(await arrow(page, name).getAttribute('aria-valuenow'))
const event = (page: Page, deed: string) => page.getByRole('button', { name: `${deed}, at` })
const press = async (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** From the middle of a dot, along the line of time, by so many pixels. */
async function dragEnd(page: Page, deed: string, byX: number, byY: number): Promise<void> {
  const box = await event(page, deed).locator('.st-point').boundingBox()
  if (box === null) throw new Error(`${deed} can't be seen`)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= 10; step++) await page.mouse.move(x + (byX * step) / 10, y + (byY * step) / 10)
  await page.mouse.up()
}

describe('the built figures', () => {
  test.each([390, 1280])('show a still picture and say what it shows, without scripts, at %d pixels', async (width) => {
    const { page } = await local.open({ javaScriptEnabled: false, viewport: { width, height: 900 } })
    await page.goto(`${builtFigures().address}/space-time.html`)
    const pictures = page.locator('svg.space-time').filter({ visible: true })
    expect(await pictures.count()).toBe(2)
    for (const picture of await pictures.all()) {
      expect(await picture.getAttribute('class')).toContain(width === 390 ? 'space-time-narrow' : 'space-time-wide')
      expect(await picture.locator('.st-arrow').count()).toBeGreaterThan(5)
    }
    const sentences = await page.locator('.figure-sentence').allTextContents()
    expect(sentences[0]).toContain('happened before')
    expect(sentences[1]).toContain('The client has counted to 10')
  })

  test('start no worker before their reader changes something, and then run in one', async () => {
    const { page } = await local.open()
    await page.goto(`${builtFigures().address}/space-time.html`)
    await expect.poll(() => page.locator('svg.space-time').count()).toBe(2)
    expect(page.workers()).toHaveLength(0)
    const slider = page.getByRole('slider', { name: 'Message note, ada to grace' })
    await slider.focus()
    const before = Number(await slider.getAttribute('aria-valuenow'))
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).toBe(before + 4)
    expect(page.workers()).toHaveLength(1)
  })
})

describe('the figure of logical clocks', () => {
  test('begins with a chain from one event to another, and says so', async () => {
    const page = await openFigure(clocksPath)
    expect(await sentence(page)).toMatch(
      /^“ada sends ‘note’ to grace” happened before “alan receives ‘fix’ from grace”/,
    )
    expect(await page.locator('.st-stroke').count()).toBe(1)
    expect(await page.locator('.st-arrow.is-lit').count()).toBe(2)
  })

  test('lets a message arrive later when its end is dragged, and runs the world again', async () => {
    const page = await openFigure(clocksPath)
    const before = await arrival(page, 'note, ada to grace')
    const answer = await arrival(page, 'fix, grace to alan')
    await dragEnd(page, 'grace receives ‘note’ from ada', 60, 0)
    await expect.poll(() => arrival(page, 'note, ada to grace')).toBeGreaterThan(before + 10)
    const moved = (await arrival(page, 'note, ada to grace')) - before
    await expect.poll(() => arrival(page, 'fix, grace to alan')).toBe(answer + moved)
    await press(page, 'Start over')
    await expect.poll(() => arrival(page, 'note, ada to grace')).toBe(before)
  })

  test('keeps an arrival after its sending, however far it is dragged', async () => {
    const page = await openFigure(clocksPath)
    await dragEnd(page, 'ada receives ‘lunch?’ from alan', -500, 0)
    await expect.poll(() => arrival(page, 'lunch?, alan to ada')).toBe(50)
  })

  test('is dragged along the other axis on a phone', async () => {
    const page = await openFigure(clocksPath, { viewport: { width: 390, height: 1000 } })
    expect(await page.locator('svg.space-time').getAttribute('class')).toContain('space-time-narrow')
    const before = await arrival(page, 'lunch?, alan to ada')
    await dragEnd(page, 'ada receives ‘lunch?’ from alan', 0, 40)
    await expect.poll(() => arrival(page, 'lunch?, alan to ada')).toBeGreaterThan(before + 5)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  test('follows a finger, and the page stays where it is', async () => {
    const page = await openFigure(clocksPath, { hasTouch: true, viewport: { width: 390, height: 1000 } })
    const before = await arrival(page, 'lunch?, alan to ada')
    const box = await event(page, 'ada receives ‘lunch?’ from alan').locator('.st-point').boundingBox()
    if (box === null) throw new Error('the end of the arrow can not be seen')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const scrolled = await page.evaluate(() => window.scrollY)
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove', byY: number) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y + byY }] })
    await touch('touchStart', 0)
    for (let step = 1; step <= 8; step++) await touch('touchMove', step * 5)
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(() => arrival(page, 'lunch?, alan to ada')).toBeGreaterThan(before + 5)
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
  })

  test('tells of two events which happened before the other, or that they are concurrent', async () => {
    const page = await openFigure(clocksPath)
    await event(page, 'grace makes tea').click()
    expect(await page.locator('.st-legend').count()).toBe(1)
    await event(page, 'alan goes out').click()
    expect(await sentence(page)).toContain('“grace makes tea” happened before “alan goes out”')
    await event(page, 'alan sends ‘lunch?’ to ada').click()
    await event(page, 'grace makes tea').click()
    expect(await sentence(page)).toContain('are concurrent')
    expect(await page.locator('.st-stroke').count()).toBe(0)
  })

  test('makes two events concurrent when the message between them comes too late', async () => {
    const page = await openFigure(clocksPath)
    await page.locator('.figure').focus()
    await page.keyboard.press('Escape')
    await event(page, 'alan sends ‘lunch?’ to ada').click()
    await event(page, 'ada sends ‘yes’ to alan').click()
    expect(await sentence(page)).toContain('happened before')
    await dragEnd(page, 'ada receives ‘lunch?’ from alan', 300, 0)
    await expect.poll(() => sentence(page)).toContain('are concurrent')
  })

  test('shows the numbers of each kind of clock', async () => {
    const page = await openFigure(clocksPath)
    const label = () => event(page, 'alan receives ‘fix’ from grace').locator('text').textContent()
    expect(await label()).toBe('4')
    await press(page, 'vector')
    expect(await label()).toBe('[2 3 3]')
    await press(page, 'hybrid')
    expect(await label()).toBe('103')
    expect(await page.locator('.st-clock-sentence').textContent()).toContain('Hybrid clocks agree')
  })

  test.each(['light', 'dark'] as const)('axe finds nothing to complain about in %s', async (colorScheme) => {
    for (const path of [clocksPath, faultsPath]) {
      const page = await openFigure(path, { colorScheme })
      expect(await violations(page, { within: '.figure' }), path).toEqual([])
    }
  })
})

describe('the figure of logical clocks, by keyboard alone', () => {
  test('moves the arrival of the arrow that has the focus', async () => {
    const page = await openFigure(clocksPath)
    const name = 'note, ada to alan'
    const before = await arrival(page, name)
    await arrow(page, name).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => arrival(page, name)).toBe(before + 4)
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => arrival(page, name)).toBe(before - 8)
    expect(await arrow(page, name).evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('chooses events, another clock, and forgets the choice', async () => {
    const page = await openFigure(clocksPath)
    await page.locator('.figure').focus()
    await page.keyboard.press('Escape')
    expect(await sentence(page)).toContain('Choose an event')
    await event(page, 'grace makes tea').focus()
    await page.keyboard.press('Enter')
    await event(page, 'alan sends ‘lunch?’ to ada').focus()
    await page.keyboard.press('Space')
    expect(await sentence(page)).toContain('are concurrent')
    await page.keyboard.press('2')
    expect(await page.getByRole('button', { name: 'vector', exact: true }).getAttribute('aria-pressed')).toBe('true')
  })
})

describe('the figure of faults', () => {
  const told = async (page: Page) => Number(await page.locator('.figure-counters dd').first().textContent())
  const counted = async (page: Page) => Number(await page.locator('.figure-counters dd').last().textContent())
  const scrub = (page: Page, toMs: number) => page.getByRole('slider', { name: 'Time' }).fill(`${toMs}`)

  test('shows a run in which one request is counted twice', async () => {
    const page = await openFigure(faultsPath)
    expect(await sentence(page)).toContain('One request was counted twice')
    expect(await page.locator('.st-arrow.is-lost').count()).toBe(2)
  })

  test('crashes the server at the moment shown, and forgets what it had counted', async () => {
    const page = await openFigure(faultsPath)
    await scrub(page, 300)
    const before = await counted(page)
    expect(before).toBeGreaterThan(3)
    await press(page, 'Crash the server')
    await expect.poll(() => sentence(page)).toContain('The server is down')
    await scrub(page, 420)
    await press(page, 'Restart the server')
    await scrub(page, 800)
    await expect.poll(() => told(page)).toBe(10)
    expect(await counted(page)).toBeLessThan(10)
    await scrub(page, 299)
    expect(await counted(page)).toBe(before)
  })

  test('holds answers until they are released', async () => {
    const page = await openFigure(faultsPath)
    await press(page, 'A network that works')
    await press(page, 'Pause')
    await scrub(page, 200)
    await press(page, 'Hold answers')
    await scrub(page, 500)
    await expect.poll(() => sentence(page)).toContain('Answers are held back')
    const heldAt = await told(page)
    await press(page, 'Release answers')
    await scrub(page, 560)
    await expect.poll(() => told(page)).toBeGreaterThan(heldAt)
    expect((await counted(page)) - (await told(page))).toBeGreaterThan(1)
  })

  test('runs again with another seed, and with another loss', async () => {
    const page = await openFigure(faultsPath)
    const picture = () =>
      page.locator('.st-head').evaluateAll((all) => all.map((head) => head.getAttribute('d')).join(' '))
    const first = await picture()
    await press(page, 'The next seed')
    await expect.poll(picture).not.toBe(first)
    await press(page, 'The seed before')
    await expect.poll(picture).toBe(first)
    await page.getByRole('slider', { name: 'Loss' }).fill('0')
    await expect.poll(() => page.locator('.st-arrow.is-lost').count()).toBe(0)
  })

  test('plays, steps and crashes by keyboard', async () => {
    const page = await openFigure(faultsPath, { reducedMotion: 'reduce' })
    const time = async () => Number.parseInt((await page.locator('.clock-time').textContent()) ?? '', 10)
    await page.locator('.figure').focus()
    await page.keyboard.press('Space')
    await expect.poll(time).toBeGreaterThan(20)
    await page.keyboard.press('Space')
    const paused = await time()
    await page.keyboard.press('ArrowRight')
    await expect.poll(time).toBeGreaterThan(paused)
    await page.keyboard.press('x')
    await expect.poll(() => sentence(page)).toContain('The server is down')
  })
})
