/**
 * What a type looks like, as a value: encoders, decoders, the compiler and the
 * checker of versions all walk it, and TypeScript reads the type off it.
 *
 * Field numbers are for formats that carry them (Protobuf). A field that is
 * given none gets the number after the one before it, from 1 on.
 */
import type { Infer } from '#serialization/infer'
import { nameFault, numberFault, partsOf } from '#serialization/names'
import { utf8Length } from '#serialization/utf8'
import { inWords } from '#serialization/words'

export type { Infer }

/** One value, without parts. `u53` is a `number`, `u64` and `i64` are a `bigint`. */
export type ScalarKind = 'bool' | 'u32' | 'u53' | 'u64' | 'i64' | 'f64' | 'string' | 'bytes'

/** A schema of one of these kinds. */
export interface Scalar<K extends ScalarKind = ScalarKind> {
  readonly kind: K
}

/** What a literal can consist of. */
export type LiteralValue = string | number | boolean

/** One of some values. */
export interface Literal<V extends LiteralValue = LiteralValue> {
  readonly kind: 'literal'
  readonly values: readonly V[]
}

/** Any number of items. */
export interface List<I extends Schema = Schema> {
  readonly kind: 'list'
  readonly item: I
}

/** What the keys of a map can be: kinds whose values are the same if they are equal. */
export type MapKey = Scalar<'bool' | 'u32' | 'u53' | 'u64' | 'i64' | 'string'>

/** Values by key. */
export interface MapOf<K extends MapKey = MapKey, V extends Schema = Schema> {
  readonly kind: 'map'
  readonly key: K
  readonly value: V
}

/** A field that may be absent. Only a struct's field can be that. */
export interface Optional<S extends Schema = Schema> {
  readonly kind: 'optional'
  readonly item: S
}

/** A field, or a case of a union, with a number of its own. */
export interface Numbered<F extends Schema | Optional = Schema | Optional> {
  readonly kind: 'numbered'
  readonly number: number
  readonly item: F
}

/** What a struct's fields are given as: by name, in their order. */
export type Shape = Readonly<Record<string, Schema | Optional | Numbered>>

/** A field as encoders look at it. */
export interface Field {
  readonly name: string
  readonly number: number
  readonly optional: boolean
  readonly schema: Schema
}

/** An object with fields. */
export interface Struct<F extends Shape = Shape> {
  readonly kind: 'struct'
  /** As it was given: what `Infer` reads. */
  readonly shape: F
  readonly fields: readonly Field[]
  /** Numbers that no field has, and none ever will: those of fields that are gone. A copy, in the order given. */
  readonly reserved: readonly number[]
}

/** What a struct or a union can be given beside its parts. */
export interface Reserving {
  /** Numbers of fields, or of cases, that are gone. The caller keeps the array, and may change it later. */
  readonly reserved?: readonly number[]
}

/** What a union's cases are given as: the struct of each, by the name of the case. */
export type Cases = Readonly<Record<string, Struct | Numbered<Struct>>>

/** A case as encoders look at it. */
export interface Case {
  readonly name: string
  readonly number: number
  readonly schema: Struct
}

/** One of several structs; the property `discriminator` of a value says which. */
export interface Union<D extends string = string, C extends Cases = Cases> {
  readonly kind: 'union'
  readonly discriminator: D
  readonly shape: C
  readonly cases: readonly Case[]
  /** Numbers that no case has, and none ever will: those of cases that are gone. A copy, in the order given. */
  readonly reserved: readonly number[]
}

export type Schema = Scalar | Literal | List | MapOf | Struct | Union

/** `true` or `false`. */
export const bool: Scalar<'bool'> = { kind: 'bool' }
/** A whole number from 0 to 2^32 - 1. */
export const u32: Scalar<'u32'> = { kind: 'u32' }
/** A whole number from 0 to 2^53 - 1: as far as a `number` counts exactly. */
export const u53: Scalar<'u53'> = { kind: 'u53' }
/** A whole number from 0 to 2^64 - 1, as a `bigint`. */
export const u64: Scalar<'u64'> = { kind: 'u64' }
/** A whole number from -2^63 to 2^63 - 1, as a `bigint`. */
export const i64: Scalar<'i64'> = { kind: 'i64' }
/** Any `number`, with -0, the infinities, and one NaN. */
export const f64: Scalar<'f64'> = { kind: 'f64' }
/** Text that has a UTF-8 form: any string without half of a surrogate pair. */
export const string: Scalar<'string'> = { kind: 'string' }
/** Any bytes, as a `Uint8Array`. */
export const bytes: Scalar<'bytes'> = { kind: 'bytes' }

/**
 * One of these values: an enumeration, or a constant when there is one. A binary
 * format writes a value's position in this list, from 0, so add new ones at the
 * end. Throws a `TypeError` when there is none, and one that names the value when it
 * occurs twice, when it is a number that is no safe integer or is -0, and when it
 * is a text that has no UTF-8 form.
 *
 * @exercise 2.3a Refuse what could not be told apart when it is read.
 */
