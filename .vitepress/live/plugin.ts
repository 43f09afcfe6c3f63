/**
 * The live panel's half in the dev server. It watches the reader's files, runs
 * checks when one is saved, and tells all open pages. A page may ask for the
 * last state, and that is the only message from a page that is listened to.
 */
import { join, relative, sep } from 'node:path'
import type { Plugin, ViteDevServer } from 'vite'
import { readBook } from '../../chapters/exercises.ts'
import { progressFile, readProgress, recordProgress } from '../../chapters/progress.ts'
import { CheckRunner } from '../../test/checks/runner.ts'
import { LiveChecks } from './checks.ts'
import { refuseOpenServer } from './loopback.ts'
import { liveEvents } from './state.ts'

/** Editors often write a file twice in a row; the second write soon follows. */
const settleMs = 25

export function liveChecks(root: string): Plugin {
  return {
    name: 'quorum:live-checks',
    apply: 'serve',
    configResolved(config) {
      refuseOpenServer(config.server)
    },
    configureServer(server) {
      const runner = new CheckRunner(root)
      const live = connect(root, server, runner)
      watch(root, server, live)
      server.httpServer?.once('close', () => void runner.close())
    },
  }
}

function connect(root: string, server: ViteDevServer, runner: CheckRunner): LiveChecks {
  const { hot } = server.environments.client
  const live = new LiveChecks({
    exercises: readBook(root).flatMap((chapter) => chapter.exercises),
    check: (exercise) => runner.check(exercise),
    readProgress: (warn) => readProgress(root, warn),
    recordProgress: (report, warn) => recordProgress(root, report, warn),
    publish: (state) => hot.send(liveEvents.state, state),
  })
  hot.on(liveEvents.ask, (_content, client) => client.send(liveEvents.state, live.state))
  return live
}

function watch(root: string, server: ViteDevServer, live: LiveChecks): void {
  const settling = new Map<string, NodeJS.Timeout>()
  const notice = (path: string) => {
    const file = relative(root, path).split(sep).join('/')
    if (file !== progressFile && !file.startsWith('chapters/')) return
    clearTimeout(settling.get(file))
    const timer = setTimeout(() => {
      settling.delete(file)
      if (file === progressFile) live.progressChanged()
      else live.fileChanged(file)
    }, settleMs)
    settling.set(file, timer)
  }
  server.watcher.add([join(root, 'chapters'), join(root, progressFile)])
  for (const event of ['add', 'change', 'unlink'] as const) server.watcher.on(event, notice)
  // What is there when the watching begins was not saved now.
  const ignoreUntilReady = () => {
    for (const timer of settling.values()) clearTimeout(timer)
    settling.clear()
  }
  server.watcher.once('ready', ignoreUntilReady)
}
