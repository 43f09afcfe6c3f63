/** What a campaign found, as a text to read. */
import { type Count, KINDS, type Tally } from './tally.ts'

export interface Campaign {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  /** A hash of the solutions that were fuzzed. */
  readonly program: string
  readonly seed: number
  readonly processes: number
  readonly seconds: number
  /** What all of the processes took of the processors, also for making the inputs and holding results against rules. */
  readonly cpuSeconds: number
  readonly tally: Tally
}

/** How many of the errors of a decoder are shown, the most frequent ones. */
const ERRORS_SHOWN = 6

export function reportOf({ machine, program, seed, processes, seconds, cpuSeconds, tally }: Campaign): string {
  const aSecond = grouped(Math.round(tally.inputs / cpuSeconds))
  return [
    `${grouped(tally.inputs)} inputs, ${grouped(Math.round(tally.bytes / 1e6))} MB, from seed ${seed}; solutions ${program}`,
    `Node ${machine.node}, ${machine.processor}, ${processes} processes, ${Math.round(seconds)} s;`,
    `${aSecond} inputs a second of a processor's time, with making them and judging what came out`,
    '',
    ...decoderLines(tally),
    '',
    `rules broken: ${tally.violationCount === 0 ? 'none' : tally.violationCount}`,
    ...comparedLines(tally),
    '',
    ...errorLines(tally),
    ...violationLines(tally),
  ].join('\n')
}

function decoderLines(tally: Tally): readonly string[] {
  const header = ['', ...KINDS.map((kind) => `${kind}:`).flatMap((kind) => [kind, '']), 'longest', '']
  const names = ['decoder', ...KINDS.flatMap(() => ['accepted', 'refused']), 'ms', 'bytes']
  const rows = Object.entries(tally.counts)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([decoder, counts]) => {
      const { ms = 0, bytes = 0 } = tally.slowest[decoder] ?? {}
      return [decoder, ...KINDS.flatMap((kind) => cells(counts[kind])), ms.toFixed(2), grouped(bytes)]
    })
  return aligned([header, names, ...rows])
}

function cells({ accepted, refused }: Count): readonly string[] {
  return [grouped(accepted), grouped(refused)]
}

/** Compiled code leaves it to `compact` to say what is wrong, so its errors are the same. */
function errorLines({ expected }: Tally): readonly string[] {
  const decoders = Object.keys(expected)
    .filter((decoder) => !decoder.startsWith('compile'))
    .sort()
  return decoders.flatMap((decoder) => {
    const title = `${decoder} ${decoder === 'readRecords' ? 'found the end' : 'expected'}`
    return [title, ...timesLines(expected[decoder] ?? {}, ERRORS_SHOWN)]
  })
}

/** What results were held against from elsewhere: all outcomes, for there are few. */
function comparedLines({ compared }: Tally): readonly string[] {
  const whats = Object.keys(compared).sort()
  return whats.flatMap((what) => ['', what, ...timesLines(compared[what] ?? {}, Infinity)])
}

/** The most frequent ones, and how many others. */
function timesLines(times: Readonly<Record<string, number>>, shownMax: number): readonly string[] {
  const all = Object.entries(times).sort(([, left], [, right]) => right - left)
  const rows = all.slice(0, shownMax).map(([words, count]) => `  ${grouped(count).padStart(10)}  ${words}`)
  const others = all.slice(shownMax).reduce((sum, [, count]) => sum + count, 0)
  return others === 0 ? rows : [...rows, `  ${grouped(others).padStart(10)}  ${all.length - shownMax} others`]
}

function violationLines({ violations, violationCount }: Tally): readonly string[] {
  const lines = violations.flatMap(({ decoder, rule, schema, hex, command }) => [
    '',
    `${decoder}: ${rule}`,
    `  schema  ${schema}`,
    `  input   ${hex === '' ? 'no bytes' : hex}`,
    `  again   ${command}`,
  ])
  const more = violationCount - violations.length
  return more === 0 ? lines : [...lines, '', `and ${more} more`]
}

/** `12,345,678` */
function grouped(figure: number): string {
  return String(figure).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[1] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
