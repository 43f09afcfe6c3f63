/** Tables of figures for the pages, from what `npm run bench N -- --save` wrote. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Results {
  readonly machine: { readonly node: string; readonly processor: string; readonly cores: number }
  readonly rounds: number
  readonly tables: readonly {
    readonly title: string
    readonly unit: string
    readonly cases: readonly { readonly name: string; readonly median: number }[]
  }[]
}

/** One table as text, and a line that says how and on what it was measured. */
export interface Measured {
  readonly file: string
  readonly text: string
  readonly caption: string
}

/** The table of a chapter's results whose title contains `titlePart`. Throws when there is none, and names those there are. */
export function readMeasured(root: string, folder: string, titlePart: string): Measured {
  const file = `test/bench/results/${folder}.json`
  if (!existsSync(join(root, file))) throw new Error(`there is no file of results ${file}`)
  const results = JSON.parse(readFileSync(join(root, file), 'utf8')) as Results // test/bench/run.ts writes it
  const table = results.tables.find(({ title }) => title.includes(titlePart))
  if (table === undefined) {
    throw new Error(
      `no table is called "${titlePart}": there is ${results.tables.map(({ title }) => title).join('; ')}`,
    )
  }
  const width = Math.max(...table.cases.map(({ name }) => name.length))
  const figures = table.cases.map(({ median }) => rounded(median))
  const figureWidth = Math.max(...figures.map((figure) => figure.length))
  const lines = table.cases.map(
    ({ name }, index) => `${name.padEnd(width)}  ${figures[index]?.padStart(figureWidth)} ${table.unit}`,
  )
  const { node, processor, cores } = results.machine
  const caption = `measured by npm run bench ${Number.parseInt(folder, 10)}: medians of ${results.rounds} rounds, Node ${node}, ${processor}, ${cores} cores`
  return { file, text: lines.join('\n'), caption }
}

/** Three digits that count, as far as there are that many. */
function rounded(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3)
}
