/**
 * Serves the runs of failing checks, `.data/replays/*.jsonl`, to the replay page
 * of the local site, and nothing else: files of that folder only, by names of
 * one pattern, for reading only, to this machine only, under its own name only.
 */
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Connect, Plugin } from 'vite'
import { type ReplayEntry, replayAddress, replayName } from './replay-address.ts'

/** The newest ones are listed. */
const LISTED_MAX = 50
/** How much of a file is read to find its first line. */
const HEADER_BYTES_MAX = 16_384

export function replayFiles(root: string): Plugin {
  return {
    name: 'quorum:replay-files',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use(answerReplays(join(root, '.data/replays')))
    },
  }
}

/** Answers what is under `/@replays/`, and passes everything else on. */
export function answerReplays(folder: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (!path.startsWith(replayAddress)) return next()
    answer(folder, path.slice(replayAddress.length), request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'the run could not be read')
    })
  }
}

async function answer(folder: string, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopback(request)) return refuse(response, 403, 'this machine only')
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET')
    return refuse(response, 405, 'runs can be read, and nothing else')
  }
  if (name === '') {
    send(response, 'application/json').end(JSON.stringify(await listReplays(folder)))
    return
  }
  if (!replayName.test(name)) return refuse(response, 404, 'no such run')
  const file = await openInside(folder, name)
  if (file === undefined) return refuse(response, 404, 'no such run')
  await pipeline(file.createReadStream(), send(response, 'application/jsonl; charset=utf-8'))
}

/** Whether somebody on this machine asks, and asks for this machine: another name for it may be a web page's trick. */
function isLoopback({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? ''
  const name = (headers.host ?? '').replace(/:\d+$/, '')
  const isNear = address === '::1' || /^(?:::ffff:)?127\./.test(address)
  return isNear && ['127.0.0.1', 'localhost', '[::1]'].includes(name)
}

/** Opens a plain file of the folder. A link is none, wherever it leads. */
async function openInside(folder: string, name: string): Promise<FileHandle | undefined> {
  const file = await open(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined)
  if (file === undefined) return undefined
  if ((await file.stat()).isFile()) return file
  await file.close()
  return undefined
}

/** The newest runs, latest first. Empty when there is no folder yet. */
export async function listReplays(folder: string): Promise<readonly ReplayEntry[]> {
  const names = await readdir(folder).catch(() => [])
  const dated = await Promise.all(
    names
      .filter((name) => replayName.test(name))
      .map(async (name) => ({
        name,
        writtenMs: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
  )
  const newest = dated.sort((one, other) => other.writtenMs - one.writtenMs).slice(0, LISTED_MAX)
  const entries = await Promise.all(newest.map(({ name }) => describeReplay(folder, name)))
  return entries.filter((entry) => entry !== undefined)
}

async function describeReplay(folder: string, name: string): Promise<ReplayEntry | undefined> {
  const file = await openInside(folder, name)
  if (file === undefined) return undefined
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES_MAX), 0, HEADER_BYTES_MAX, 0)
    const header = headerOf(buffer.toString('utf8', 0, bytesRead))
    return {
      name,
      sizeBytes: size,
      ...(typeof header.rule === 'string' && { rule: header.rule }),
      ...(typeof header.seed === 'number' && { seed: header.seed }),
    }
  } finally {
    await file.close()
  }
}

function headerOf(beginning: string): { readonly rule?: unknown; readonly seed?: unknown } {
  try {
    const header: unknown = JSON.parse(beginning.slice(0, beginning.indexOf('\n')))
    return typeof header === 'object' && header !== null ? header : {}
  } catch {
    return {}
  }
}

function send(response: ServerResponse, type: string): ServerResponse {
  return response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`)
}
