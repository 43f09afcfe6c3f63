/**
 * Puts a failed check into words: the reason first, then what was expected and
 * what was seen when that takes several lines, and last the place to look at,
 * in the reader's file if the failure passed through it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { TestError } from 'vitest'
import type { TestCase } from 'vitest/node'
import type { Exercise } from '../../chapters/exercises.ts'

const diffLinesMax = 24

/** Why the check failed, as plain text. */
export function describeFailure(root: string, exercise: Exercise, check: TestCase): string {
  const errors = check.result().errors ?? []
  const error = errors[0]
  const { unimplemented } = check.meta()
  if (unimplemented !== undefined) return `${unimplemented}${placeOfPart(root, exercise, unimplemented)}`
  if (error === undefined) return 'the check failed and gave no reason'
  return describeError(root, exercise, error)
}

/** An error in words, with the place where it happened. */
export function describeError(root: string, exercise: Exercise, error: TestError): string {
  const message = plainMessage(root, error)
  const syntax = syntaxError(message)
  if (syntax !== undefined) return syntax
  const timeout = /^(?:Test|Hook) timed out in (\d+)ms/.exec(message)
  if (timeout !== null) return neverSettled(exercise, Number(timeout[1]))
  const named = error.name === undefined || /^(?:Assertion)?Error$/.test(error.name) ? '' : `${error.name}: `
  const lines = message.trimEnd().split('\n')
  const reason = /^Property failed after/.test(message) ? describeProperty(error, lines) : `${named}${lines.join('\n')}`
  return withPlace(reason + differences(error), error, root, exercise)
}

/** The message without colours, without the path to the root, and without notes on how values were compared. */
function plainMessage(root: string, error: TestError): string {
  const message = stripVTControlCharacters(error.message)
  return message.replaceAll(`${root}/`, '').replaceAll(/ \/\/ (?:Object\.is|deep|strict)? ?equality$/gm, '')
}

/** A file that can't be read as TypeScript: the place, the reason and the line, out of the compiler's drawing. */
function syntaxError(message: string): string | undefined {
  const [, reason] = /^\[PARSE_ERROR\] (.+)$/m.exec(message) ?? []
  const [, file, line, column] = /╭─\[ (.+?):(\d+):(\d+) \]/.exec(message) ?? []
  if (reason === undefined || file === undefined || line === undefined) return undefined
  const [, code = ''] = new RegExp(`^ *${line} │ (.*)$`, 'm').exec(message) ?? []
  return `a syntax error in ${file}, line ${line}, column ${column}: ${reason}\n  ${code.trim()}`
}

function neverSettled(exercise: Exercise, limitMs: number): string {
  const files = exercise.modules.map((module) => module.mine).join(', ')
  return [
    `a promise never settled: the check still waited after ${limitMs / 1000} s`,
    `Somebody waits and is never told. Look in ${files} for a wait that nobody ends.`,
  ].join('\n')
}

/** A property's failure: the rule that broke and the smallest example of it, without fast-check's report around them. */
function describeProperty(error: TestError, lines: readonly string[]): string {
  const kept = lines.filter((line) => /^(?:\{ seed|Counterexample|Shrunk)/.test(line))
  const cause = error.cause === undefined ? [] : stripVTControlCharacters(error.cause.message).split('\n')
  return [...cause, ...kept].join('\n')
}

/** Expected and received line by line, when they don't fit into the message. */
function differences(error: TestError): string {
  const { expected, actual } = error
  if (typeof expected !== 'string' || typeof actual !== 'string') return ''
  if (!expected.includes('\n') && !actual.includes('\n')) return ''
  const diff = stripVTControlCharacters(error.diff ?? '').trim()
  if (diff === '') return ''
  const lines = diff.split('\n')
  const shown = lines.slice(0, diffLinesMax)
  if (lines.length > diffLinesMax) shown.push(`… ${lines.length - diffLinesMax} more lines`)
  return `\n\n${shown.join('\n')}`
}

function withPlace(reason: string, error: TestError | undefined, root: string, exercise: Exercise): string {
  const frames = (error?.stacks ?? []).map((frame) => ({ ...frame, path: fromRoot(root, frame.file) }))
  const mine = frames.find((frame) => exercise.modules.some((module) => module.mine === frame.path))
  const frame = mine ?? frames.find((each) => exercise.checks.includes(each.path))
  if (frame === undefined) return reason
  const method = mine?.method ? `, in ${mine.method}` : ''
  return `${reason}\n  at ${frame.path}:${frame.line}${method}`
}

/** Where the part that is not written stands. Its error may have been caught, or have come after others. */
function placeOfPart(root: string, exercise: Exercise, unimplemented: string): string {
  const [part = ''] = unimplemented.split(' ')
  for (const { mine } of exercise.modules) {
    const text = existsSync(join(root, mine)) ? readFileSync(join(root, mine), 'utf8') : ''
    const before = text.split(new RegExp(`unimplemented\\(\\s*'${part}'`), 1)[0] ?? ''
    if (before.length < text.length) return `\n  at ${mine}:${before.split('\n').length}`
  }
  return ''
}

/** A path as the report shows it, from the root and with `/` on every system. */
export function fromRoot(root: string, path: string): string {
  const plain = path.replace(/^file:\/\//, '').replace(/[?#].*$/, '')
  return relative(root, plain).replaceAll('\\', '/')
}
