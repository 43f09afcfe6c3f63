// Exercise 2.5, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.5-evolution.md, then let `npm run check 2.5` tell you how far you are.
// Stub c7f79c12: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * What happens when two versions of a schema meet in the Protobuf format: old
 * programs read what new ones write, and new programs read what old ones wrote.
 * Both happen in every deployment that isn't done on all machines at once.
 *
 * What is said of readers is the worst that they may meet.
 */
import {
  type Change,
  type Consequence,
  keeps,
  misreads,
  refuses,
  SEE_LIST_OF_ONE,
  seesNothing,
  TAKE_FORMER_FOR_IT,
  UNHARMED,
} from '#serialization/consequence'
import { asMessage } from '#serialization/protobuf-form'
import { compareLiterals, compareNames, compareReserved } from '#serialization/renaming'
import type { Case, Field, Schema, Struct, Union } from '#serialization/schema'
import { LENGTH_PREFIXED, type WireType, wireTypeInWords, wireTypeOf } from '#serialization/wire'
import { fieldPath } from '#serialization/words'
import { unimplemented } from '#unimplemented'

/**
 * The changes from `older` to `newer`, and what each does to programs that exchange
 * their bytes in the Protobuf format. In the order of the newer fields, then of the
 * older ones that are gone, and last come reservations that were dropped. Throws a
 * `TypeError`, as `protobuf` does, if either is no message of that format.
 */
export function compareVersions(older: Schema, newer: Schema): readonly Change[] {
  return compareSchemas(asMessage(older), asMessage(newer), '')
}

/** A change in a sentence, for a review. */
export function explainChange({ path, what, oldReaders, newReaders }: Change): string {
  const where = path === '' ? '' : `${path}: `
  return `${where}${what}. Old readers of new bytes ${oldReaders.text}; new readers of old bytes ${newReaders.text}.`
}

/** The changes of one part, at `path`: of what lies in it, if it is of the same kind as before. */
function compareSchemas(older: Schema, newer: Schema, path: string): readonly Change[] {
  if (older.kind === 'struct' && newer.kind === 'struct') return compareStructs(older, newer, path)
  if (older.kind === 'union' && newer.kind === 'union') return compareUnions(older, newer, path)
  if (older.kind === 'literal' && newer.kind === 'literal') return compareLiterals(older, newer, path)
  if (older.kind === 'list' && newer.kind === 'list') return compareItems(older.item, newer.item, `${path}[]`)
  if (older.kind === 'map' && newer.kind === 'map') {
    return [
      ...compareSchemas(older.key, newer.key, `${path}{key}`),
      ...compareSchemas(older.value, newer.value, `${path}{}`),
    ]
  }
  return older.kind === newer.kind ? [] : compareKinds(older, newer, path)
}

/**
 * A field that is new, at `path`. If the older version had reserved its number,
 * bytes from before that may still have it, and a value of another field with it:
 * there new readers misread, whatever the field is now.
 *
 * @exercise 2.5c Old readers don't know it; new readers don't find it in what is old.
 */
function added({ number, optional, schema }: Field, wasReserved: boolean, path: string): Change {
  throw unimplemented('2.5c', "Old readers don't know it; new readers don't find it in what is old.")
}

/**
 * A field that is gone, and stood at `path`. `what` has the words `not reserved`
 * if the newer version hasn't reserved its number, and only then.
 *
 * @exercise 2.5c The other way round. Its number must be reserved, or somebody will take it.
 */
function removed({ number, optional, schema }: Field, isReserved: boolean, path: string): Change {
  throw unimplemented('2.5c', 'The other way round. Its number must be reserved, or somebody will take it.')
}

/**
 * A field in both versions, at `path`: whether it may be absent, and its schema.
 * In `compareStructs` its name was compared already. `what` has the words `may be
 * absent` or `may not be absent`, whichever is so in the newer version.
 *
 * @exercise 2.5c A default is not on the wire, unless the field may be absent. What do readers see who may not, or may, find nothing?
 */
function compareFields(older: Field, newer: Field, path: string): readonly Change[] {
  throw unimplemented(
    '2.5c',
    'A default is not on the wire, unless the field may be absent. What do readers see who may not, or may, find nothing?',
  )
}

/**
 * Fields are the same if their numbers are. First what the newer fields say, in
 * their order, then the older ones that are gone, in theirs, and at last what
 * `compareReserved` says. The structs stand at `path`, and each field at its
 * `fieldPath` in there.
 *
 * @exercise 2.5c Which fields are new, which are in both, and which are gone?
 */
function compareStructs(older: Struct, newer: Struct, path: string): readonly Change[] {
  throw unimplemented('2.5c', 'Which fields are new, which are in both, and which are gone?')
}

