/** The live panel's half in the dev server: when checks run, what pages are told, and what no page can do. */
import { createServer, type Server } from 'node:net'
import { describe, expect, test } from 'vitest'
import { LiveChecks, type Surroundings } from '../.vitepress/live/checks.ts'
import { refuseOpenServer } from '../.vitepress/live/loopback.ts'
import type { LiveState } from '../.vitepress/live/state.ts'
import { choosePort, readOptions } from '../.vitepress/start.ts'
import type { Exercise } from '../chapters/exercises.ts'
import type { Progress } from '../chapters/progress.ts'
import type { CheckReport } from './checks/report.ts'

function exercise(number: string): Exercise {
  const name = `part-${number}`
  return {
    number,
    chapter: 9,
    folder: '09-boxes',
    title: name,
    condition: `mine-${number}`,
    modules: [{ specifier: `#boxes/${name}`, mine: `chapters/09-boxes/${name}.ts`, reference: `solutions/${name}.ts` }],
    page: `docs/${name}.md`,
    checks: [],
  }
}

function passed(number: string): CheckReport {
  const checks = [{ name: 'it holds', state: 'passed' }] as const
  return { exercise: number, state: 'passed', checks, tested: [], printed: [], durationMs: 1 }
}

/** A world in which a run ends when the test says so. */
function world(overrides: Partial<Surroundings> = {}) {
  const started: string[] = []
  const published: LiveState[] = []
  const ends: ((report: CheckReport) => void)[] = []
  const progress: { saved: Progress } = { saved: {} }
  const live = new LiveChecks({
    exercises: [exercise('9.1'), exercise('9.2')],
    check: ({ number }) => {
      started.push(number)
      return new Promise((resolve) => ends.push(resolve))
    },
    readProgress: () => progress.saved,
    recordProgress: ({ exercise: number }) => {
      progress.saved = { ...progress.saved, [number]: { state: 'passed', passed: 1, failed: 0 } }
    },
    publish: (state) => published.push(state),
    ...overrides,
  })
  const end = async (number: string) => {
    ends.shift()?.(passed(number))
    await new Promise(setImmediate)
  }
  return { live, started, published, progress, end }
}

describe('live checks', () => {
  test('a saved file starts the checks of its exercise', async () => {
    const { live, started, end } = world()
    live.fileChanged('chapters/09-boxes/part-9.1.ts')
    expect(started).toEqual(['9.1'])
    expect(live.state.running).toEqual(['9.1'])
    await end('9.1')
    expect(live.state).toMatchObject({
      running: [],
      reports: { '9.1': passed('9.1') },
      progress: { '9.1': { passed: 1 } },
    })
  })

  test('saves that come during a run start one more, and no more than one', async () => {
    const { live, started, end } = world()
    for (let n = 0; n < 5; n++) live.fileChanged('chapters/09-boxes/part-9.1.ts')
    await end('9.1')
    expect(live.state.running).toEqual(['9.1'])
    await end('9.1')
    expect(started).toEqual(['9.1', '9.1'])
    expect(live.state.running).toEqual([])
  })

  test('one run at a time, in the order of the first saves', async () => {
    const { live, started, end } = world()
    live.fileChanged('chapters/09-boxes/part-9.2.ts')
    live.fileChanged('chapters/09-boxes/part-9.1.ts')
    expect(started).toEqual(['9.2'])
    await end('9.2')
    expect(started).toEqual(['9.2', '9.1'])
    await end('9.1')
    await live.idle()
  })

  test('a file of no exercise starts nothing', () => {
    const { live, started } = world()
    for (const file of ['chapters/09-boxes/demo.ts', 'solutions/part-9.1.ts', '../chapters/09-boxes/part-9.1.ts', '']) {
      live.fileChanged(file)
    }
    expect(started).toEqual([])
  })

  test('progress that a terminal wrote is shown', () => {
    const { live, progress, published } = world()
    progress.saved = { '9.2': { state: 'failed', passed: 3, failed: 1 } }
    live.progressChanged()
    expect(published.at(-1)?.progress).toEqual(progress.saved)
  })

  test('a record that cannot be written is said, and the result is shown all the same', async () => {
    const { live, end } = world({ recordProgress: (_report, warn) => warn('this result is not kept') })
    live.fileChanged('chapters/09-boxes/part-9.1.ts')
    await end('9.1')
    expect(live.state.warning).toBe('this result is not kept')
    expect(live.state.reports['9.1']?.state).toBe('passed')
  })
})

describe('who may reach the local site', () => {
  const closed = { host: '127.0.0.1', cors: false, allowedHosts: [] } as const

  test('this machine', () => {
    expect(() => refuseOpenServer({ ...closed, allowedHosts: [] })).not.toThrow()
  })

  test.each([
    [{ ...closed, allowedHosts: [], host: true }, 'true'],
    [{ ...closed, allowedHosts: [], host: '0.0.0.0' }, '"0.0.0.0"'],
    [{ ...closed, allowedHosts: [], host: '192.168.1.5' }, '"192.168.1.5"'],
    [{ cors: false, allowedHosts: [] }, 'every address'],
    [{ ...closed, allowedHosts: [], cors: true }, 'server.cors'],
    [{ ...closed, allowedHosts: true as const }, 'server.allowedHosts'],
  ])('%j is refused', (settings, reason) => {
    expect(() => refuseOpenServer(settings)).toThrow(reason)
  })
})

describe('npm start', () => {
  test('reads its options', () => {
    expect(readOptions([])).toEqual({ mine: false, port: undefined, help: false })
    expect(readOptions(['mine', '--port', '8080'])).toEqual({ mine: true, port: 8080, help: false })
  })

  test.each([
    [['yours'], 'npm start doesn\'t know "yours"'],
    [['--port', 'high'], '--port wants a number from 1 to 65535, not "high"'],
    [['--port', '70000'], 'not "70000"'],
  ])('refuses %j', (words, reason) => {
    expect(() => readOptions(words)).toThrow(reason)
  })

  test('a port in use is named, with the flag that chooses another; without a wish the next free one is taken', async () => {
    const server = await listening()
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(choosePort(port)).rejects.toThrow(`port ${port} is in use on 127.0.0.1: stop what uses it, or choose`)
    expect(await choosePort(undefined)).not.toBe(port)
    server.close()
  })
})

/** A server on any free port. */
function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
