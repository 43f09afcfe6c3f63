import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChapter, readBook } from '../chapters/exercises.ts'
import { readAlternatives } from './alternatives.ts'
import type { Mutant } from './mutant.ts'
import { checksFor, mutate } from './mutants.ts'
import { Workbench } from './workbench.ts'

const root = join(import.meta.dirname, '..')
const chapter = findChapter(readBook(root), '1')
const file = 'solutions/01-message-passing/channel.ts'

function mutant(find: string, replace: string): Mutant {
  return { name: 'does it wrong', file, find, replace, caughtBy: 'something', lists: [] }
}

test('a mistake is made in its one place, to the letter', () => {
  expect(mutate(mutant('b', '$&$1'), 'abc')).toBe('a$&$1c')
})

test('a place that is not there, or there twice, is refused', () => {
  expect(() => mutate(mutant('x', ''), 'abc')).toThrow(`${file} contains "x" 0 times instead of once`)
  expect(() => mutate(mutant('b', ''), 'abcb')).toThrow('contains "b" 2 times instead of once')
})

test('a mistake in an exercise’s module must be caught by that exercise’s own checks', () => {
  expect(checksFor(chapter, file).number).toBe('1.1')
})

test('a mistake in a given module may be caught by any test of its chapter', () => {
  const { checks, modules } = checksFor(chapter, 'solutions/01-message-passing/queue.ts')
  expect(modules).toEqual([])
  for (const exercise of chapter.exercises) expect(checks).toEqual(expect.arrayContaining([...exercise.checks]))
})

test('an alternative is tried by the exercises whose files it replaces', () => {
  for (const { name, substitutes, exercises } of readAlternatives(root, chapter)) {
    expect(exercises.length, name).toBeGreaterThan(0)
    expect(Object.keys(substitutes).length, name).toBeGreaterThan(0)
  }
})

test('an alternative to a file that does not exist is refused', () => {
  using bench = new Workbench({ without: ['docs'] })
  bench.write('test/alternatives/01-message-passing/1.1-channel/chanel.ts', '')
  expect(() => readAlternatives(bench.root, chapter)).toThrow(
    'the alternative 1.1-channel stands in for solutions/01-message-passing/chanel.ts, which does not exist',
  )
})