/** What a reader sees where a writer has left the field out: who must write it may leave out its default, but no struct and no union. */
function readsLeftOut(reader: Field, writer: Field): Consequence {
  const isAlwaysWritten = !writer.optional && (writer.schema.kind === 'struct' || writer.schema.kind === 'union')
  return isAlwaysWritten ? UNHARMED : seesNothing(reader.optional, reader.schema)
}

/** A part of another kind than before. In a list of one it may be of the same kind. */
function compareKinds(older: Schema, newer: Schema, path: string): readonly Change[] {
  const what = `${older.kind} is now ${newer.kind}`
  const change = { path, what, oldReaders: readsOtherKind(older, newer), newReaders: readsOtherKind(newer, older) }
  const [oldItem, newItem] = [itemOf(older), itemOf(newer)]
  return oldItem.kind === newItem.kind ? [change, ...compareSchemas(oldItem, newItem, `${path}[]`)] : [change]
}

/**
 * What a reader of one kind does with values that were written as another. The
 * text names the reader's kind, for which they are taken, or what is refused.
 *
 * @exercise 2.5d Some kinds are alike. Of the others, another wire type is noticed, and the same one isn't.
 */
function readsOtherKind(reader: Schema, writer: Schema): Consequence {
  throw unimplemented(
    '2.5d',
    "Some kinds are alike. Of the others, another wire type is noticed, and the same one isn't.",
  )
}

/**
 * The same for kinds whose bytes mean the same, and `undefined` for all others. A
 * kind and itself are alike, and so are the whole numbers without a sign, among
 * which false is 0 and true is 1, and text and bytes, since text is UTF-8. No others
 * are, though the bytes of some may mean the same: a map is, on the wire, a list of
 * structs whose field 1 is the key and whose field 2 is the value.
 *
 * @exercise 2.5d A smaller kind can be read as a larger one. The other way round it depends on the value.
 */
function readsAlike(reader: Schema, writer: Schema): Consequence | undefined {
  throw unimplemented(
    '2.5d',
    'A smaller kind can be read as a larger one. The other way round it depends on the value.',
  )
}

/**
 * Items of lists, at `path`, which ends in `[]`. A list may stand in one field with
 * a length, whatever its items are, so the wire type doesn't tell that they are of
 * another kind. `what` names the former kind first, as it does of other parts.
 *
 * @exercise 2.5d Unless they are alike, nobody notices.
 */
function compareItems(older: Schema, newer: Schema, path: string): readonly Change[] {
  throw unimplemented('2.5d', 'Unless they are alike, nobody notices.')
}

/** The wire types of which a reader takes a value: items of a list may come packed, and one by one. */
function wireTypesReadBy(schema: Schema): readonly WireType[] {
  return schema.kind === 'list' ? [LENGTH_PREFIXED, wireTypeOf(schema.item)] : [wireTypeOf(schema)]
}

/** How many bits a whole number without a sign has, or 0 for any other kind. */
function bitsOf({ kind }: Schema): number {
  return kind === 'bool' ? 1 : kind === 'u32' ? 32 : kind === 'u53' ? 53 : kind === 'u64' ? 64 : 0
}

/** What a list is a list of. Anything else is taken for a list of one. */
function itemOf(schema: Schema): Schema {
  return schema.kind === 'list' ? schema.item : schema
}

/** Cases are the same if their numbers are. A reader can't do without the case: it knows nothing else about the value. */
function compareUnions(older: Union, newer: Union, path: string): readonly Change[] {
  const changes: Change[] = []
  for (const each of newer.cases) {
    const casePath = fieldPath(path, each.name)
    const before = older.cases.find((candidate) => candidate.number === each.number)
    if (before === undefined) changes.push(addedCase(each, older.reserved.includes(each.number), casePath))
    else {
      changes.push(...compareNames('case', before, each, older.cases, newer.cases, casePath))
      changes.push(...compareStructs(before.schema, each.schema, casePath))
    }
  }
  for (const each of older.cases) {
    if (newer.cases.some((candidate) => candidate.number === each.number)) continue
    changes.push(removedCase(each, newer.reserved.includes(each.number), fieldPath(path, each.name)))
  }
  changes.push(...compareReserved(older.reserved, newer.reserved, newer.cases, path))
  return changes
}

function addedCase({ number }: Case, wasReserved: boolean, path: string): Change {
  const isOver = wasReserved ? ', and has the number of a case that is gone' : ''
  const newReaders = wasReserved ? TAKE_FORMER_FOR_IT : UNHARMED
  return { path, what: `case ${number} is new${isOver}`, oldReaders: refuses('this case'), newReaders }
}

function removedCase({ number }: Case, isReserved: boolean, path: string): Change {
  const isUnguarded = isReserved ? '' : ', and its number is not reserved'
  return { path, what: `case ${number} is gone${isUnguarded}`, oldReaders: UNHARMED, newReaders: refuses('this case') }
}
