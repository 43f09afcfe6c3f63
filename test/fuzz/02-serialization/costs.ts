/** What inputs cost in memory, measured in a process of its own, and as a table to read. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Cost } from './memory.ts'

/** Inputs that lie, and inputs that are honest and costly. */
export interface Costs {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  readonly lies: readonly Cost[]
  readonly costly: readonly Cost[]
}

const ROOT = join(import.meta.dirname, '../../..')

/** Megabytes for what is new: more than any of the inputs takes, so that nothing is collected meanwhile. */
const ROOM = { lies: 64, costly: 512 } as const

/** Long enough for a machine that is busy. What believes that there are four billion items never ends. */
const TIME_MS_MAX = { lies: 120_000, costly: 900_000 } as const

export function costsOf(kind: 'lies' | 'costly'): readonly Cost[] {
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

export function costsReport({ machine, lies, costly }: Costs): string {
  const one = (cost: Cost) => [cost.name, cost.decoder, grouped(cost.length), `${grouped(cost.allocated / 1_024)} KB`]
  const times = (cost: Cost) => [
    cost.name,
    cost.decoder,
    (cost.kept / cost.length).toFixed(1),
    (cost.allocated / cost.length).toFixed(1),
  ]
  return [
    `Node ${machine.node}, ${machine.processor}`,
    '',
    ...aligned([['refused', 'decoder', 'bytes', 'allocated'], ...worstOf(lies).map(one)]),
    '',
    ...aligned([['accepted: a megabyte of …', 'decoder', 'kept', 'allocated'], ...costly.map(times)]),
    '  (kept by the value, and allocated in all, in bytes for each byte of the input)',
  ].join('\n')
}

/** One line for the decoders of one format: the one that took the most. */
function worstOf(costs: readonly Cost[]): readonly Cost[] {
  const worst = new Map<string, Cost>()
  for (const cost of costs) {
    const before = worst.get(cost.name)
    if (before === undefined || before.allocated < cost.allocated) worst.set(cost.name, cost)
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
