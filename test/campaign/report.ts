/** What a campaign found, as a text to read. */
import { addTally, newTally, type Tally } from '../simulated/tally.ts'

export interface Campaign {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  /** A hash of the solutions that were played. */
  readonly program: string
  readonly chapter: number
  readonly checks: readonly CampaignCheck[]
}

/** What one check came to. */
export interface CampaignCheck {
  /** The test file, without its folder and ending. */
  readonly file: string
  /** Its own sentence, without its groups. */
  readonly name: string
  readonly tally: Tally
  readonly cpuSeconds: number
  /** How it failed, if it did. */
  readonly violation?: string
}

const NAME_LENGTH_MAX = 66

/** The kinds of faults that have a column. The others stand in the sum. */
const COLUMNS = { crashes: 'crashes', 'links cut': 'cuts', pauses: 'pauses', 'messages lost': 'lost' } as const

export function reportOf({ machine, program, chapter, checks }: Campaign): string {
  const sum = newTally()
  for (const { tally } of checks) addTally(sum, tally)
  const cpuSeconds = checks.reduce((total, check) => total + check.cpuSeconds, 0)
  const broken = checks.filter(({ violation }) => violation !== undefined)
  const total = rowOf({ name: 'all together', tally: sum, cpuSeconds }, broken.length)
  const files = [...new Set(checks.map(({ file }) => file))]
  const rows = files.flatMap((file) => [[file], ...rowsOf(checks.filter((check) => check.file === file))])
  const hours = (sum.simulatedMs / 3_600_000).toFixed(1)
  const names = ['', 'seeds', 'minutes', 'events', 'a second', ...Object.values(COLUMNS), 'broken']
  return [
    `${checks.length} checks, ${grouped(sum.seeds)} runs, ${hours} hours of simulated time, ${grouped(sum.events)} events`,
    `chapter ${chapter}, solutions ${program}; Node ${machine.node}, ${machine.processor}, ${Math.round(cpuSeconds)} s of a processor's time`,
    '',
    ...faultLines(sum),
    '',
    `rules broken: ${broken.length === 0 ? 'none' : broken.length}`,
    '',
    ...aligned([names, ...rows, [], total]),
    ...broken.flatMap(({ file, name, violation }) => ['', `${file}: ${name}`, violation ?? '']),
  ].join('\n')
}

function rowsOf(checks: readonly CampaignCheck[]): readonly (readonly string[])[] {
  return checks.map((check) => rowOf(check, check.violation === undefined ? 0 : 1))
}

/** A line of the table. */
function rowOf({ name, tally, cpuSeconds }: Omit<CampaignCheck, 'file'>, broken: number): readonly string[] {
  const shown = name.length > NAME_LENGTH_MAX ? `${name.slice(0, NAME_LENGTH_MAX - 1).trimEnd()}…` : name
  const faults = Object.keys(COLUMNS).map((kind) => grouped(tally.faults[kind] ?? 0))
  const aSecond = cpuSeconds === 0 ? '' : grouped(Math.round(tally.events / cpuSeconds / 1_000) * 1_000)
  return [`  ${shown}`, grouped(tally.seeds), minutes(tally), grouped(tally.events), aSecond, ...faults, String(broken)]
}

function faultLines({ faults }: Tally): readonly string[] {
  const most = Object.entries(faults).sort(([, left], [, right]) => right - left)
  return most.map(([kind, times]) => `${grouped(times).padStart(12)}  ${kind}`)
}

function minutes({ simulatedMs }: Tally): string {
  return (simulatedMs / 60_000).toFixed(1)
}

/** `12,345,678` */
function grouped(figure: number): string {
  return String(figure).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** The first column to the left, the others to the right. A row of one cell stands for itself. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const tabular = rows.filter((row) => row.length > 1)
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...tabular.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
