/** `npm start` on a copy of the project, so that a test may write into the reader's files. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { copyProject } from './project-copy.ts'

export interface ServedSite {
  readonly address: string
  /** The folder of the copy. */
  readonly root: string
  read(file: string): string
  write(file: string, text: string): void
  delete(file: string): void
  close(): Promise<void>
}

export interface ServeOptions {
  /** Further words of the command line. */
  readonly words?: readonly string[]
  /** Called with the folder of the copy before the start. */
  prepare?(root: string): void
}

/** Starts it, and waits until it says where it is. */
export async function serveSite({ words = [], prepare }: ServeOptions = {}): Promise<ServedSite> {
  const copy = copyProject()
  prepare?.(copy.root)
  const port = await freePort()
  const started = [
    join(copy.root, 'node_modules/tsx/dist/cli.mjs'),
    '.vitepress/start.ts',
    ...words,
    '--port',
    `${port}`,
  ]
  const env: NodeJS.ProcessEnv = { ...process.env, VITEST: '', NODE_ENV: '' }
  const server = spawn(process.execPath, started, { cwd: copy.root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  await opened(server)
  return {
    address: `http://127.0.0.1:${port}`,
    root: copy.root,
    read: (file) => readFileSync(join(copy.root, file), 'utf8'),
    write: (file, text) => writeFileSync(join(copy.root, file), text),
    delete: (file) => rmSync(join(copy.root, file), { force: true }),
    close: async () => {
      if (server.exitCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve))
        server.kill('SIGTERM')
        await ended
      }
      copy.remove()
    },
  }
}

function opened(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Quorum is open at')) resolve()
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.once('exit', () => reject(new Error(`npm start ended by itself: ${said}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createServer()
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as { readonly port: number } // a listening socket has a port
      socket.close(() => resolve(port))
    })
  })
}
