/** Figures as a table to read, and as a file for the pages to quote. */
import { type Bar, type Case, median, type Ratio, type Rounds, ratio, type Table } from './measure.ts'

/** The table, one case a line, with how many times each one the table's first case is. */
export function printTable(table: Table, figures: Rounds, skipped: ReadonlyMap<Case, string>): string {
  const first = table.cases[0]
  const base = first === undefined ? undefined : figures.get(first)
  const rows = table.cases.flatMap((one) => {
    const measured = figures.get(one)
    if (measured === undefined) return skipped.has(one) ? [[one.name, '–', skipped.get(one) ?? '', '']] : []
    const spread = `[${round(Math.min(...measured), table)} .. ${round(Math.max(...measured), table)}]`
    const compared = base === undefined || base === measured ? '' : ratioText(ratio(base, measured))
    return [[one.name, round(median(measured), table), spread, compared]]
  })
  const header = [table.title, table.unit, '[rounds]', 'first / this [rounds]']
  const bars = table.bars.flatMap((bar) => barText(bar, table, figures))
  const note = table.note === undefined ? '' : `  ${table.note}\n`
  return `\n${aligned([header, ...rows])}${note}${bars.map((line) => `  ${line}\n`).join('')}`
}

/** The same as plain values. */
export function resultsOf(table: Table, figures: Rounds): object {
  const cases = table.cases.flatMap((one) => {
    const measured = figures.get(one)
    return measured === undefined ? [] : [{ name: one.name, median: median(measured), rounds: measured }]
  })
  return {
    title: table.title,
    note: table.note,
    unit: table.unit,
    cases,
    bars: table.bars.flatMap((bar) => barText(bar, table, figures)),
  }
}

/** Whether the bar holds, in words. Nothing, when what it needs was not measured. */
function barText(bar: Bar, table: Table, figures: Rounds): readonly string[] {
  const ours = figuresOf(bar.ours, table, figures)
  if (ours === undefined) return []
  const best = bar.peers
    .flatMap((name) => {
      const measured = figuresOf(name, table, figures)
      return measured === undefined ? [] : [{ name, measured }]
    })
    .sort((left, right) => median(right.measured) - median(left.measured))[0]
  if (best === undefined && bar.peers.length > 0) return []
  const figure = best === undefined ? median(ours) : median(ours) / median(best.measured)
  const holds = figure >= (bar.atLeast ?? -Infinity) && figure <= (bar.atMost ?? Infinity)
  const wanted = bar.atLeast === undefined ? `at most ${bar.atMost}` : `at least ${bar.atLeast}`
  const reached =
    best === undefined
      ? `${round(figure, table)} ${table.unit}`
      : `${ratioText(ratio(ours, best.measured))} times ${best.name}`
  return [`${holds ? 'holds' : 'MISSED'}: ${bar.ours}: ${reached}; ${wanted} is wanted`]
}

function figuresOf(name: string, table: Table, figures: Rounds): readonly number[] | undefined {
  const one = table.cases.find((candidate) => candidate.name === name)
  return one === undefined ? undefined : figures.get(one)
}

function ratioText({ ofMedians, smallest, largest }: Ratio): string {
  return `${ofMedians.toFixed(2)} [${smallest.toFixed(2)} .. ${largest.toFixed(2)}]`
}

function round(figure: number, table: Table): string {
  return figure.toFixed(table.digits)
}

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      return `${cells.join('  ').trimEnd()}\n`
    })
    .join('')
}
