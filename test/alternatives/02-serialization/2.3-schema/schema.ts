/**
 * Other constructors of schemas: all numbers are worked out first, and then the
 * list of them is looked at as a whole.
 */
import { nameFault, numberFault, partsOf } from '#serialization/names'
import type {
  Case,
  Cases,
  Field,
  List,
  Literal,
  LiteralValue,
  MapKey,
  MapOf,
  Numbered,
  Optional,
  Reserving,
  Scalar,
  ScalarKind,
  Schema,
  Shape,
  Struct,
  Union,
} from '#serialization/schema'
import { utf8Length } from '#serialization/utf8'

export type * from '#serialization/schema'

export const bool = scalar('bool')
export const u32 = scalar('u32')
export const u53 = scalar('u53')
export const u64 = scalar('u64')
export const i64 = scalar('i64')
export const f64 = scalar('f64')
export const string = scalar('string')
export const bytes = scalar('bytes')

function scalar<K extends ScalarKind>(kind: K): Scalar<K> {
  return Object.freeze({ kind })
}

export function literal<const V extends readonly LiteralValue[]>(...values: V): Literal<V[number]> {
  const seen = new Set<LiteralValue>()
  for (const value of values) {
    refuseIf(seen.has(value), () => `${JSON.stringify(value)} is there already`)
    refuseIf(typeof value === 'number' && !Number.isSafeInteger(value), () => `${value} is no safe integer`)
    refuseIf(Object.is(value, -0), () => '-0 would be read as 0')
    refuseIf(typeof value === 'string' && utf8Length(value) === -1, () => `${JSON.stringify(value)} is no text`)
    seen.add(value)
  }
  refuseIf(seen.size === 0, () => 'there is nothing to choose from')
  return { kind: 'literal', values: [...seen] }
}

export function list<I extends Schema>(item: I): List<I> {
  return { kind: 'list', item }
}

export function map<K extends MapKey, V extends Schema>(key: K, value: V): MapOf<K, V> {
  return { kind: 'map', key, value }
}

export function optional<S extends Schema>(item: S): Optional<S> {
  return { kind: 'optional', item }
}

export function numbered<const F extends Schema | Optional>(number: number, item: F): Numbered<F> {
  return { kind: 'numbered', number, item }
}

export function struct<const F extends Shape>(shape: F, { reserved = [] }: Reserving = {}): Struct<F> {
  const parts = partsOf<Shape[string]>(shape)
  const numbers = numbersOf(parts, reserved)
  const fields = parts.map(([name, given], index): Field => {
    const number = numbers[index] ?? Number.NaN
    const item = given.kind === 'numbered' ? given.item : given
    if (item.kind === 'optional') return { name, number, optional: true, schema: item.item }
    return { name, number, optional: false, schema: item }
  })
  return { kind: 'struct', shape, fields, reserved: reserved.slice() }
}

export function union<const D extends string, const C extends Cases>(
  discriminator: D,
  shape: C,
  { reserved = [] }: Reserving = {},
): Union<D, C> {
  const fault = nameFault(discriminator)
  refuseIf(fault !== undefined, () => `the discriminator: ${fault}`)
  const parts = partsOf<Cases[string]>(shape)
  refuseIf(parts.length === 0, () => 'a union of nothing has no values')
  const numbers = numbersOf(parts, reserved)
  const cases = parts.map(([name, given], index): Case => {
    const schema = given.kind === 'numbered' ? given.item : given
    const names = schema.fields.map((field) => field.name)
    refuseIf(names.includes(discriminator), () => `${name}.${discriminator} is what tells the cases apart`)
    return { name, number: numbers[index] ?? Number.NaN, schema }
  })
  return { kind: 'union', discriminator, shape, cases, reserved: reserved.slice() }
}

/** The number of each part. Throws a `TypeError` that names the first part whose name or number can't be. */
function numbersOf(
  parts: readonly (readonly [name: string, part: Shape[string]])[],
  reserved: readonly number[],
): readonly number[] {
  const numbers: number[] = []
  const inVain = reserved.find((number) => numberFault(number) !== undefined)
  refuseIf(inVain !== undefined, () => `${inVain} is reserved, and no part could have it`)
  for (const [, part] of parts) numbers.push(part.kind === 'numbered' ? part.number : (numbers.at(-1) ?? 0) + 1)
  for (const [index, [name]] of parts.entries()) {
    const number = numbers[index] ?? Number.NaN
    const fault = nameFault(name) ?? numberFault(number)
    refuseIf(fault !== undefined, () => `${name}: ${fault}`)
    refuseIf(numbers.indexOf(number) < index, () => `${name}: ${number} is that of another part`)
    refuseIf(reserved.includes(number), () => `${name}: ${number} was that of another part once`)
  }
  return numbers
}

function refuseIf(isWrong: boolean, why: () => string): void {
  if (isWrong) throw new TypeError(why())
}
