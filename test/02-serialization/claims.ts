/** What a checker of versions claims, and whether it is true. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Change, EFFECTS, misreads, refuses } from '#serialization/consequence'
import { compareVersions, explainChange } from '#serialization/evolution'
import type { Schema } from '#serialization/schema'
import type { Story } from '../law.ts'
import { meet, type Observed } from './meeting.ts'
import { schemaInWords } from './schema-in-words.ts'
import type { VersionPair } from './version-pairs.ts'

/** Fails unless these changes are named, in whatever order. */
export function expectClaims(older: Schema, newer: Schema, expected: readonly string[], rule: string): void {
  const order =
    'each line is a part, or nothing for the whole message, what happens to old readers, and what happens to new readers'
  expect(claims(older, newer).toSorted(), `${rule} (${order})`).toEqual(expected.toSorted())
  for (const { path, what, oldReaders, newReaders } of compareVersions(older, newer))
    for (const said of [what, oldReaders.text, newReaders.text])
      expect(
        UNSAID,
        `of '${path}' a sentence breaks off: say what changed, what is refused, what it is taken for`,
      ).not.toContain(said)
}

/** Texts that say nothing, and those that break off. */
const UNSAID = ['', refuses('').text, misreads('').text]

/** Where the changes are, in their order: to be compared with `inOrder`. */
export function pathsOf(older: Schema, newer: Schema): string {
  return inOrder(...compareVersions(older, newer).map(({ path }) => path))
}

/** Paths, a line for each, so that a difference can be seen. */
export function inOrder(...paths: readonly string[]): string {
  return paths.map((path) => path || '(the whole message)').join('\n')
}

/** A line a change: `ttlMs: keeps, default`, the effect on old readers of new bytes first. */
function claims(older: Schema, newer: Schema): readonly string[] {
  return compareVersions(older, newer).map(
    ({ path, oldReaders, newReaders }) => `${path}: ${oldReaders.effect}, ${newReaders.effect}`,
  )
}

/** Lets both versions read one another's bytes, and fails if something worse happens than is claimed of that part. */
export function expectNothingWorse({ older, newer, oldValues, newValues }: VersionPair, story: Story): void {
  const changes = compareVersions(older, newer)
  story.tell(`the older version is ${schemaInWords(older)}`)
  story.tell(`the newer version is ${schemaInWords(newer)}`)
  for (const change of changes) story.tell(`the checker says: ${explainChange(change)}`)
  for (const value of newValues) expectClaimed(changes, 'oldReaders', newer, older, value)
  for (const value of oldValues) expectClaimed(changes, 'newReaders', older, newer, value)
}

function expectClaimed(
  changes: readonly Change[],
  readers: 'oldReaders' | 'newReaders',
  writer: Schema,
  reader: Schema,
  value: unknown,
): void {
  const isReaderNewer = readers === 'newReaders'
  for (const observed of meet(writer, reader, isReaderNewer, value)) {
    const claimed = changes.filter(({ path }) => speaksOf(path, observed)).map((change) => change[readers].effect)
    const worst = Math.max(0, ...claimed.map((effect) => EFFECTS.indexOf(effect)))
    if (EFFECTS.indexOf(observed.effect) <= worst) continue
    const who = isReaderNewer ? 'a new reader of old bytes' : 'an old reader of new bytes'
    expect.fail(
      `${who}: '${observed.effect}' happens at '${observed.path}' (${observed.seen}), and the checker says '${EFFECTS[worst]}' at worst.\nThe value is ${fc.stringify(value)}`,
    )
  }
}

/** Whether a change at this path is about what was observed: there or around it; of what was refused, also within it. */
function speaksOf(path: string, observed: Observed): boolean {
  if (isWithin(observed.path, path)) return true
  return observed.effect === 'refuses' && isWithin(path, observed.path)
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || outer === '' || (inner.startsWith(outer) && /^[.[{]/.test(inner.slice(outer.length)))
}
