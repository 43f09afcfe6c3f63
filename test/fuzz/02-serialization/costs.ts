/** What inputs cost in memory, measured in a process of its own, and as a table to read. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Cost } from './memory.ts'

/** Inputs that lie at once, those that lie in their last byte, and those that are honest and costly. */
export interface Costs {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  /** A hash of the solutions that were measured. */
  readonly program: string
  readonly lies: readonly Cost[]
  readonly late: readonly Cost[]
  readonly costly: readonly Cost[]
}

const ROOT = join(import.meta.dirname, '../../..')

/** Megabytes for what is new: more than any of the inputs takes, so that nothing is collected meanwhile. */
const ROOM = { lies: 64, late: 256, costly: 256 } as const

/** Long enough for a machine that is busy. What believes that there are four billion items never ends. */
const TIME_MS_MAX = { lies: 120_000, late: 120_000, costly: 900_000 } as const

export function costsOf(kind: keyof typeof ROOM): readonly Cost[] {
  const room = [`--min-semi-space-size=${ROOM[kind]}`, `--max-semi-space-size=${ROOM[kind]}`]
  const args = ['--import', 'tsx', '--expose-gc', ...room, join(import.meta.dirname, 'memory.ts'), kind]
  const options = {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: TIME_MS_MAX[kind],
    env: { ...process.env, NODE_OPTIONS: '' },
  } as const
  const { status, signal, stdout, stderr } = spawnSync('node', args, options)
  if (status !== 0) throw new Error(`the process that measures ended with ${signal ?? status}: ${stderr.slice(-2_000)}`)
  return JSON.parse(stdout) as readonly Cost[] // `memory.ts` prints it
}

export function costsReport({ machine, lies, late, costly }: Costs): string {
  const one = (cost: Cost) => [cost.name, cost.decoder, grouped(cost.length), `${grouped(cost.allocated / 1_024)} KB`]
  return [
    `Node ${machine.node}, ${machine.processor}`,
    '',
    ...aligned([['refused', 'decoder', 'bytes', 'allocated'], ...worstOf(lies, 'allocated').map(one)]),
    '',
    ...aligned([['refused at the last byte of 128 KB of …', 'decoder', 'allocated'], ...factors(late, ['allocated'])]),
    '',
    ...aligned([['accepted: 128 KB of …', 'decoder', 'kept', 'allocated'], ...factors(costly, ['kept', 'allocated'])]),
    '  (kept by the value, and allocated in all, in bytes for each byte of the input)',
  ].join('\n')
}

/** Multiples of the length, from the highest down. */
function factors(costs: readonly Cost[], columns: readonly ('kept' | 'allocated')[]): readonly (readonly string[])[] {
  const [first = 'allocated'] = columns
  return worstOf(costs, first)
    .toSorted((left, right) => right[first] / right.length - left[first] / left.length)
    .map((cost) => [cost.name, cost.decoder, ...columns.map((column) => (cost[column] / cost.length).toFixed(1))])
}

/** One line for the decoders of one format: the one that took the most. */
function worstOf(costs: readonly Cost[], column: 'kept' | 'allocated'): readonly Cost[] {
  const worst = new Map<string, Cost>()
  for (const cost of costs) {
    const before = worst.get(cost.name)
    if (before === undefined || before[column] < cost[column]) worst.set(cost.name, cost)
  }
  return [...worst.values()]
}

/** `12,345` */
function grouped(figure: number): string {
  return String(Math.ceil(figure)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const placed = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => `  ${row.map(placed).join('  ')}`)
}
