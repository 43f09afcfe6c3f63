/**
 * Names in two versions of a schema, and reservations. Names of fields and cases
 * are not on the wire, and neither are the values of a literal: numbers are, and places.
 */
import { type Change, misreads, refuses, UNHARMED } from '#serialization/consequence'
import type { Literal } from '#serialization/schema'

/** A field, or a case of a union. */
interface Part {
  readonly name: string
  readonly number: number
}

/**
 * What has become of the name of a part whose number is in both versions. A new
 * name for the same thing harms nobody. But a name that has another number in
 * the other version shows that the number was given to something else.
 */
export function compareNames(
  word: 'field' | 'case',
  before: Part,
  now: Part,
  olderParts: readonly Part[],
  newerParts: readonly Part[],
  path: string,
): readonly Change[] {
  if (before.name === now.name) return []
  const what = `${word} ${now.number} was called ${before.name}`
  const isAnother =
    newerParts.some(({ name }) => name === before.name) || olderParts.some(({ name }) => name === now.name)
  if (!isAnother) return [{ path, what, oldReaders: UNHARMED, newReaders: UNHARMED }]
  const [oldReaders, newReaders] = [misreads(before.name), misreads(now.name)]
  return [{ path, what: `${what}, and is another one now`, oldReaders, newReaders }]
}

/**
 * Numbers that were reserved for what is gone, and are free now: of the fields, or
 * the cases, of what stands at `path`. Nobody is harmed yet. Who takes such a number
 * in a version to come does harm, and then nobody compares with this older version.
 */
export function compareReserved(
  older: readonly number[],
  newer: readonly number[],
  newerParts: readonly Part[],
  path: string,
): readonly Change[] {
  const kept = new Set([...newer, ...newerParts.map(({ number }) => number)])
  const dropped = [...new Set(older)].filter((number) => !kept.has(number))
  return dropped.map((number) => {
    return { path, what: `number ${number} is not reserved any more`, oldReaders: UNHARMED, newReaders: UNHARMED }
  })
}

/** Values of a literal are told apart by their place: only at the end can one come or go. */
export function compareLiterals(older: Literal, newer: Literal, path: string): readonly Change[] {
  const shared = Math.min(older.values.length, newer.values.length)
  for (let place = 0; place < shared; place++) {
    const [before, now] = [older.values[place], newer.values[place]]
    if (before === now) continue
    const what = `the value ${place} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`
    return [{ path, what, oldReaders: misreads(JSON.stringify(before)), newReaders: misreads(JSON.stringify(now)) }]
  }
  if (older.values.length === newer.values.length) return []
  const isLonger = newer.values.length > older.values.length
  const others = (isLonger ? newer : older).values.slice(shared).map((value) => JSON.stringify(value))
  const what = `${others.join(', ')} ${isLonger ? 'can be said now' : "can't be said any more"}`
  const refused = refuses(others.join(', '))
  return [{ path, what, oldReaders: isLonger ? refused : UNHARMED, newReaders: isLonger ? UNHARMED : refused }]
}
