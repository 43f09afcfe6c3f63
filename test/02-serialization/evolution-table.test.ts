import { expect, test } from 'vitest'
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { EFFECTS } from '#serialization/consequence'
import { compareVersions } from '#serialization/evolution'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import type { Schema } from '#serialization/schema'
import { isSame, isWritten } from './same-value.ts'
import { type VersionChange, versionChanges } from './version-changes.ts'

/** What happens to a value, from harmless to worst. */
const FATES = ['same', 'kept', 'default', 'dropped', 'refused', 'MISREAD'] as const
type Fate = (typeof FATES)[number]

const formats: readonly (readonly [name: string, format: (schema: Schema) => Codec<unknown>, golden: string])[] = [
  ['JSON', (schema) => json(schema) as Codec<unknown>, 'evolution-json'], // of any schema
  ['compact', (schema) => compact(schema) as Codec<unknown>, 'evolution-compact'], // of any schema
  ['Protobuf', (schema) => protobuf(schema) as Codec<unknown>, 'evolution-protobuf'], // of any schema
]

test.each(formats)(
  'the table of %s on the page is what encoding and decoding really do',
  async (name, format, golden) => {
    const row = (what: string, old: string, now: string) => `${what.padEnd(30)}${old.padEnd(8)}${now}`
    const lines = versionChanges.map((change) => row(change.what, ...fatesOf(format, change)))
    const table = [row(name, 'old', 'new'), ...lines].join('\n') // narrow enough for a phone
    await expect(`${table}\n`).toMatchFileSnapshot(`golden/${golden}.txt`)
  },
)

const told = versionChanges.filter(({ cannotBeTold }) => cannotBeTold !== true)

test.each(told)('the checker says of Protobuf what the table says: $what', (change) => {
  const changes = compareVersions(change.older, change.newer)
  const worst = (['oldReaders', 'newReaders'] as const).map((readers) => {
    const effects = changes.map((each) => EFFECTS.indexOf(each[readers].effect))
    return EFFECTS[Math.max(0, ...effects)]
  })
  const words = {
    same: 'none',
    kept: 'keeps',
    default: 'default',
    dropped: '',
    refused: 'refuses',
    MISREAD: 'misreads',
  }
  const seen = fatesOf((schema) => protobuf(schema) as Codec<unknown>, change).map((fate) => words[fate]) // of any schema
  expect(worst).toEqual(seen)
})

/** What old readers make of new bytes, and new readers of old bytes: the worst of all values. */
function fatesOf(format: (schema: Schema) => Codec<unknown>, change: VersionChange): readonly [old: Fate, new: Fate] {
  const [older, newer] = [format(change.older), format(change.newer)]
  const byOld = change.newValues.map((value) => fateOf(change, change.newer, newer, change.older, older, value))
  const byNew = change.oldValues.map((value) => fateOf(change, change.older, older, change.newer, newer, value))
  return [worstOf(byOld), worstOf(byNew)]
}

function fateOf(
  { renamed }: VersionChange,
  writerSchema: Schema,
  writer: Codec<unknown>,
  readerSchema: Schema,
  reader: Codec<unknown>,
  value: object,
): Fate {
  const read = reader.decode(writer.encode(value))
  if (!read.ok) return 'refused'
  const meant = new Map(Object.entries(value))
  const seen = new Map(Object.entries(Object(read.value)))
  const [written, wanted] = [fieldsOf(writerSchema), fieldsOf(readerSchema)]
  const nameFor = (name: string) => (renamed?.includes(name) ? renamed.find((other) => other !== name) : name)
  const fates = wanted.map((field): Fate => {
    const same = written.find(({ name }) => name === field.name || name === nameFor(field.name))
    const [before, now] = [same && meant.get(same.name), seen.get(field.name)]
    if (same !== undefined && isAlike(same.schema, field.schema, before, now)) return 'same'
    return isWritten({ ...field, optional: false }, now) ? 'MISREAD' : 'default'
  })
  for (const { name } of written) {
    if (wanted.some((field) => field.name === name || field.name === nameFor(name))) continue
    const back = writer.decode(reader.encode(read.value))
    const isBack = back.ok && Object(back.value)[name] === meant.get(name)
    fates.push(isBack ? 'kept' : 'dropped')
  }
  return worstOf(fates)
}

/** The same, or a list with nothing else in it. */
function isAlike(writer: Schema, reader: Schema, meant: unknown, seen: unknown): boolean {
  if (writer.kind === 'list' && reader.kind !== 'list' && Array.isArray(meant))
    return meant.length === 1 && isSame(writer.item, reader, meant[0], seen)
  if (reader.kind === 'list' && writer.kind !== 'list' && Array.isArray(seen))
    return seen.length === 1 && isSame(writer, reader.item, meant, seen[0])
  return isSame(writer, reader, meant, seen)
}

function fieldsOf(schema: Schema) {
  return schema.kind === 'struct' ? schema.fields : []
}

function worstOf(fates: readonly Fate[]): Fate {
  return FATES[Math.max(0, ...fates.map((fate) => FATES.indexOf(fate)))] ?? 'same'
}
