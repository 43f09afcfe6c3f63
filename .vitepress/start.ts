/**
 * `npm start` serves the book on this machine, with the live panel.
 * `npm start -- mine` lets the figures run the reader's modules, where their checks have passed.
 */
import { createServer as createSocket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { createServer } from 'vitepress'
import { readBook } from '../chapters/exercises.ts'
import { readProgress } from '../chapters/progress.ts'
import { loopback } from './live/loopback.ts'
import { mineVariable } from './mine.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const usualPort = 5173
const portsTriedMax = 20

const usage = `npm start                   the book, on http://${loopback}:${usualPort}
npm start -- mine           the figures run your modules, where their checks have passed
npm start -- --port 8080    on another port`

interface Options {
  readonly mine: boolean
  /** Nothing, when the reader didn't ask for one. */
  readonly port: number | undefined
  readonly help: boolean
}

/** Reads the command line. Throws an error that says what it should have been. */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const stranger = positionals.find((word) => word !== 'mine')
  if (stranger !== undefined) throw new Error(`npm start doesn't know "${stranger}"\n\n${usage}`)
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new Error(`--port wants a number from 1 to 65535, not "${values.port}"`)
  }
  return { mine: positionals.includes('mine'), port, help: values.help === true }
}

/** The port that was asked for, or the first free one from the usual one up. Throws when the one asked for is in use. */
export async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted
    throw new Error(`port ${wanted} is in use on ${loopback}: stop what uses it, or choose another with --port`)
  }
  for (let port = usualPort; port < usualPort + portsTriedMax; port++) {
    if (await isFree(port)) return port
  }
  throw new Error(`ports ${usualPort} to ${usualPort + portsTriedMax - 1} are all in use: choose another with --port`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket()
    socket.once('error', () => resolve(false))
    socket.listen(port, loopback, () => socket.close(() => resolve(true)))
  })
}

/** The exercises whose modules may stand in for the reference. */
function passedExercises(): readonly string[] {
  const progress = readProgress(root)
  const exercises = readBook(root).flatMap((chapter) => chapter.exercises)
  return exercises.map(({ number }) => number).filter((number) => progress[number]?.state === 'passed')
}

async function serve(port: number): Promise<void> {
  const server = await createServer(root, { host: loopback, port, strictPort: true }, async () => {
    await server.close()
    await serve(port)
  })
  await server.listen()
}

async function start(words: readonly string[]): Promise<void> {
  const options = readOptions(words)
  if (options.help) return console.log(usage)
  const mine = options.mine ? passedExercises() : []
  process.env[mineVariable] = mine.join(',')
  const port = await choosePort(options.port)
  await serve(port)
  if (options.port === undefined && port !== usualPort) console.log(`Port ${usualPort} is in use, so this is ${port}.`)
  console.log(`Quorum is open at ${pc.bold(`http://${loopback}:${port}/`)}. Ctrl+C ends it.`)
  if (!options.mine) return
  const whose = mine.length === 0 ? 'the reference: none of your exercises has passed its checks yet' : mine.join(', ')
  console.log(
    mine.length === 0
      ? `The figures run ${whose}.`
      : `The figures run your modules of ${whose}, and the reference for the rest.`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  start(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
