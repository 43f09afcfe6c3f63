import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { progressFile } from '../chapters/progress.ts'
import { Workbench } from './workbench.ts'

const demo = `import { Channel } from '#message-passing/channel'
import type { DemoStage } from '../stage.ts'

export const flags = { capacity: 'how much the channel holds (8)' }

export async function demo({ print, seed, options }: DemoStage): Promise<void> {
  print(\`seed \${seed}, capacity \${options.capacity ?? 8}\`)
  print(\`taken: \${new Channel<number>(1).trySend(1)}\`)
}
`

describe('the scripts of the book', () => {
  const bench = new Workbench({ without: ['docs', 'test'] })
  bench.write('chapters/01-message-passing/demo.ts', demo)
  afterAll(() => bench[Symbol.dispose]())

  function run(script: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', script, ...args], {
      cwd: bench.root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: undefined },
    })
    return { status, stdout, stderr }
  }

  function passed(...numbers: readonly string[]): void {
    const exercises = Object.fromEntries(numbers.map((number) => [number, { state: 'passed', passed: 1, failed: 0 }]))
    bench.write(progressFile, JSON.stringify({ version: 1, exercises }))
  }

  test('npm run chapter lists all chapters and how far the reader is', () => {
    passed('1.1', '1.2')
    const { status, stdout } = run('chapters/run.ts')
    expect(status).toBe(0)
    expect(stdout).toMatch(/ 1 {2}Message passing +2 of \d exercises done/)
    expect(stdout).toMatch(/13 {2}Production +being written/)
  })

  test('npm run chapter with a number runs that demo, with its seed and flags', () => {
    const { status, stdout } = run('chapters/run.ts', '1', '--seed', '5', '--capacity', '3')
    expect(stdout).toBe('seed 5, capacity 3\ntaken: true\n')
    expect(status).toBe(0)
  })

  test('--help names the demo’s own flags', () => {
    expect(run('chapters/run.ts', '1', '--help').stdout).toMatch(/--seed +.*\n +--capacity +how much/)
  })

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ['chapters/run.ts', ['14'], 'there is no chapter 14; chapters go from 1 to 13'],
    ['chapters/run.ts', ['1', 'yours'], '"yours" means nothing here'],
    ['chapters/run.ts', ['1', '--fast'], 'knows no --fast; there are --seed, --help, --capacity'],
    ['chapters/run.ts', ['1', '--seed', 'x'], 'a seed is a whole number from 0 to 4294967295, not x'],
    ['chapters/reset.ts', ['9.9'], 'there is no exercise 9.9; there are 1.1'],
  ]
  test.each(wrong)('%s %j ends with one line that names the right way', (script, args, message) => {
    const { status, stderr } = run(script, ...args)
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(status).toBe(1)
  })

  test('mine runs the reader’s modules where their checks passed, and says whose are whose', () => {
    passed('1.1')
    bench.solve('solutions/01-message-passing/channel.ts')
    bench.edit('chapters/01-message-passing/channel.ts', 'this.#buffer.add(value)\n    return true', 'return false')
    const { status, stdout } = run('chapters/run.ts', '1', 'mine')
    expect(stdout).toMatch(/1\.1 {2}yours +chapters\/01-message-passing\/channel\.ts/)
    expect(stdout).toMatch(/1\.2 {2}reference +solutions\/01-message-passing\/select\.ts/)
    expect(stdout, 'the reader’s channel never takes a message').toContain('taken: false')
    expect(status).toBe(0)
  })

  test('mine without a finished exercise runs the reference', () => {
    passed()
    const { status, stdout } = run('chapters/run.ts', '1', 'mine')
    expect(stdout).not.toContain('yours ')
    expect(stdout).toContain('taken: true')
    expect(status).toBe(0)
  })

  test('a part that is not written ends the demo with one friendly line', () => {
    run('chapters/reset.ts', '1.1')
    passed('1.1')
    const { status, stderr } = run('chapters/run.ts', '1', 'mine')
    expect(stderr.trim()).toMatch(
      /^Exercise 1\.1a is yours to write, in chapters\/01-message-passing\/channel\.ts: [A-Z].*\.$/,
    )
    expect(status).toBe(1)
  })

  test('npm run reset tells the chapter that the exercise is not done any more', () => {
    passed('1.1')
    const { stdout } = run('chapters/reset.ts', '1.1')
    expect(stdout).toContain(join('chapters', '01-message-passing', 'channel.ts'))
    expect(run('chapters/run.ts').stdout).toMatch(/ 1 {2}Message passing +0 of/)
  })
})
