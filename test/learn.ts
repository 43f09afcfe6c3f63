/**
 * `npm run learn`: stays beside the editor, runs the checks of the present
 * exercise whenever one of its files is saved, and listens to a few keys.
 * `-- --poll` is for places where saved files aren't noticed.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { type Exercise, findExercise, readBook } from '../chapters/exercises.ts'
import { readProgress, recordProgress } from '../chapters/progress.ts'
import { resetExercise } from '../chapters/reset.ts'
import { renderReport } from './checks/print.ts'
import { CheckRunner } from './checks/runner.ts'
import { readHints, readSolution } from './learn/page.ts'
import { begin, type Effect, keys, type SessionEvent, type Step, step } from './learn/session.ts'
import { Watcher } from './learn/watcher.ts'

class Terminal {
  readonly #root: string
  readonly #exercises: readonly Exercise[]
  readonly #runner: CheckRunner
  readonly #watcher: Watcher
  readonly #interactive = process.stdin.isTTY === true && process.stdout.isTTY === true
  #step: Step
  #quitting = false

  constructor(root: string, poll: boolean) {
    this.#root = root
    this.#exercises = readBook(root).flatMap((chapter) => chapter.exercises)
    this.#runner = new CheckRunner(root)
    const progress = readProgress(root, say)
    const passed = this.#exercises.filter((exercise) => progress[exercise.number]?.state === 'passed')
    const lessons = this.#exercises.map((exercise) => {
      return { number: exercise.number, hints: readHints(root, exercise).length }
    })
    this.#step = begin(lessons, new Set(passed.map((exercise) => exercise.number)))
    const saved = (exercise: string) => this.#on({ kind: 'saved', exercise })
    this.#watcher = new Watcher(root, this.#exercises, saved, { poll, say })
    this.#listen()
    for (const effect of this.#step.effects) this.#perform(effect)
  }

  #listen(): void {
    process.once('SIGINT', () => this.#perform({ kind: 'quit' }))
    process.once('SIGTERM', () => this.#perform({ kind: 'quit' }))
    if (!this.#interactive) return
    process.stdin.setRawMode(true)
    process.stdin.setEncoding('utf8')
    process.stdin.on('data', (key: string) => this.#on({ kind: 'key', key: key === '\u0003' ? 'q' : key }))
  }

  #on(event: SessionEvent): void {
    if (this.#quitting) return
    this.#step = step(this.#step.session, event)
    for (const effect of this.#step.effects) this.#perform(effect)
  }

  #perform(effect: Effect): void {
    const root = this.#root
    switch (effect.kind) {
      case 'run':
        return this.#run(effect.exercise)
      case 'show report': {
        const clear = this.#interactive ? '\u001B[2J\u001B[3J\u001B[H' : '\n'
        console.log(`${clear}${renderReport(this.#find(effect.report.exercise), effect.report)}`)
        return this.#showKeys()
      }
      case 'show hint': {
        const hint = readHints(root, this.#find(effect.exercise))[effect.hint - 1]
        return say(`\n${pc.bold(hint?.title ?? 'This hint is gone from the page')}\n${hint?.text ?? ''}\n`)
      }
      case 'show solution':
        return say(`\n${readSolution(root, this.#find(effect.exercise))}\n`)
      case 'show list':
        return say(this.#list())
      case 'reset':
        return say(resetExercise(root, this.#find(effect.exercise)).join('\n')) // the watcher sees it, and runs the checks
      case 'say':
        return say(pc.bold(effect.text))
      case 'quit':
        return this.#quit()
    }
  }

  #run(number: string): void {
    if (this.#interactive) say(pc.dim(`checking ${number} …`))
    void this.#runner.check(this.#find(number)).then((report) => {
      if (this.#quitting) return
      recordProgress(this.#root, report, say)
      this.#on({ kind: 'report', report })
    })
  }

  #list(): string {
    const { current, passed } = this.#step.session
    const lines = this.#exercises.map(({ number, title }) => {
      const mark = passed.has(number) ? pc.green('✓') : ' '
      return `${number === current.number ? '>' : ' '} ${mark} ${number}  ${title}`
    })
    return `\n${lines.join('\n')}\n\n${passed.size} of ${lines.length} exercises done\n`
  }

  #showKeys(): void {
    if (this.#interactive) say(pc.dim(keys))
  }

  #find(number: string): Exercise {
    return this.#exercises.find((exercise) => exercise.number === number) ?? findExercise(readBook(this.#root), number)
  }

  #quit(): void {
    this.#quitting = true
    this.#watcher.close()
    if (this.#interactive) process.stdin.setRawMode(false)
    void this.#runner.close().then(() => process.exit(0))
  }
}

function say(text: string): void {
  console.log(text)
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { poll: { type: 'boolean', default: false }, help: { type: 'boolean' } } })
  if (values.help)
    say(`npm run learn            checks the present exercise whenever you save it
npm run learn -- --poll  the same where saved files aren't noticed`)
  else new Terminal(join(import.meta.dirname, '..'), values.poll)
}
