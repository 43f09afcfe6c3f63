/** The pure side of the replay page: reading a run, its picture at any event, and the files that the local site hands out. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RuleBroken } from '#message-passing/rules'
import { Trace, type TraceEvent } from '#message-passing/trace'
import { answerReplays } from '../.vitepress/live/replays.ts'
import { countToTen, standingAt } from '../.vitepress/theme/figures/space-time/count-to-ten.ts'
import type { Input } from '../.vitepress/theme/figures/space-time/setups.ts'
import { pictureAt, replayFrame, windowAt } from '../.vitepress/theme/replay/picture.ts'
import { openRun, openShortRun, type Run, storyOf } from '../.vitepress/theme/replay/run.ts'
import { tell } from '../.vitepress/theme/replay/words.ts'
import { longTrace } from './site/long-trace.ts'

const pace = { pause: () => Promise.resolve() }

function fileOf(events: readonly TraceEvent[], header: Readonly<Record<string, unknown>> = {}): string {
  const trace = new Trace()
  for (const event of events) trace.record(event)
  return trace.toJsonLines(header)
}

async function opened(text: string): Promise<Run> {
  const result = await openRun('a run', text, pace)
  if (!result.ok) throw new Error(result.sentence)
  return result.run
}

async function sentenceFor(text: string): Promise<string> {
  const result = await openRun('a run', text, pace)
  return result.ok ? 'it opens' : result.sentence
}

const short: readonly TraceEvent[] = [
  { atMs: 0, kind: 'state', host: 'a', state: { term: 1, votes: ['a'] } },
  { atMs: 1, kind: 'send', host: 'a', to: 'b', id: 1, message: 'vote' },
  { atMs: 4, kind: 'receive', host: 'b', from: 'a', id: 1, message: 'vote' },
  { atMs: 5, kind: 'state', host: 'a', state: { term: 1, votes: ['a', 'b'] } },
  { atMs: 9, kind: 'crash', host: 'a' },
  { atMs: 20, kind: 'restart', host: 'a' },
  { atMs: 21, kind: 'broken', rule: 'a host keeps its vote', seen: 'a forgot that it voted' },
]

describe('a run is read from its file', () => {
  test('with its rule, its seed, and the command that has it again', async () => {
    const result = await openRun('1.5-a-host-keeps-its-vote', fileOf(short, { seed: 7, hosts: ['b', 'a'] }), pace)
    const run = result.ok ? result.run : undefined
    expect(run).toMatchObject({ rule: 'a host keeps its vote', seed: '7', broken: 6, dropped: 0 })
    expect(run?.command).toBe('npm run check 1.5 -- --seed 7')
    expect(run?.diagram.lanes).toEqual(['b', 'a'])
    expect(run && storyOf(run)).toBe('Broken at 21 ms: a forgot that it voted')
  })

  test('in many slices or in one go, it is the same', async () => {
    const text = longTrace(5_000)
    const sliced = await opened(text)
    const whole = openShortRun('a run', text)
    expect(sliced.events).toEqual(whole.events)
    expect(sliced.diagram.passages).toEqual(whole.diagram.passages)
    expect(sliced.spacing.length).toBe(whole.spacing.length)
  })

  test('and a file that is none is refused with a sentence', async () => {
    const text = fileOf(short)
    expect(await sentenceFor('')).toBe("a run can't be opened: the file is empty (line 1).")
    expect(await sentenceFor(text.slice(0, 20))).toContain('the file was cut off')
    expect(await sentenceFor(text.slice(0, -20))).toMatch(/the last line has no end: the file was cut off \(line 8\)/)
    expect(await sentenceFor(text.split('\n').slice(0, 4).join('\n').concat('\n'))).toContain('cut off')
    expect(await sentenceFor(text.replace('"trace":1', '"trace":2'))).toContain('knows version 1 of the format, not 2')
    expect(await sentenceFor('<!doctype html>\n')).toContain('not a JSON object')
    expect(await sentenceFor(text.replace('"host":"b","from"', '"host":7,"from"'))).toContain('(line 4)')
    expect(await sentenceFor(fileOf([]))).toContain('nothing happens in it')
  })

  test('and one that was cut off far behind its beginning names the line', async () => {
    const text = longTrace(5_000)
    const lines = text.split('\n').length - 1
    expect(await sentenceFor(text.slice(0, -5))).toContain(`(line ${lines})`)
  })
})

describe('the picture of a run', () => {
  test('has no more in it than fits the window, however long the run', async () => {
    const run = await opened(longTrace(100_000))
    const frame = replayFrame('wide', run, 900)
    for (const cursor of [0, 3, 50_000, 99_999]) {
      const offset = windowAt(run, cursor, frame.length, 0)
      const { dots, arrows, cursor: along } = pictureAt(run, cursor, frame, offset)
      expect(dots.length).toBeGreaterThan(5)
      expect(dots.length + arrows.length).toBeLessThan(400)
      expect(along).toBeGreaterThan(0)
      expect(along).toBeLessThan(frame.length)
    }
  })

  test('stays where it is while the cursor moves in its middle', async () => {
    const run = await opened(longTrace(2_000))
    const { length } = replayFrame('wide', run, 900)
    const there = windowAt(run, 1_000, length, 0)
    expect(windowAt(run, 1_003, length, there)).toBe(there)
    expect(windowAt(run, 1_200, length, there)).not.toBe(there)
  })
})

describe('how the hosts stand', () => {
  test('is what they said last, with what is new in it', () => {
    const { hosts } = openShortRun('a run', fileOf(short))
    const a = (index: number) => hosts.at(index)[0]
    expect(a(1)?.state.map(({ name, value }) => `${name}: ${value}`)).toEqual(['term: 1', 'votes: ["a"]'])
    expect(a(3)?.state.map(({ isNew }) => isNew)).toEqual([false, true])
  })

  test('is lost in a crash', () => {
    const { hosts } = openShortRun('a run', fileOf(short))
    expect(hosts.at(4)[0]).toMatchObject({ condition: 'down', state: [] })
    expect(hosts.at(5)[0]).toMatchObject({ condition: 'up', state: [] })
  })
})

test('every kind of event is told in words', () => {
  const kinds: readonly TraceEvent[] = [
    ...short,
    { atMs: 1, kind: 'lose', host: 'a', to: 'b', id: 3, why: 'cut' },
    { atMs: 1, kind: 'lose', host: 'a', to: 'b', id: 4, why: 'lost' },
    { atMs: 1, kind: 'hold', host: 'a', to: 'b' },
    { atMs: 1, kind: 'drift', host: 'a', rate: 1.01 },
    { atMs: 1, kind: 'jump', host: 'a', byMs: -20 },
    { atMs: 1, kind: 'note', host: 'a', text: 'wins' },
    { atMs: 1, kind: 'end', host: 'a' },
  ]
  expect(kinds.map(tell).join('\n')).toMatchInlineSnapshot(`
    "a has term: 1, votes: [a]
    a sends ‘vote’ to b
    b receives ‘vote’ from a
    a has term: 1, votes: [a b]
    a crashes
    a restarts
    the rule is broken: a host keeps its vote
    a message from a to b is lost: cut
    a message from a to b is lost
    messages from a to b are held
    a's clock runs at 1.01 of the right speed
    a's wall clock jumps by -20 ms
    a: wins
    a's program ends"
  `)
})

test('the example of the page is a run of the world that counts to ten', async () => {
  await expect(await exampleRun()).toMatchFileSnapshot('../.vitepress/theme/replay/golden/example.jsonl')
})

/** The first run that goes well for a while, through a pause and a hold too short to matter, until an answer is lost. */
async function exampleRun(): Promise<string> {
  for (let seed = 1; ; seed++) {
    const lines = await failureOf(seed, 350)
    if (lines !== undefined) return lines
  }
}

