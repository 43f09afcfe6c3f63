import { describe, expect, test } from 'vitest'
import { parseCommandLine, seedOf } from '../chapters/command-line.ts'
import { findChapter, findExercise, readBook } from '../chapters/exercises.ts'
import { findUnimplemented } from '../chapters/play.ts'
import { unimplemented } from '../chapters/unimplemented.ts'
import { chooseExercises } from './check.ts'
import { Workbench } from './workbench.ts'

const root = new URL('..', import.meta.url).pathname
const book = readBook(root)

describe('the table of contents', () => {
  test('has thirteen chapters, and those with exercises count as written', () => {
    expect(book.map((chapter) => chapter.number)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1))
    for (const chapter of book) expect(chapter.written, chapter.title).toBe(chapter.exercises.length > 0)
  })

  test('knows of each exercise the page, the files and the checks', () => {
    const exercise = findExercise(book, '1.1')
    expect(exercise).toMatchObject({
      chapter: 1,
      folder: '01-message-passing',
      condition: 'mine-1.1',
      page: 'docs/01-message-passing/1.1-channel.md',
      modules: [
        {
          specifier: '#message-passing/channel',
          mine: 'chapters/01-message-passing/channel.ts',
          reference: 'solutions/01-message-passing/channel.ts',
        },
      ],
    })
    expect(exercise.checks[0], 'the file with the plain name comes first').toBe(
      'test/01-message-passing/1.1-channel.test.ts',
    )
    expect(exercise.title).not.toMatch(/^[\d.]/)
  })

  test('an exercise may have several files', () => {
    const files = findExercise(book, '1.4').modules.map((module) => module.mine.split('/').at(-1))
    expect(files.toSorted()).toEqual(['broadcast.ts', 'oneshot.ts', 'watch.ts'])
  })

  test('an exercise without a page takes its title from its modules', () => {
    using bench = new Workbench({ without: ['docs', 'test'] })
    expect(findExercise(readBook(bench.root), '1.4').title).toBe('broadcast, oneshot, watch')
  })
})

describe('a wrong number', () => {
  test('of an exercise: the right ones are named', () => {
    expect(() => findExercise(book, '1.9')).toThrow(/there is no exercise 1\.9; there are 1\.1, 1\.2, 1\.3/)
  })

  test('of a chapter: the range is named', () => {
    for (const number of ['0', '14', 'one', '01']) {
      expect(() => findChapter(book, number)).toThrow(`there is no chapter ${number}; chapters go from 1 to 13`)
    }
  })

  test('of a chapter that is still being written: those that can be read are named', () => {
    expect(() => findChapter(book, '13')).toThrow(/chapter 13, Production, is still being written; you can read .*1/)
  })
})

describe('npm run check', () => {
  const numbersFor = (choice: string | undefined, passed: readonly string[]) => {
    const progress = Object.fromEntries(
      passed.map((number) => [number, { state: 'passed', passed: 1, failed: 0 } as const]),
    )
    return chooseExercises(book, progress, choice).map((exercise) => exercise.number)
  }

  test('takes the first exercise that is not finished when none is named', () => {
    expect(numbersFor(undefined, [])).toEqual(['1.1'])
    expect(numbersFor(undefined, ['1.1', '1.3'])).toEqual(['1.2'])
  })

  test('takes one exercise, or all of a chapter', () => {
    expect(numbersFor('1.3', [])).toEqual(['1.3'])
    expect(numbersFor('1', ['1.1'])).toEqual(book[0]?.exercises.map((exercise) => exercise.number))
  })
})

describe('the command line of a demo', () => {
  test('words and flags come apart, in every spelling', () => {
    const line = parseCommandLine(['1', 'mine', '--seed', '7', '--capacity=0', '--fast'])
    expect(line).toEqual({ words: ['1', 'mine'], flags: { seed: '7', capacity: '0', fast: true } })
    expect(parseCommandLine(['--help', '1'])).toEqual({ words: ['1'], flags: { help: true } })
  })

  test('a seed is 1 by default, and a wrong one is named', () => {
    expect(seedOf(parseCommandLine([]))).toBe(1)
    expect(seedOf(parseCommandLine(['--seed', '4294967295']))).toBe(4_294_967_295)
    for (const seed of ['-1', '1.5', 'x', '4294967296']) {
      expect(() => seedOf(parseCommandLine([`--seed=${seed}`]))).toThrow(`from 0 to 4294967295, not ${seed}`)
    }
    expect(() => seedOf(parseCommandLine(['--seed']))).toThrow('not nothing')
  })

  test('a part that is not written is found under the errors that were wrapped around it', () => {
    const error = unimplemented('1.1a', 'Send it.')
    const wrapped = new AggregateError([new Error('group', { cause: { failures: [{ task: 'a', error }] } })])
    expect(findUnimplemented(wrapped)).toMatchObject({ exercise: '1.1a', what: 'Send it.' })
    expect(findUnimplemented(new Error('another'))).toBeUndefined()
    const loop = new Error('round')
    loop.cause = loop
    expect(findUnimplemented(loop)).toBeUndefined()
  })
})
