/** Which check has caught each famous mistake, in which run: written by `npm run mutants -- --save`, for the page of them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult } from './checks/report.ts'
import type { Mutant } from './mutant.ts'

/** How a mistake was caught. `seed` and `events` are there if the check plays seeds. */
export interface Catch {
  /** The check's full name. */
  readonly check: string
  /** The first seed with which the check failed: it plays them from 1 up. */
  readonly seed?: number
  /** What had happened in that run when a rule broke. */
  readonly events?: number
  /** If the check plays no seeds and others that failed do: the first run in which one of those did. */
  readonly world?: { readonly seed: number; readonly events: number }
}

/** How a mistake was caught by the check that is named for it, among all checks that failed. */
export function catchOf(named: CheckResult, failures: readonly CheckResult[]): Catch {
  if (named.broken !== undefined) return { check: named.name, ...named.broken }
  const runs = failures.flatMap(({ broken }) => broken ?? [])
  const [first] = runs.toSorted((one, other) => one.seed - other.seed || one.events - other.events)
  return { check: named.name, ...(first !== undefined && { world: first }) }
}

/** The catch of one mistake. Within a chapter, names differ. */
export interface MutantResult extends Catch {
  readonly chapter: number
  readonly name: string
}

const FILE = 'test/mutants/results.json'

/** What renews the results. */
export const RENEW = 'npm run mutants -- --save'

export function readResults(root: string): readonly MutantResult[] {
  return JSON.parse(readFileSync(join(root, FILE), 'utf8')) as readonly MutantResult[] // `writeResults` writes them
}

export function writeResults(root: string, results: readonly MutantResult[]): void {
  writeFileSync(join(root, FILE), `${JSON.stringify(results, undefined, 2)}\n`)
}

/**
 * The results of a chapter after some of its mistakes were tried: what is new in the place of what was
 * known, in the order of the mistakes, and nothing of mistakes that there no longer are.
 */
export function updateResults(
  known: readonly MutantResult[],
  chapter: number,
  mutants: readonly Mutant[],
  found: ReadonlyMap<string, Catch>,
): readonly MutantResult[] {
  const updated = mutants.flatMap(({ name }) => {
    const fresh = found.get(name)
    if (fresh !== undefined) return [{ chapter, name, ...fresh }]
    return known.filter((result) => result.chapter === chapter && result.name === name)
  })
  const others = known.filter((result) => result.chapter !== chapter)
  return [...others, ...updated].sort((left, right) => left.chapter - right.chapter) // keeps the order within a chapter
}

/** What the results lack, or have too much of, as sentences: none when they are complete. */
export function gapsIn(
  results: readonly MutantResult[],
  chapter: number,
  mutants: readonly Mutant[],
): readonly string[] {
  const own = results.filter((result) => result.chapter === chapter)
  const missing = mutants.flatMap(({ name, caughtBy }) => {
    const result = own.find((each) => each.name === name)
    if (result === undefined) return [`chapter ${chapter}: "${name}" is not in ${FILE}`]
    if (result.check.includes(caughtBy)) return []
    return [`chapter ${chapter}: "${name}" was caught by "${result.check}", and its list says "${caughtBy}"`]
  })
  const names = new Set(mutants.map(({ name }) => name))
  const stray = own.filter(({ name }) => !names.has(name))
  return [
    ...missing,
    ...stray.map(({ name }) => `chapter ${chapter}: "${name}" is in ${FILE}, and no mistake any more`),
  ]
}