const inputs: readonly Input[] = [
  { atMs: 105, action: { kind: 'pause', host: 'server' } },
  { atMs: 128, action: { kind: 'resume', host: 'server' } },
  { atMs: 205, action: { kind: 'hold', from: 'server', to: 'client' } },
  { atMs: 232, action: { kind: 'release', from: 'server', to: 'client' } },
]

async function failureOf(seed: number, noSoonerMs: number): Promise<string | undefined> {
  const trace = new Trace()
  const simulation = countToTen({ show: 'faults', seed, loss: 0.06 }, inputs, trace)
  simulation.rules.always('no request is counted twice', () => {
    const { told, counted } = standingAt(trace.events(), simulation.nowMs)
    if (counted <= told + 1) return true
    return `the server has counted ${counted}, and the client was told of ${told} and asked for one more`
  })
  const broken = await simulation.run(800).then(
    () => false,
    (error: unknown) => error instanceof RuleBroken,
  )
  if (!broken || simulation.nowMs < noSoonerMs) return undefined
  return trace.toJsonLines({ check: 'a client counts to ten', seed, hosts: ['client', 'server'] })
}

describe('the local site hands out runs', () => {
  const outside = mkdtempSync(join(tmpdir(), 'quorum-replays-'))
  const folder = join(outside, 'replays')
  const server = createServer((asked, answer) => {
    answerReplays(folder)(asked, answer, () => answer.writeHead(418).end())
  })
  let port = 0

  beforeAll(async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, '1.5-a-run.jsonl'), fileOf(short, { seed: 7, rule: 'a host keeps its vote' }))
    writeFileSync(join(folder, 'notes.txt'), 'private')
    writeFileSync(join(outside, 'secret.jsonl'), 'private')
    symlinkSync(join(outside, 'secret.jsonl'), join(folder, 'link.jsonl'))
    mkdirSync(join(folder, 'folder.jsonl'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => {
    server.close()
    rmSync(outside, { recursive: true, force: true })
  })

  function ask(path: string, method = 'GET', host = `127.0.0.1:${port}`): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const asking = request({ port, host: '127.0.0.1', path, method, headers: { host } }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      })
      asking.on('error', reject)
      asking.end()
    })
  }

  test('by name, and tells which there are', async () => {
    const list = JSON.parse((await ask('/@replays/')).body)
    expect(list).toMatchObject([{ name: '1.5-a-run.jsonl', seed: 7, rule: 'a host keeps its vote' }])
    const { status, body } = await ask('/@replays/1.5-a-run.jsonl')
    expect(status).toBe(200)
    expect(openShortRun('a run', body).events).toEqual(short)
  })

  test.each([
    '/@replays/notes.txt',
    '/@replays/link.jsonl',
    '/@replays/folder.jsonl',
    '/@replays/gone.jsonl',
    '/@replays/../secret.jsonl',
    '/@replays/..%2fsecret.jsonl',
    '/@replays/%2e%2e/secret.jsonl',
    '/@replays//etc/passwd',
  ])('but not %s', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: 'no such run\n' })
  })

  test('for reading only, and to this machine under its own name only', async () => {
    expect((await ask('/@replays/1.5-a-run.jsonl', 'POST')).status).toBe(405)
    expect((await ask('/@replays/1.5-a-run.jsonl', 'DELETE')).status).toBe(405)
    expect((await ask('/@replays/', 'GET', 'rebound.example')).status).toBe(403)
    expect((await ask('/elsewhere')).status).toBe(418)
  })
})
