/**
 * `npm test`: types, style, the checks on the reference and the tests of the
 * book, two things at a time. Changes no file. `--json file` also writes
 * Vitest's report.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pc from 'picocolors'

const root = join(import.meta.dirname, '..')

interface Part {
  readonly name: string
  /** A program of `node_modules/.bin`, and its arguments. */
  readonly command: readonly [string, ...string[]]
  /** Whether it looks at the reader's files, which may be in the middle of anything. */
  readonly readers?: true
}

interface Outcome {
  readonly name: string
  readonly passed: boolean
  readonly output: string
  readonly durationMs: number
}

/** Each lane runs its parts one after the other, beside the other lane. */
function lanes(json: string | undefined): readonly (readonly Part[])[] {
  const reporters = ['--reporter', 'default']
  if (json !== undefined) reporters.push('--reporter', 'json', '--outputFile.json', json)
  const projects = ['--project', 'reference', '--project', 'book']
  return [
    [{ name: 'checks on the reference, and tests of the book', command: ['vitest', 'run', ...projects, ...reporters] }],
    [
      { name: 'style', command: ['biome', 'check'] },
      { name: 'types on the reader’s side', command: ['tsc', '-p', 'chapters'], readers: true },
      { name: 'types on the side of the reference', command: ['vue-tsc', '--noEmit'] },
    ],
  ]
}

async function runLane(parts: readonly Part[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const part of parts) {
    const outcome = await runPart(part)
    const excused = !outcome.passed && part.readers === true && (await edited())
    outcomes.push({ ...outcome, passed: outcome.passed || excused })
    const mark = excused ? pc.yellow('–') : outcome.passed ? pc.green('✓') : pc.red('✗')
    console.log(`${mark} ${part.name} ${pc.dim(`${(outcome.durationMs / 1000).toFixed(1)} s`)}`)
    if (!outcome.passed) console.log(outcome.output)
    if (excused) console.log('You have edited files of exercises, so this does not count as a failure.')
  }
  return outcomes
}

/** Whether the reader has begun to write. Then their side is theirs, and the book is still sound. */
async function edited(): Promise<boolean> {
  const { compareStubs } = await import('../solutions/stubs.ts') // loads TypeScript, and is seldom needed
  return compareStubs(root).some((stub) => stub.state === 'edited')
}

function runPart({ name, command: [program, ...args] }: Part): Promise<Outcome> {
  const startedMs = performance.now()
  const colours = pc.isColorSupported ? { FORCE_COLOR: '1' } : {}
  const child = spawn(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    env: { ...process.env, ...colours },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      const output = Buffer.concat(chunks).toString()
      resolve({ name, passed: code === 0, output, durationMs: performance.now() - startedMs })
    })
  })
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } })
  const outcomes = (await Promise.all(lanes(values.json).map(runLane))).flat()
  const failed = outcomes.filter((outcome) => !outcome.passed)
  const counts = /^.*Tests .*passed.*$/m.exec(outcomes[0]?.output ?? '')?.[0].trim() ?? ''
  console.log(failed.length === 0 ? `All is well. ${counts}` : `Failed: ${failed.map((each) => each.name).join('; ')}`)
  return failed.length === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
