/** Serves the one-figure site to a browser test: built as a reader would meet it, or live with a fault in the channel. */
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Fault {
  readonly find: string
  readonly replace: string
}

export interface FigureSite {
  /** Ends without a slash. */
  readonly address: string
  close(): Promise<void>
}

const page = fileURLToPath(new URL('figure-page', import.meta.url))
const cache = fileURLToPath(new URL('../../.vitepress/cache/', import.meta.url))
const vitepress = join(dirname(fileURLToPath(import.meta.resolve('vitepress/package.json'))), 'bin/vitepress.js')
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** A copy of the page, as deep in the project as the original, since VitePress writes beside what it reads. */
async function copyOfPage(): Promise<string> {
  await mkdir(cache, { recursive: true })
  const copy = await mkdtemp(join(cache, 'figure-'))
  await cp(page, copy, { recursive: true })
  return copy
}

/** The site as files, behind a server that knows nothing else. */
export async function builtFigureSite(): Promise<FigureSite> {
  const copy = await copyOfPage()
  const folder = join(copy, 'built')
  await build(copy, folder)
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const file = pathname === '/' ? '/index.html' : extname(pathname) === '' ? `${pathname}.html` : pathname
    try {
      const content = await readFile(join(folder, file))
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(content)
    } catch {
      response.writeHead(file === '/favicon.ico' ? 204 : 404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    address: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await rm(copy, { recursive: true, force: true })
    },
  }
}

function build(copy: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [vitepress, 'build', copy, '--outDir', folder], { stdio: 'pipe' })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the figure page does not build:\n${output}`)),
    )
  })
}

/** The development server, with a fault in the channel as if the reader had written it. */
export async function faultyFigureSite(fault: Fault): Promise<FigureSite> {
  const copy = await copyOfPage()
  const environment = { ...process.env, NO_COLOR: '1', QUORUM_FIGURE_FAULT: JSON.stringify(fault) }
  const child = spawn(process.execPath, [vitepress, 'dev', copy], { stdio: 'pipe', env: environment })
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
      await rm(copy, { recursive: true, force: true })
    },
  }
}
