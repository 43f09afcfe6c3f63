/** The figures' own pages: a copy to build, or live with a fault in the channel. */
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface Fault {
  readonly find: string
  readonly replace: string
}

export interface FigurePageCopy {
  readonly root: string
  remove(): Promise<void>
}

export interface FaultyFigures {
  /** Ends without a slash. */
  readonly address: string
  close(): Promise<void>
}

export const vitepress = join(import.meta.dirname, '../../node_modules/vitepress/bin/vitepress.js')

const page = join(import.meta.dirname, 'figure-page')
const cache = join(import.meta.dirname, '../../.vitepress/cache')

/** As deep in the project as the original, since VitePress writes beside what it reads. */
export async function copyFigurePage(): Promise<FigurePageCopy> {
  await mkdir(cache, { recursive: true })
  const root = await mkdtemp(join(cache, 'figure-'))
  await cp(page, root, { recursive: true })
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}

/** The development server, with a fault in the channel as if the reader had written it. */
export async function serveFaultyFigures(fault: Fault): Promise<FaultyFigures> {
  const copy = await copyFigurePage()
  const environment = { ...process.env, NO_COLOR: '1', QUORUM_FIGURE_FAULT: JSON.stringify(fault) }
  const child = spawn(process.execPath, [vitepress, 'dev', copy.root], { stdio: 'pipe', env: environment })
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)
      if (found !== null) resolve(found[0])
    })
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('exit', () => reject(new Error(`the figure page is not served:\n${output}`)))
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return {
    address,
    async close() {
      child.kill()
      await ended
      await copy.remove()
    },
  }
}
