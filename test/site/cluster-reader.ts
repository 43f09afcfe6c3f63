/** A reader in a real browser, in front of a cluster: what they can do, and what they see. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
export const press = (page: Page, name: string) => button(page, name).click()
export const server = (page: Page, id: string) => page.locator(`[data-server="${id}"]`)
export const looks = (page: Page, id: string) => server(page, id).getAttribute('class')
export const sentence = (page: Page) => page.locator('.figure-sentence').textContent()
export const time = async (page: Page) => Number.parseInt((await page.locator('.clock-time').textContent()) ?? '', 10)
export const scrub = (page: Page, toMs: number) => page.getByRole('slider', { name: 'Time' }).fill(`${toMs}`)
export const cuts = (page: Page) => page.locator('.cluster-links .is-cut').count()
export const leaders = (page: Page) =>
  page
    .locator('.cluster-server.is-leader.is-up')
    .evaluateAll((all) => all.map((element) => element.getAttribute('data-server') ?? ''))

/** All that is drawn of servers and logs. The order of classes tells nothing. */
export const picture = (page: Page) =>
  page.locator('svg.cluster').evaluate((live) => {
    const drawing = live.cloneNode(true) as Element // a clone of an element is one
    for (const element of drawing.querySelectorAll('[class]')) {
      element.setAttribute(
        'class',
        [...element.classList]
          .filter((name) => name !== 'is-chosen')
          .sort()
          .join(' '),
      )
    }
    for (const choice of drawing.querySelectorAll('.cluster-choice')) choice.remove()
    return drawing.innerHTML
  })

/** A quiet start, stopped when its leader is there. Returns the leader. */
export async function withLeader(page: Page, atMs = 560): Promise<string> {
  await press(page, 'A quiet start')
  await press(page, 'Pause')
  await scrub(page, atMs)
  await expect.poll(() => leaders(page)).toHaveLength(1)
  return (await leaders(page))[0] ?? ''
}

/** From a place in the picture to another, both in shares of its size. */
export async function draw(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await page.locator('svg.cluster').boundingBox()
  if (box === null) throw new Error('there is no picture')
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), { steps: 8 })
  await page.mouse.up()
}

/** With a finger, by so many pixels from where it is put down. */
export async function swipe(page: Page, from: { readonly x: number; readonly y: number }, byY: number): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', moved: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: from.x, y: from.y + moved }] })
  await touch('touchStart', 0)
  for (let step = 1; step <= 10; step++) await touch('touchMove', (byY * step) / 10)
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** Lets the page draw so many frames. */
export function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(
    (left) =>
      new Promise<void>((resolve) => {
        const draw = () => (left-- > 0 ? requestAnimationFrame(draw) : resolve())
        draw()
      }),
    count,
  )
}
