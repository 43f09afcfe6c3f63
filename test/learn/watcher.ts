/**
 * Tells when a reader's file has changed: its text, and not only its date.
 *
 * Some disks and containers deliver no events; then, or when asked to, it looks
 * at the files a few times a second.
 */
import { type FSWatcher, readFileSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Exercise } from '../../chapters/exercises.ts'

export interface WatchOptions {
  readonly poll: boolean
  /** Told when events can't be had, and polling takes their place. */
  say(message: string): void
}

/** An editor may empty a file before it writes it: wait so long after the last event. */
const quietMs = 40
const pollMs = 250

export class Watcher {
  readonly #root: string
  readonly #exercises: readonly Exercise[]
  readonly #saved: (exercise: string) => void
  readonly #say: (message: string) => void
  readonly #texts = new Map<string, string | undefined>()
  readonly #watchers: FSWatcher[] = []
  #poller: NodeJS.Timeout | undefined
  #quiet: NodeJS.Timeout | undefined

  /** Calls `saved` with the number of the exercise, once for each change. */
  constructor(root: string, exercises: readonly Exercise[], saved: (exercise: string) => void, options: WatchOptions) {
    this.#root = root
    this.#exercises = exercises
    this.#saved = saved
    this.#say = options.say
    this.#look(() => {})
    if (options.poll) this.#poll()
    else this.#listen()
  }

  close(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close()
    clearInterval(this.#poller)
    clearTimeout(this.#quiet)
  }

  #listen(): void {
    const files = this.#exercises.flatMap((exercise) => exercise.modules.map((module) => module.mine))
    try {
      for (const folder of new Set(files.map((file) => dirname(join(this.#root, file))))) {
        const watcher = watch(folder, () => this.#soon())
        watcher.on('error', (error) => this.#fallBack(error))
        this.#watchers.push(watcher)
      }
    } catch (error) {
      this.#fallBack(error)
    }
  }

  #soon(): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#look(this.#saved), quietMs)
  }

  #fallBack(error: unknown): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close()
    if (this.#poller !== undefined) return
    const reason = error instanceof Error ? error.message : String(error)
    this.#say(`No events about files can be had here (${reason}), so the files are looked at every ${pollMs} ms.`)
    this.#poll()
  }

  #poll(): void {
    this.#poller = setInterval(() => this.#look(this.#saved), pollMs)
  }

  /** Compares every file with what it was when it was last looked at. A file that was deleted has changed too. */
  #look(changed: (exercise: string) => void): void {
    for (const exercise of this.#exercises) {
      let differs = false
      for (const { mine } of exercise.modules) {
        const text = this.#read(mine)
        differs ||= this.#texts.get(mine) !== text
        this.#texts.set(mine, text)
      }
      if (differs) changed(exercise.number)
    }
  }

  #read(file: string): string | undefined {
    try {
      return readFileSync(join(this.#root, file), 'utf8')
    } catch {
      return undefined // deleted, or about to be replaced
    }
  }
}
