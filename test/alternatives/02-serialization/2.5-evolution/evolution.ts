/**
 * The checker the other way about: one function says what a reader of one
 * version makes of bytes of the other, in one direction, and a comparison asks
 * it twice.
 */
import type { Change, Consequence, Effect } from '#serialization/consequence'
import { defaultOf } from '#serialization/defaults'
import { protobuf } from '#serialization/protobuf'
import type { Case, Field, Schema, Struct, Union } from '#serialization/schema'
import { wireTypeOf } from '#serialization/wire'

export function compareVersions(older: Schema, newer: Schema): readonly Change[] {
  for (const version of [older, newer]) protobuf(version) // throws if there is no codec for it
  return [...parts(older, newer, '')]
}

export function explainChange({ path, what, oldReaders, newReaders }: Change): string {
  return `At ${path || 'the top'}, ${what}: those who are old ${oldReaders.text}, those who are new ${newReaders.text}.`
}

/** One side's view of a part: how bad it is, and in words. */
function seen(effect: Effect, text: string): Consequence {
  return { effect, text }
}

const fine = seen('none', 'are fine')

function both(path: string, what: string, read: (reader: 'older' | 'newer') => Consequence): Change {
  return { path, what, oldReaders: read('older'), newReaders: read('newer') }
}

function* parts(older: Schema, newer: Schema, path: string): Generator<Change> {
  if (older.kind !== newer.kind) {
    const [one, other] = [older, newer]
    yield both(path, `${one.kind} turned into ${other.kind}`, (reader) =>
      reader === 'older' ? kindRead(one, other) : kindRead(other, one),
    )
    const [oneItem, otherItem] = [one.kind === 'list' ? one.item : one, other.kind === 'list' ? other.item : other]
    if (oneItem.kind === otherItem.kind) yield* parts(oneItem, otherItem, `${path}[]`)
  } else if (older.kind === 'struct' && newer.kind === 'struct') yield* structs(older, newer, path)
  else if (older.kind === 'union' && newer.kind === 'union') yield* unions(older, newer, path)
  else if (older.kind === 'list' && newer.kind === 'list') yield* items(older.item, newer.item, `${path}[]`)
  else if (older.kind === 'map' && newer.kind === 'map') {
    yield* parts(older.key, newer.key, `${path}{key}`)
    yield* parts(older.value, newer.value, `${path}{}`)
  } else if (older.kind === 'literal' && newer.kind === 'literal') yield* literals(older.values, newer.values, path)
}

/** Kinds of which each contains the ones before it, in two chains. */
const chains: readonly (readonly Schema['kind'][])[] = [
  ['bool', 'u32', 'u53', 'u64'],
  ['string', 'bytes'],
]

function kindRead(reader: Schema, writer: Schema): Consequence {
  const refuse = seen('refuses', `refuse a ${writer.kind}`)
  if (isAlike(reader, writer)) return isLarger(reader, writer) ? fine : refuse
  if (reader.kind === 'list' && isAlike(reader.item, writer))
    return isLarger(reader.item, writer) ? seen('default', 'see it in a list, or no item') : refuse
  if (writer.kind === 'list' && isAlike(reader, writer.item)) return refuse
  const isTaken =
    wireTypeOf(reader) === wireTypeOf(writer) ||
    (reader.kind === 'list' && wireTypeOf(reader.item) === wireTypeOf(writer))
  return isTaken ? seen('misreads', `see a ${reader.kind}`) : refuse
}

function isAlike({ kind }: Schema, other: Schema): boolean {
  return kind === other.kind || chains.some((kinds) => kinds.includes(kind) && kinds.includes(other.kind))
}

/** Whether every value of `other`, which is alike, is one of the kind. */
function isLarger({ kind }: Schema, other: Schema): boolean {
  return kind === other.kind || chains.some((kinds) => kinds.indexOf(kind) > kinds.indexOf(other.kind))
}

function* items(older: Schema, newer: Schema, path: string): Generator<Change> {
  if (isAlike(older, newer)) yield* parts(older, newer, path)
  else
    yield both(path, `${older.kind} turned into ${newer.kind}`, (reader) =>
      seen('misreads', `see ${reader === 'older' ? older.kind : newer.kind}`),
    )
}

/** What a reader sees of a field that the writer has left out, or hasn't got. */
function absentRead(reader: Field): Consequence {
  const value = reader.optional ? undefined : defaultOf(reader.schema)
  if (!reader.optional && value === undefined) return seen('refuses', 'refuse to do without it')
  return seen('default', `see ${typeof value === 'object' ? 'nothing in it' : String(value)}`)
}

