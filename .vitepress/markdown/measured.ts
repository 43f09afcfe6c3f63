/** Tables of figures for the pages, from what `npm run bench N -- --save` wrote. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Results {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  readonly rounds: number
  readonly tables: readonly MeasuredTable[]
}

interface MeasuredTable {
  readonly title: string
  readonly unit: string
  readonly cases: readonly { readonly name: string; readonly median: number }[]
}

/** One table as text, and a line that says how and on what it was measured. */
export interface Measured {
  readonly file: string
  readonly text: string
  readonly caption: string
}

/**
 * A table of a chapter's results: the one whose title contains `titlePart`. Several
 * become one table, as `label = title part | label = title part`: a column for each,
 * headed by its label, and a row for each case of the first, from its highest
 * figure down. Throws when there is no such table, and names those there are.
 */
export function readMeasured(root: string, folder: string, titlePart: string): Measured {
  const file = `test/bench/results/${folder}.json`
  if (!existsSync(join(root, file))) throw new Error(`there is no file of results ${file}`)
  const results = JSON.parse(readFileSync(join(root, file), 'utf8')) as Results // test/bench/run.ts writes it
  const columns = titlePart.split(' | ')
  const text = columns.length === 1 ? tableText(tableOf(results, titlePart)) : columnsText(results, columns)
  const { node, processor, cores } = results.machine
  const caption = `measured by npm run bench ${Number.parseInt(folder, 10)}: medians of ${results.rounds} rounds, Node ${node}, ${processor}, ${cores} cores`
  return { file, text, caption }
}

function tableOf({ tables }: Results, titlePart: string): MeasuredTable {
  const table = tables.find(({ title }) => title.includes(titlePart))
  if (table !== undefined) return table
  throw new Error(`no table is called "${titlePart}": there is ${tables.map(({ title }) => title).join('; ')}`)
}

function tableText({ unit, cases }: MeasuredTable): string {
  return aligned(cases.map(({ name, median }) => [name, `${rounded(median)} ${unit}`]))
}

function columnsText(results: Results, columns: readonly string[]): string {
  const labels: string[] = []
  const tables = columns.map((column) => {
    const [label = '', titlePart = ''] = column.split(' = ')
    labels.push(label)
    return tableOf(results, titlePart)
  })
  const names = [...(tables[0]?.cases ?? [])].sort((left, right) => right.median - left.median).map(({ name }) => name)
  const rows = names.map((name) => [name, ...tables.map((table) => figureOf(table, name))])
  return aligned([['', ...labels], ...rows])
}

/** The figure of a case with its unit, or nothing where a table leaves the case out. */
function figureOf({ unit, cases }: MeasuredTable, name: string): string {
  const found = cases.find((candidate) => candidate.name === name)
  return found === undefined ? '' : `${rounded(found.median)} ${unit}`
}

/** Lines with the first cell at the left of its column, and all others at the right of theirs. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  )
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n')
}

/** Three digits that count, as far as there are that many. */
function rounded(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3)
}
