// Exercise 2.3, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.3-schema.md, then let `npm run check 2.3` tell you how far you are.
// Stub 69447005: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Whether a value is what a schema describes. TypeScript has checked that
 * already, as far as it could see: not the range of a number, not half of a
 * surrogate pair, and nothing that came through an `any` or out of a database.
 */
import { isObject } from '#serialization/checked'
import type { List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import { utf8Length } from '#serialization/utf8'
import { expectation, inWords, keyStep, oneOf } from '#serialization/words'
import { unimplemented } from '#unimplemented'

/** The first part of a value that is not as the schema says. */
export interface Fault {
  /** Which part: `entries[3].key`, or `''` for the whole. */
  readonly path: string
  /** What the schema asks for there, by `expectation`; of a discriminator, one of the names of the cases. */
  readonly expected: string
  /** What is there, by `inWords`. */
  readonly found: string
}

/** Thrown by an encoder for a value that its schema does not describe. Nothing was written. */
export class OutsideSchema extends Error {
  override readonly name = 'OutsideSchema'
  readonly code = 'OUTSIDE_SCHEMA'
  readonly path: string
  readonly expected: string
  readonly found: string

  constructor({ path, expected, found }: Fault) {
    super(`${path === '' ? 'the value' : path}: expected ${expected}, found ${found}`)
    this.path = path
    this.expected = expected
    this.found = found
  }
}

/**
 * The first part of `value`, in the order of the schema, that is not as the
 * schema says, or nothing. Properties that the schema doesn't name are not looked at.
 * Looks at no part more than a few times, however many there are and however deep, and
 * remembers nothing of a value.
 *
 * @exercise 2.3e Check scalars here, and hand a schema that has parts, whole, to the function for its kind.
 */
export function faultOf(schema: Schema, value: unknown): Fault | undefined {
  throw unimplemented(
    '2.3e',
    'Check scalars here, and hand a schema that has parts, whole, to the function for its kind.',
  )
}

/**
 * Whether `value` is one that a schema without parts describes.
 *
 * @exercise 2.3d A kind of number is a range, and whether there may be a fraction.
 */
export function isScalar(
  schema: Exclude<Schema, { readonly kind: 'list' | 'map' | 'struct' | 'union' }>,
  value: unknown,
): boolean {
  throw unimplemented('2.3d', 'A kind of number is a range, and whether there may be a fraction.')
}

/**
 * The fault of what is no array, or the first of its items, with the item's place in front: `[3].key`.
 *
 * @exercise 2.3f Is it an array at all? Then the path grows on the way back: each level puts its own step in front.
 */
function faultOfItems(schema: List, value: unknown): Fault | undefined {
  throw unimplemented(
    '2.3f',
    'Is it an array at all? Then the path grows on the way back: each level puts its own step in front.',
  )
}

/**
 * The fault of what is no `Map`, of any class of Maps, or the first of its entries, with the key in front: `["a"]`.
 *
 * @exercise 2.3f Is it a Map at all? Then entry by entry in the map's order, each key before its value.
 */
function faultOfMap(schema: MapOf, value: unknown): Fault | undefined {
  throw unimplemented('2.3f', "Is it a Map at all? Then entry by entry in the map's order, each key before its value.")
}

/**
 * The fault of what is no object, or the first of its fields, with the field's name in front.
 *
 * @exercise 2.3f Is it an object at all? An optional field may be absent or undefined, any other must be there.
 */
function faultOfStruct(schema: Struct, value: unknown): Fault | undefined {
  throw unimplemented(
    '2.3f',
    'Is it an object at all? An optional field may be absent or undefined, any other must be there.',
  )
}

/**
 * The fault of what is no object, of the discriminator, or of the case that it names.
 *
 * @exercise 2.3f Is it an object at all? Then look up the case, and treat the value as its struct.
 */
function faultOfUnion(schema: Union, value: unknown): Fault | undefined {
  throw unimplemented('2.3f', 'Is it an object at all? Then look up the case, and treat the value as its struct.')
}

/** The fault of a field that is absent or undefined: nothing if it may be. */
function absentFault(isOptional: boolean, schema: Schema): Fault | undefined {
  return isOptional ? undefined : fault('', expectation(schema), undefined)
}

/** The fault that `found` is where `expected` is asked for; `path` is `''` for the value itself, `.name` for a field. */
function fault(path: string, expected: string, found: unknown): Fault {
  return { path: withoutDot(path), expected, found: inWords(found) }
}

/** The fault of a part as one of the whole, with the step to that part in front: `.name`, `[3]`, or what `keyStep` makes. */
function within(step: string, inner: Fault): Fault {
  const rest = inner.path === '' || inner.path.startsWith('[') ? inner.path : `.${inner.path}`
  return { ...inner, path: withoutDot(step + rest) }
}

function withoutDot(path: string): string {
  return path.startsWith('.') ? path.slice(1) : path
}
