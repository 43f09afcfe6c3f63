/**
 * How far the reader has come: the outcome of the last run of each exercise, in
 * `.progress.json`.
 *
 * The file is written whole or not at all. One that can't be read is moved
 * aside and never thrown away, and whatever goes wrong with it ends in a
 * message and not in an exception: the checks are more important than the record of
 * them.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport } from '../test/checks/report.ts'

export interface ExerciseProgress {
  readonly state: 'passed' | 'failed'
  /** How many checks passed, and how many didn't. */
  readonly passed: number
  readonly failed: number
}

/** The last outcome of each exercise that was ever checked, by its number: the one that was run last stands last. */
export type Progress = Readonly<Record<string, ExerciseProgress>>

export const progressFile = '.progress.json'

const version = 1

/** Reads the record. Without one, or with one that can't be read, nothing has been done yet; `say` is told why. */
export function readProgress(root: string, say: (message: string) => void = console.warn): Progress {
  const path = join(root, progressFile)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (!isMissing(error)) say(`${progressFile} can't be read (${reasonOf(error)}): your progress is not shown`)
    return {}
  }
  const progress = parse(text)
  if (progress !== undefined) return progress
  say(moveAside(path))
  return {}
}

/** Notes the outcome of a run. Says so, and goes on, when it can't be written. */
export function recordProgress(root: string, report: CheckReport, say: (message: string) => void = console.warn): void {
  const passed = report.checks.filter((check) => check.state === 'passed').length
  const outcome: ExerciseProgress = {
    state: report.state === 'passed' ? 'passed' : 'failed',
    passed,
    failed: report.checks.length - passed,
  }
  const { [report.exercise]: _before, ...others } = readProgress(root, say)
  write(root, { ...others, [report.exercise]: outcome }, say)
}

/** Takes back what is known about an exercise, because its files were put back. */
export function forgetProgress(root: string, exercise: string, say: (message: string) => void = console.warn): void {
  const { [exercise]: forgotten, ...others } = readProgress(root, say)
  if (forgotten !== undefined) write(root, others, say)
}

function write(root: string, exercises: Progress, say: (message: string) => void): void {
  const path = join(root, progressFile)
  const written = `${path}.${process.pid}`
  try {
    writeFileSync(written, `${JSON.stringify({ version, exercises }, undefined, 2)}\n`)
    renameSync(written, path)
  } catch (error) {
    rmSync(written, { force: true })
    say(`${progressFile} can't be written (${reasonOf(error)}): this result is not kept`)
  }
}

/** The record in `text`, or nothing if it isn't one. */
function parse(text: string): Progress | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value) || value.version !== version || !isObject(value.exercises)) return undefined
  const entries = Object.entries(value.exercises)
  if (!entries.every(([, exercise]) => isOutcome(exercise))) return undefined
  return value.exercises as Progress // each entry was looked at
}

function isOutcome(value: unknown): value is ExerciseProgress {
  if (!isObject(value) || !isCount(value.passed) || !isCount(value.failed)) return false
  return value.state === 'passed' || value.state === 'failed'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Moves a file that can't be understood out of the way, and answers what was done. */
function moveAside(path: string): string {
  let aside = `${progressFile}.corrupt`
  for (let n = 2; existsSync(join(path, '..', aside)); n++) aside = `${progressFile}.corrupt-${n}`
  try {
    renameSync(path, join(path, '..', aside))
    return `${progressFile} is damaged. It is kept as ${aside}, and your progress begins anew; npm run check brings it back.`
  } catch (error) {
    return `${progressFile} is damaged, and can't be moved aside (${reasonOf(error)}): your progress is not shown`
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
