/** The live panel of `npm start`: from failing to passing when the reader saves, and deaf to everything that a page says. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { inBrowser } from './in-browser.ts'
import { serveSite } from './served-site.ts'

const file = 'chapters/01-message-passing/channel.ts'
const path = '/01-message-passing/1.1-channel.html'

const local = inBrowser(serveSite)
let stub: string
let solution: string

beforeAll(() => {
  stub = local.site.read(file)
  solution = local.site.read('solutions/01-message-passing/channel.ts')
})

describe('the panel', () => {
  test('waits for the first save, goes from failing to passing, and keeps it over a reload', async () => {
    const { page } = await local.open()
    await page.goto(local.site.address + path)
    await summaryIs(page, 'Not started')

    local.site.write(file, `${stub}\n`)
    await summaryIs(page, /^\d+ of \d+ checks pass$/)
    const failure = page.locator('.checks-failed li').first()
    expect(await failure.locator('pre').textContent()).toContain('1.1a')
    expect(await page.locator('.checks-tested').textContent()).toContain(`Tested: ${file}`)

    local.site.write(file, solution)
    await summaryIs(page, /^All \d+ checks pass$/)
    await page.locator('.rail .dot.passed').waitFor()

    await page.reload()
    await summaryIs(page, /^All \d+ checks pass$/)
    expect(await page.locator('.checks-tested').textContent()).toContain(file)
    await page.goto(local.site.address)
    expect(await page.locator('.layers .written .layer-standing').last().textContent()).toMatch(/^1 of \d+ done$/)
  }, 180_000)

  test('says that a loop never ends, and recovers at the next save', async () => {
    const { page } = await local.open()
    await page.goto(local.site.address + path)
    local.site.write(file, stub.replace(/(trySend\(value: T\): boolean \{\n)/, '$1    for (;;) {}\n'))
    await page.locator('.checks.broken').waitFor()
    expect(await page.locator('.checks-problem').textContent()).toContain('loop')
    local.site.write(file, solution)
    await summaryIs(page, /^All \d+ checks pass$/)
  }, 180_000)

  test('names file and line of a syntax error, and the command that puts a deleted file back', async () => {
    const { page } = await local.open()
    await page.goto(local.site.address + path)
    local.site.write(file, `${solution}\nconst answer = = 42\n`)
    await page.locator('.checks-problem', { hasText: file }).waitFor()
    local.site.delete(file)
    await page.locator('.checks-problem', { hasText: 'npm run reset 1.1' }).waitFor()
    local.site.write(file, solution)
    await summaryIs(page, /^All \d+ checks pass$/)
  }, 180_000)
})

test('no message from a page starts a run, names a file, or changes what others see', async () => {
  const { page } = await local.open()
  await page.goto(local.site.address + path)
  await summaryIs(page, /^All \d+ checks pass$/)
  const before = await askThroughSocket(page, [])
  const forged = ['quorum:ask', 'quorum:state', 'quorum:run', 'quorum:check', 'quorum:reset'].flatMap((event) => [
    { event, data: { exercise: '1.2', file: 'chapters/01-message-passing/select.ts' } },
    { event, data: { command: 'touch forged', running: ['1.2'], progress: { '1.2': { state: 'passed' } } } },
    { event, data: '../forged' },
  ])
  const after = await askThroughSocket(page, forged)
  expect(after).toEqual(before)
  expect(existsSync(join(local.site.root, 'forged'))).toBe(false)
  expect(Object.keys(JSON.parse(local.site.read('.progress.json')).exercises)).toEqual(['1.1'])
}, 180_000)

test('the home page offers the exercise that was begun last, wherever in the book, and then the next', async () => {
  const { page } = await local.open()
  await page.goto(local.site.address)
  const progress = (exercises: object) => local.site.write('.progress.json', JSON.stringify({ version: 1, exercises }))
  const offer = page.locator('.way-on')
  progress({ '1.1': { state: 'failed', passed: 0, failed: 9 }, '2.1': { state: 'failed', passed: 3, failed: 1 } })
  await expect.poll(() => offer.textContent()).toMatch(/^Go on with 2\.1, /)
  progress({ '1.1': { state: 'failed', passed: 0, failed: 9 }, '2.1': { state: 'passed', passed: 4, failed: 0 } })
  await expect.poll(() => offer.textContent()).toMatch(/^Go on with 2\.2, /)
})

async function summaryIs(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.checks strong').filter({ hasText: text }).waitFor({ timeout: 60_000 }) // a run of the checks takes long on a busy machine
}

/** Speaks to the dev server as a hostile page would, with the token of its own script, then asks for the last state. */
function askThroughSocket(page: Page, messages: readonly object[]): Promise<unknown> {
  return page.evaluate(async (forged) => {
    const script = await (await fetch('/@vite/client')).text()
    const token = /wsToken = "([^"]+)"/.exec(script)?.[1] ?? ''
    const socket = new WebSocket(`ws://${location.host}/?token=${token}`, 'vite-hmr')
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = () => reject(new Error('the socket was refused, so this proves nothing'))
    })
    const send = (message: object) => socket.send(JSON.stringify({ type: 'custom', ...message }))
    for (const message of forged) send(message)
    const answers =
      forged.length === 0
        ? 1
        : forged.filter((message) => 'event' in message && message.event === 'quorum:ask').length + 1
    send({ event: 'quorum:ask' })
    return new Promise((resolve) => {
      let heard = 0
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data))
        if (message.event === 'quorum:state' && ++heard === answers) resolve(message.data)
      }
    })
  }, messages)
}
