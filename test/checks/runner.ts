/**
 * Runs the checks of an exercise on the reader's files and reports.
 *
 * The checks run in a process of their own, started with the first run and kept
 * for the next ones. A watchdog ends it when it shows no sign of life, and the
 * next run starts another: nothing that the reader's code does can hang or end
 * the program that asks.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Exercise } from '../../chapters/exercises.ts'
import type { CheckMessage, CheckRequest, Sign, Substitutes } from './messages.ts'
import type { CheckReport, CheckResult } from './report.ts'

export type { CheckReport, CheckResult } from './report.ts'

export interface CheckRunnerOptions {
  /** How long the checks may show no sign of life before they are ended. 5,000 by default. */
  readonly watchdogMs?: number
  /** How long one check on the reference may take. 2,000 by default, as much as on the reader’s files. */
  readonly checkMs?: number
}

/** How long the process may take to start, on a slow machine, before the first check. */
const startUpMs = 60_000
const stderrCharactersMax = 4_000

export class CheckRunner {
  readonly #root: string
  readonly #watchdogMs: number
  readonly #checkMs: number
  #child: ChildProcess | undefined
  /** The end of the last run that was asked for. One runs at a time. */
  #last: Promise<unknown> = Promise.resolve()

  /** `root` is the folder of package.json. */
  constructor(root: string, options: CheckRunnerOptions = {}) {
    this.#root = root
    this.#watchdogMs = options.watchdogMs ?? 5_000
    this.#checkMs = options.checkMs ?? 2_000
  }

  /**
   * Runs the checks once; those in a simulated world with this seed only, if one is given.
   * Waits for a run that is under way. Never rejects: what goes wrong stands in the report.
   */
  check(exercise: Exercise, seed?: number): Promise<CheckReport> {
    const request: CheckRequest = { exercise, side: { of: 'reader' } }
    return this.#enqueue(seed === undefined ? request : { ...request, seed })
  }

  /** The same on the reference, with other texts in the place of some of its files. Nothing on disk changes. */
  checkReference(exercise: Exercise, substitutes: Substitutes): Promise<CheckReport> {
    return this.#enqueue({ exercise, side: { of: 'reference', substitutes, checkMs: this.#checkMs } })
  }

  /** Ends the process, and with it a run that is under way. */
  async close(): Promise<void> {
    this.#end()
    await this.#last
    this.#end()
  }

  #enqueue(request: CheckRequest): Promise<CheckReport> {
    const report = this.#last.then(() => this.#check(request))
    this.#last = report
    return report
  }

  async #check(request: CheckRequest): Promise<CheckReport> {
    const { exercise, side } = request
    const startedMs = performance.now()
    const missing = exercise.modules.filter((module) => !existsSync(join(this.#root, module.mine)))
    if (missing.length === 0 || side.of === 'reference') {
      return new Run(request, this.#watchdogMs).on(this.#start(), () => this.#end())
    }
    const files = missing.map((module) => module.mine).join(' and ')
    const problem = `${files} ${missing.length === 1 ? 'is' : 'are'} missing; npm run reset ${exercise.number} puts it back`
    return { ...emptyReport(exercise, startedMs), problem }
  }

  /** The running process, or a new one. Its conditions are its own: none of ours may leak into it. */
  #start(): ChildProcess {
    if (this.#child?.connected && this.#child.exitCode === null) return this.#child
    const child = fork(join(import.meta.dirname, 'child.ts'), [this.#root], {
      cwd: this.#root,
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.unref()
    child.channel?.unref()
    this.#child = child
    return child
  }

  #end(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}

/** One run: follows the messages of the process until its report, its end, or its silence. */
class Run {
  readonly #request: CheckRequest
  readonly #watchdogMs: number
  readonly #startedMs = performance.now()
  readonly #results = new Map<string, CheckResult>()
  #sign: Sign | undefined
  #stderr = ''

  constructor(request: CheckRequest, watchdogMs: number) {
    this.#request = request
    this.#watchdogMs = watchdogMs
  }

  on(child: ChildProcess, end: () => void): Promise<CheckReport> {
    return new Promise((resolve) => {
      let watchdog = setTimeout(() => silent(), startUpMs)
      const onMessage = (message: CheckMessage) => {
        clearTimeout(watchdog)
        if (message.kind === 'report') return finish(message.report)
        if (message.kind === 'result') this.#results.set(message.result.name, message.result)
        else this.#look(message.sign)
        watchdog = setTimeout(() => silent(), this.#watchdogMs)
      }
      const onExit = () => finish(this.#crashed())
      const onStderr = (chunk: Buffer) => {
        this.#stderr = (this.#stderr + chunk.toString()).slice(-stderrCharactersMax)
      }
      const finish = (report: CheckReport) => {
        clearTimeout(watchdog)
        child.off('message', onMessage).off('exit', onExit)
        child.stderr?.off('data', onStderr)
        resolve(report)
      }
      const silent = () => {
        finish(this.#silent())
        end()
      }
      child.on('message', onMessage).on('exit', onExit)
      child.stderr?.on('data', onStderr)
      child.send(this.#request)
    })
  }

  #look(sign: Sign): void {
    this.#sign = sign
    if (sign.doing !== 'between checks' || this.#results.has(sign.check)) return
    const state = sign.passed ? 'passed' : 'failed'
    this.#results.set(sign.check, { name: sign.check, state }) // its reason, if any, follows
  }

  #silent(): CheckReport {
    const report = { ...emptyReport(this.#request.exercise, this.#startedMs), checks: [...this.#results.values()] }
    const sign = this.#sign
    if (sign === undefined) return { ...report, problem: `the checks did not start within ${startUpMs / 1000} s` }
    const limit = `${this.#watchdogMs / 1000} s`
    const files = this.#request.exercise.modules.map((module) => module.mine).join(', ')
    const place = files === '' ? '' : ` in ${files}`
    const problem = `nothing moved for ${limit}, and the run was ended: look for a loop${place} that never ends`
    if (sign.doing === 'loading') return { ...report, hung: true, problem: `${problem}, outside of every function` }
    const when = sign.doing === 'checking' ? 'in' : 'after'
    const failure = `ran for ${limit} without coming back: an endless loop, or work that grows faster than what there is to do, unless the machine is very busy`
    const last: CheckResult = { name: sign.check, state: 'failed', failure }
    const growing = 'or for something that is copied or searched again each time'
    const checks = [...report.checks.filter((check) => check.name !== sign.check), last]
    return { ...report, checks, hung: true, problem: `${problem}, ${growing}\n  ${when} the check "${sign.check}"` }
  }

  #crashed(): CheckReport {
    const problem = `the process that runs the checks ended by itself\n${this.#stderr}`.trimEnd()
    return { ...emptyReport(this.#request.exercise, this.#startedMs), checks: [...this.#results.values()], problem }
  }
}

function emptyReport(exercise: Exercise, startedMs: number): CheckReport {
  const durationMs = Math.round(performance.now() - startedMs)
  return { exercise: exercise.number, state: 'broken', checks: [], tested: [], printed: [], durationMs }
}
