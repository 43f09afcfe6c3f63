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

/** The message shows both values itself, unless it says `{ state: 'failed', …(1) }` or `{ Object (state, value) }`. */
const cutShort = /…|\b(?:Object|Array) ?\(/

/** The characters of a call of `unimplemented` that are not its sentence, and some more for backslashes in it. */
const callLengthMax = 60

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

/** The message without colours, the path to the root, notes on how values were compared, and the sign of 0. */
function plainMessage(root: string, error: TestError): string {
  const message = stripVTControlCharacters(error.message).replaceAll(`${root}/`, '')
  const withoutNotes = message.replaceAll(/ \/\/ (?:Object\.is|deep|strict)? ?equality$/gm, '')
  return withoutNotes.replaceAll(/(?<=^|[\s[(])\+0(?=$|[\s\]),])/gm, '0')
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
    `the check was not done after ${limitMs / 1000} s: a promise never settled, or work grew faster than what there is to do`,
    `Look in ${files} for a wait that nobody ends, or for something that is copied or searched again each time.`,
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
  if (!cutShort.test(stripVTControlCharacters(error.message))) return ''
  const diff = stripVTControlCharacters(error.diff ?? '').trim()
  if (diff === '') return ''
  const lines = diff.split('\n')
  const shown = lines.slice(0, diffLinesMax)
  if (lines.length > diffLinesMax) shown.push(`… ${lines.length - diffLinesMax} more lines`)
  return `\n\n${shown.join('\n')}`
}

/** The place in the reader's file, or in the given one that threw, or else the check that says what should be so. */
function withPlace(reason: string, error: TestError, root: string, exercise: Exercise): string {
  const frames = framesOf(error).map((frame) => ({ ...frame, path: fromRoot(root, frame.file) }))
  const mine = frames.find((frame) => exercise.modules.some((module) => module.mine === frame.path))
  if (mine !== undefined) return `${reason}\n  at ${mine.path}:${mine.line}${inMethod(mine)}`
  const thrown = frames[0]
  if (thrown?.path.startsWith('solutions/')) return `${reason}\n  at ${thrown.path}:${thrown.line}${inMethod(thrown)}`
  const check = frames.find((frame) => exercise.checks.includes(frame.path))
  return check === undefined ? reason : `${reason}\n  the check: ${check.path}:${check.line}`
}

function inMethod({ method }: Frame): string {
  return method === '' ? '' : `, in ${method}`
}

interface Frame {
  readonly file: string
  readonly line: number
  readonly method: string
}

/** Where the error passed through. Vitest has looked at the errors of checks, and not at those that nobody caught. */
function framesOf({ stacks, stack = '' }: TestError): readonly Frame[] {
  if (stacks !== undefined && stacks.length > 0) return stacks
  return stack.split('\n').flatMap((text) => {
    const [, method = '', file, line] = /^\s*at (?:(?:async )?(.+?) \()?(.+?):(\d+):\d+\)?$/.exec(text) ?? []
    return file === undefined ? [] : [{ file, line: Number(line), method }]
  })
}

/** Where the part that is not written stands. Its error may have been caught, or have come after others. */
function placeOfPart(root: string, exercise: Exercise, unimplemented: string): string {
  const [, part = '', what = ''] = /^(\S+) is not written yet: (.*)$/s.exec(unimplemented) ?? []
  const calls = exercise.modules.flatMap(({ mine }) => {
    const text = existsSync(join(root, mine)) ? readFileSync(join(root, mine), 'utf8') : ''
    return [...text.matchAll(new RegExp(`unimplemented\\(\\s*['"]${part}['"]`, 'g'))].map(({ index }) => ({
      place: `${mine}:${text.slice(0, index).split('\n').length}`,
      call: text.slice(index, index + what.length + callLengthMax).replaceAll('\\', ''),
    }))
  })
  const call = calls.find((each) => each.call.includes(what)) ?? calls[0] // two functions may share a part
  return call === undefined ? '' : `\n  at ${call.place}`
}

/** A path as the report shows it, from the root and with `/` on every system. */
export function fromRoot(root: string, path: string): string {
  const plain = path.replace(/^file:\/\//, '').replace(/[?#].*$/, '')
  return relative(root, plain).replaceAll('\\', '/')
}