export function literal<const V extends readonly LiteralValue[]>(...values: V): Literal<V[number]> {
  if (values.length === 0) throw new TypeError('a literal needs at least one value')
  for (const [index, value] of values.entries()) {
    if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
      throw new TypeError(`a number in a literal is a safe integer and not -0, but this is ${inWords(value)}`)
    }
    if (typeof value === 'string' && utf8Length(value) < 0) {
      throw new TypeError(`a text in a literal has half of a surrogate pair: ${JSON.stringify(value)}`)
    }
    if (values.indexOf(value) !== index) throw new TypeError(`a literal has the value ${JSON.stringify(value)} twice`)
  }
  return { kind: 'literal', values }
}

/** Any number of items, in an array without holes. */
export function list<I extends Schema>(item: I): List<I> {
  return { kind: 'list', item }
}

/** Values by key: a `Map`, since an object would take `__proto__` for something else, and numbers for text. */
export function map<K extends MapKey, V extends Schema>(key: K, value: V): MapOf<K, V> {
  return { kind: 'map', key, value }
}

/** A field that may be absent. */
export function optional<S extends Schema>(item: S): Optional<S> {
  return { kind: 'optional', item }
}

/** Gives a field or a case its number. It must never change, and never be used for another. */
export function numbered<const F extends Schema | Optional>(number: number, item: F): Numbered<F> {
  return { kind: 'numbered', number, item }
}

/**
 * An object with these fields, in their order. Throws a `TypeError` that names the
 * field when its name is no identifier or stands for something else on every object,
 * and one that names the field and the number when that belongs to a field before it, is
 * reserved, or is none that Protobuf allows. A number may be reserved twice. A reserved
 * number that Protobuf doesn't allow is refused too, by a `TypeError` that names it: it
 * would guard nothing.
 *
 * @exercise 2.3c Make a field of each part: `fields` knows neither `optional` nor `numbered`.
 */
export function struct<const F extends Shape>(shape: F, { reserved = [] }: Reserving = {}): Struct<F> {
  const fields: Field[] = []
  for (const { name, number, item } of numberedParts(shape, 'field', reserved)) {
    const isOptional = item.kind === 'optional'
    fields.push({ name, number, optional: isOptional, schema: isOptional ? item.item : item })
  }
  return { kind: 'struct', shape, fields, reserved: [...reserved] }
}

/**
 * One of several structs, in their order, told apart by the property `discriminator`. Throws as
 * `struct` does, with the name of the case in the place of the field's, and a `TypeError`
 * when there is no case, one that names the discriminator when that is no name that a
 * field may have, and one that names the case when it has a field of that name. Cases are
 * numbered apart from the fields in them, also where numbers are reserved.
 *
 * @exercise 2.3c The cases are numbered like fields. Refuse what would be ambiguous.
 */
export function union<const D extends string, const C extends Cases>(
  discriminator: D,
  shape: C,
  { reserved = [] }: Reserving = {},
): Union<D, C> {
  const fault = nameFault(discriminator)
  if (fault !== undefined) throw new TypeError(`the discriminator: ${fault}`)
  const cases: Case[] = []
  for (const { name, number, item } of numberedParts(shape, 'case', reserved)) {
    if (item.fields.some((field) => field.name === discriminator)) {
      throw new TypeError(`the case ${name} has a field ${discriminator}, by which the cases are told apart`)
    }
    cases.push({ name, number, schema: item })
  }
  if (cases.length === 0) throw new TypeError('a union needs at least one case')
  return { kind: 'union', discriminator, shape, cases, reserved: [...reserved] }
}

type Given<I extends Schema | Optional> = I | Numbered<I>

interface Part<I> {
  readonly name: string
  readonly number: number
  readonly item: I
}

/**
 * The parts of a struct or a union with their numbers: the one that is given, or
 * the one after the part before. Throws a `TypeError` that names the part and, if that
 * is at fault, the number; one that names a reserved number that no part can have.
 *
 * @exercise 2.3b Count on from the number before, and let each number be taken once.
 */
function numberedParts<I extends Schema | Optional>(
  shape: Readonly<Record<string, Given<I>>>,
  word: 'field' | 'case',
  reserved: readonly number[],
): readonly Part<I>[] {
  const taken = new Map<number, string>()
  for (const number of reserved) {
    const fault = numberFault(number)
    if (fault !== undefined) throw new TypeError(`reserved: ${fault}`)
    taken.set(number, `a ${word} that is gone`)
  }
  const parts: Part<I>[] = []
  let previous = 0
  for (const [name, given] of partsOf(shape)) {
    const number = givenNumber(given) ?? previous + 1
    const owner = taken.get(number)
    const fault = nameFault(name) ?? numberFault(number)
    if (fault !== undefined) throw new TypeError(`${name}: ${fault}`)
    if (owner !== undefined) throw new TypeError(`${name}: the number ${number} belongs to ${owner}`)
    taken.set(number, name)
    parts.push({ name, number, item: withoutNumber(given) })
    previous = number
  }
  return parts
}

/** The number that `numbered` gave to a part, or nothing: then its place decides. */
function givenNumber(given: Given<Schema | Optional>): number | undefined {
  return given.kind === 'numbered' ? given.number : undefined
}

/** The part itself, with what `numbered` put around it taken off. */
function withoutNumber<I extends Schema | Optional>(given: Given<I>): I {
  return (given.kind === 'numbered' ? given.item : given) as I // what isn't numbered is the part itself
}
