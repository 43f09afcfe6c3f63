/**
 * Decides which checks run when. A saved file starts the checks of its
 * exercise; saves that come during a run are taken together, and start one more.
 *
 * There is one way in that starts a run: `fileChanged`. What a page can do is to
 * ask for `state`.
 */
import type { Exercise } from '../../chapters/exercises.ts'
import type { Progress } from '../../chapters/progress.ts'
import type { CheckReport } from '../../test/checks/report.ts'
import { type LiveState, nothingYet } from './state.ts'

/** What the live checks need from outside. */
export interface Surroundings {
  readonly exercises: readonly Exercise[]
  check(exercise: Exercise): Promise<CheckReport>
  readProgress(warn: (warning: string) => void): Progress
  recordProgress(report: CheckReport, warn: (warning: string) => void): void
  /** Called with the new state after each change. */
  publish(state: LiveState): void
}

export class LiveChecks {
  readonly #surroundings: Surroundings
  readonly #waiting = new Set<Exercise>()
  #running: Promise<void> | undefined
  #state: LiveState = nothingYet

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    this.#state = this.#withProgress(nothingYet)
  }

  get state(): LiveState {
    return this.#state
  }

  /** Runs the checks of the exercise that the file belongs to. `file` is a path from the root; others are ignored. */
  fileChanged(file: string): void {
    const exercise = this.#surroundings.exercises.find((each) => each.modules.some((module) => module.mine === file))
    if (exercise === undefined) return
    this.#waiting.add(exercise)
    this.#change({ running: [...new Set([...this.#state.running, exercise.number])] })
    this.#running ??= this.#runWaiting()
  }

  /** The record was changed by somebody else: by `npm run check` in a terminal, for example. */
  progressChanged(): void {
    this.#state = this.#withProgress(this.#state)
    this.#surroundings.publish(this.#state)
  }

  /** Settles once nothing runs and nothing waits. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #runWaiting(): Promise<void> {
    for (let exercise = first(this.#waiting); exercise !== undefined; exercise = first(this.#waiting)) {
      this.#waiting.delete(exercise)
      this.#finished(exercise, await this.#surroundings.check(exercise))
    }
    this.#running = undefined
  }

  #finished(exercise: Exercise, report: CheckReport): void {
    const warnings: string[] = []
    this.#surroundings.recordProgress(report, (warning) => warnings.push(warning))
    const again = this.#waiting.has(exercise)
    const running = this.#state.running.filter((number) => again || number !== exercise.number)
    const { warning: _old, ...state } = this.#withProgress(this.#state)
    this.#state = { ...state, reports: { ...state.reports, [exercise.number]: report }, running }
    this.#change(warnings.length === 0 ? {} : { warning: warnings.join('\n') })
  }

  #withProgress(state: LiveState): LiveState {
    const warnings: string[] = []
    const progress = this.#surroundings.readProgress((warning) => warnings.push(warning))
    return warnings.length === 0 ? { ...state, progress } : { ...state, progress, warning: warnings.join('\n') }
  }

  #change(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change }
    this.#surroundings.publish(this.#state)
  }
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  for (const item of set) return item
  return undefined
}
