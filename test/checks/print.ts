/** A report of checks as the terminal shows it. */
import pc from 'picocolors'
import type { Exercise } from '../../chapters/exercises.ts'
import { type CheckReport, type CheckResult, countChecks } from './report.ts'

/** Failures that are told in full. One fault often fails many checks, and the first ones say most. */
const failuresMax = 4
const printedLinesMax = 20

/** The report, ready to be printed. Colours are left out where the terminal has none. */
export function renderReport(exercise: Exercise, report: CheckReport): string {
  const parts = [
    pc.bold(`${exercise.number} ${exercise.title}`),
    renderChecks(report.checks),
    renderPrinted(report.printed),
    report.problem === undefined ? '' : pc.red(indent(report.problem, 2)),
    renderSummary(exercise, report),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function renderChecks(checks: readonly CheckResult[]): string {
  const chosen = chooseFailures(checks)
  const told = new Set<string>()
  const lines = checks.flatMap((check) => renderCheck(check, chosen, told, checks))
  const untold = checks.filter(({ state, failure }) => state === 'failed' && !told.has(failure ?? '')).length
  if (untold === 0) return lines.join('\n')
  const fail = untold === 1 ? '1 failure is' : `${untold} failures are`
  return [...lines, pc.dim(`  (${fail} not told in full; mend those that are)`)].join('\n')
}

/** The parts that aren't written yet, the first failures of other kinds, and the first in a simulated world. */
function chooseFailures(checks: readonly CheckResult[]): ReadonlySet<string> {
  const failed = checks.filter(({ state, failure }) => state === 'failed' && failure !== undefined)
  const failures = [...new Set(failed.map(({ failure = '' }) => failure))]
  const unwritten = failures.filter(isUnwritten)
  const others = failures.filter((failure) => !unwritten.includes(failure)).slice(0, failuresMax)
  const world = failed.find(({ broken }) => broken !== undefined)?.failure
  return new Set([...unwritten, ...others, ...(world === undefined ? [] : [world])])
}

/** Whether it fails because a part of the exercise is still a stub. */
function isUnwritten(failure: string): boolean {
  return / is not written yet/.test(failure)
}

/** Its lines: none, if it waits for a part that is told already. */
function renderCheck(
  check: CheckResult,
  chosen: ReadonlySet<string>,
  told: Set<string>,
  all: readonly CheckResult[],
): readonly string[] {
  if (check.state === 'passed') return [`  ${pc.green('✓')} ${pc.dim(check.name)}`]
  const mark = check.state === 'skipped' ? pc.yellow('–') : pc.red('✗')
  const line = `  ${mark} ${check.name}`
  const failure = check.failure ?? ''
  const [reason = '', ...rest] = failure.split('\n')
  if (told.has(failure)) return isUnwritten(failure) ? [] : [`${line} ${pc.dim(`(again: ${reason.split(':', 1)[0]})`)}`]
  if (!chosen.has(failure)) return [line]
  told.add(failure)
  const more = isUnwritten(failure) ? all.filter((other) => other.failure === failure).length - 1 : 0
  const waiting = more === 0 ? [] : [`${more} more ${more === 1 ? 'check waits' : 'checks wait'} for this part`]
  const details = [...rest, ...waiting].map((detail) => pc.dim(indent(detail, 6)))
  return [line, pc.red(indent(reason, 6)), ...details]
}

function renderPrinted(lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const shown = lines.slice(0, printedLinesMax)
  const more = lines.length > shown.length ? `\n  … ${lines.length - shown.length} more lines` : ''
  return `  Your code printed:\n${pc.dim(indent(shown.join('\n'), 4) + more)}`
}

function renderSummary(exercise: Exercise, report: CheckReport): string {
  const { passed } = countChecks(report)
  const seconds = `${(report.durationMs / 1000).toFixed(1)} s`
  const nowhere = report.hung ? 'and then no more' : 'and no file of yours ran'
  const files = report.tested.length === 0 ? nowhere : `on ${report.tested.join(', ')}`
  if (report.state === 'passed') return pc.green(`  All ${passed} checks passed in ${seconds}, ${files}.`)
  const counts = `${passed} of ${report.checks.length} checks passed in ${seconds}, ${files}.`
  const next = `Hints: ${exercise.page}`
  if (report.state === 'failed') return `  ${pc.bold(counts)}\n  ${pc.dim(next)}`
  return `  ${pc.bold(pc.red('This run does not count.'))} ${counts}`
}

function indent(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(columns))
}
