/** The page of famous mistakes says of each how it was caught: the results must be there, and of no others. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBook } from '../chapters/exercises.ts'
import type { Mutant } from './mutant.ts'
import { catchOf, gapsIn, type MutantResult, RENEW, readResults, updateResults } from './mutant-results.ts'
import { inLanes, loadMutants } from './mutants.ts'
import type { Broken } from './simulated.ts'

const root = join(import.meta.dirname, '..')

test('each famous mistake has a result, and each result a mistake', async () => {
  const results = readResults(root)
  const chapters = readBook(root).filter((chapter) => chapter.written)
  const gaps = await Promise.all(
    chapters.map(async (chapter) => gapsIn(results, chapter.number, await loadMutants(chapter))),
  )
  expect(gaps.flat(), `renew the results with ${RENEW}, or of one chapter with npm run mutants 1 -- --save`).toEqual([])
})

test('no two mistakes of a chapter have one name', async () => {
  for (const chapter of readBook(root).filter(({ written }) => written)) {
    const names = (await loadMutants(chapter)).map(({ name }) => name)
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  }
})

function mutant(name: string, caughtBy = 'it notices'): Mutant {
  return { name, file: 'solutions/01-a/b.ts', find: 'a', replace: 'b', caughtBy, lists: [] }
}

describe('results', () => {
  const known: readonly MutantResult[] = [
    { chapter: 1, name: 'forgets', check: 'it notices' },
    { chapter: 1, name: 'is no more', check: 'it notices' },
    { chapter: 2, name: 'forgets', check: 'another one' },
  ]

  test('of mistakes that were tried take the place of old ones, and others stay, in the order of the list', () => {
    const found = new Map([['repeats', { check: 'it notices', seed: 3, events: 70 }]])
    expect(updateResults(known, 1, [mutant('repeats'), mutant('forgets')], found)).toEqual([
      { chapter: 1, name: 'repeats', check: 'it notices', seed: 3, events: 70 },
      { chapter: 1, name: 'forgets', check: 'it notices' },
      { chapter: 2, name: 'forgets', check: 'another one' },
    ])
  })

  test('that are missing, left over, or of another check are told', () => {
    expect(gapsIn(known, 1, [mutant('forgets', 'it sees'), mutant('repeats')])).toEqual([
      'chapter 1: "forgets" was caught by "it notices", and its list says "it sees"',
      'chapter 1: "repeats" is not in test/mutants/results.json',
      'chapter 1: "is no more" is in test/mutants/results.json, and no mistake any more',
    ])
  })
})

test('a catch tells the run of the named check, or the first of another that plays seeds', () => {
  const failed = (name: string, broken?: Broken) => ({ name, state: 'failed' as const, ...(broken && { broken }) })
  const [plain, early, late] = [
    failed('plain'),
    failed('early', { seed: 1, events: 9 }),
    failed('late', { seed: 1, events: 70 }),
  ]
  expect(catchOf(late, [plain, early, late])).toEqual({ check: 'late', seed: 1, events: 70 })
  expect(catchOf(plain, [plain, late, early])).toEqual({ check: 'plain', world: { seed: 1, events: 9 } })
  expect(catchOf(plain, [plain])).toEqual({ check: 'plain' })
})

test('work is shared among lanes, one piece at a time on each, and told in its order', async () => {
  const busy = new Set<string>()
  const told: number[] = []
  const by = new Map<number, string>()
  const perform = async (lane: string, piece: number) => {
    expect(busy.has(lane), `${lane} does one thing at a time`).toBe(false)
    busy.add(lane)
    for (let turn = 0; turn < (piece === 1 ? 50 : 2); turn++) await Promise.resolve()
    busy.delete(lane)
    by.set(piece, lane)
    return piece
  }
  await inLanes(['left', 'right'], [1, 2, 3, 4, 5], perform, (piece) => told.push(piece))
  expect(told, 'though the first took longest').toEqual([1, 2, 3, 4, 5])
  expect(
    [...by.values()].filter((lane) => lane === 'right'),
    'one lane does not wait for the other',
  ).toHaveLength(4)
})
