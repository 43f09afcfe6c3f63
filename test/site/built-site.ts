/** The static site, built from a copy of the project and served the way any web server would. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { copyProject } from './project-copy.ts'

export interface BuiltSite {
  readonly address: string
  /** Every page, as a path: `'/01-message-passing/1.1-channel.html'`. */
  readonly pages: readonly string[]
  /** The size of what stands at that address, compressed, in bytes. */
  compressedSize(address: string): number
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

export async function buildSite(): Promise<BuiltSite> {
  const copy = copyProject()
  const command = join(copy.root, 'node_modules/vitepress/bin/vitepress.js')
  await promisify(execFile)(process.execPath, [command, 'build'], {
    cwd: copy.root,
    env: { ...process.env, NODE_ENV: '' },
  })
  const folder = join(copy.root, '.vitepress/dist')
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)
    const wanted = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    const found = wanted.startsWith(folder) && existsSync(wanted) && statSync(wanted).isFile()
    const file = found ? wanted : join(folder, '404.html')
    response.writeHead(found ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as { readonly port: number }).port // a listening server has a port
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const pages = names.filter((name) => name.endsWith('.html') && name !== '404.html')
  return {
    address: `http://127.0.0.1:${port}`,
    pages: pages.sort().map((name) => `/${name.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')}`),
    compressedSize: (address) => gzipSync(readFileSync(join(folder, new URL(address).pathname))).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          copy.remove()
          resolve()
        })
      }),
  }
}