/** Fields or cases by number, those of the newer version first, with their path. */
function* byNumber<P extends Field | Case>(older: readonly P[], newer: readonly P[], path: string) {
  const numbers = new Set([...newer, ...older].map(({ number }) => number))
  for (const number of numbers) {
    const [before, now] = [older, newer].map((all) => all.find((part) => part.number === number))
    const { name } = now ?? before ?? { name: '' }
    yield { number, before, now, at: path === '' ? name : `${path}.${name}` }
  }
}

function* structs(older: Struct, newer: Struct, path: string): Generator<Change> {
  for (const { number, before, now, at } of byNumber(older.fields, newer.fields, path)) {
    if (before !== undefined && now !== undefined) {
      yield* names(before, now, older.fields, newer.fields, at)
      if (before.optional !== now.optional)
        yield both(at, now.optional ? 'it may be absent' : 'it may not be absent', (reader) => {
          const [own, other] = reader === 'older' ? [before, now] : [now, before]
          const isThere = !other.optional && (other.schema.kind === 'struct' || other.schema.kind === 'union')
          return isThere ? fine : absentRead(own)
        })
      yield* parts(before.schema, now.schema, at)
      continue
    }
    const reserved = now === undefined ? newer.reserved : older.reserved
    const isReserved = reserved.includes(number)
    const keep = seen('keeps', `pass on field ${number}`)
    if (now !== undefined) {
      const read = isReserved ? seen('misreads', 'see what is left of an older field') : absentRead(now)
      yield { path: at, what: `there is a field ${number}`, oldReaders: keep, newReaders: read }
    } else if (before !== undefined) {
      const what = `there is no field ${number}${isReserved ? '' : ', and the number is not reserved'}`
      yield { path: at, what, oldReaders: absentRead(before), newReaders: keep }
    }
  }
  yield* reservations(older.reserved, newer.reserved, newer.fields, path)
}

/** Each number that was reserved must still be, or have a part: else it is free for anything. */
function* reservations(
  older: readonly number[],
  newer: readonly number[],
  parts: readonly (Field | Case)[],
  path: string,
): Generator<Change> {
  for (const [index, number] of older.entries()) {
    const isFree = !newer.includes(number) && !parts.some((part) => part.number === number)
    if (isFree && older.indexOf(number) === index) yield both(path, `${number} is not reserved`, () => fine)
  }
}

function* unions(older: Union, newer: Union, path: string): Generator<Change> {
  for (const { number, before, now, at } of byNumber(older.cases, newer.cases, path)) {
    if (before !== undefined && now !== undefined) {
      yield* names(before, now, older.cases, newer.cases, at)
      yield* structs(before.schema, now.schema, at)
      continue
    }
    const refuse = seen('refuses', 'refuse it')
    if (now === undefined) {
      const isReserved = newer.reserved.includes(number)
      const what = `there is no case ${number}${isReserved ? '' : ', and the number is not reserved'}`
      yield { path: at, what, oldReaders: fine, newReaders: refuse }
    } else {
      const read = older.reserved.includes(number) ? seen('misreads', 'see what is left of an older case') : fine
      yield { path: at, what: `there is a case ${number}`, oldReaders: refuse, newReaders: read }
    }
  }
  yield* reservations(older.reserved, newer.reserved, newer.cases, path)
}

function* names<P extends Field | Case>(
  before: P,
  now: P,
  older: readonly P[],
  newer: readonly P[],
  path: string,
): Generator<Change> {
  if (before.name === now.name) return
  const isTaken = newer.some((part) => part.name === before.name) || older.some((part) => part.name === now.name)
  yield both(path, `${before.name} turned into ${now.name}`, () =>
    isTaken ? seen('misreads', `see ${now.name} for ${before.name}`) : fine,
  )
}

function* literals(older: readonly unknown[], newer: readonly unknown[], path: string): Generator<Change> {
  const place = older.findIndex((value, index) => index < newer.length && value !== newer[index])
  if (place >= 0) {
    const what = `place ${place} is ${String(newer[place])} and was ${String(older[place])}`
    yield both(path, what, () => seen('misreads', 'see another value'))
  } else if (older.length !== newer.length) {
    yield both(path, `there are ${newer.length} values, and were ${older.length}`, (reader) => {
      const [own, other] = reader === 'older' ? [older, newer] : [newer, older]
      return own.length > other.length ? fine : seen('refuses', `refuse ${other.slice(own.length).join(', ')}`)
    })
  }
}
