/** Random pairs of versions: a random schema, and what some random changes make of it. */
import fc from 'fast-check'
import { isKey } from '#serialization/keys'
import { asMessage } from '#serialization/protobuf-form'
import {
  bool,
  bytes,
  type Case,
  type Field,
  f64,
  i64,
  type Literal,
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  type Struct,
  string,
  struct,
  type Union,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { anySchema, anyValueOf } from './any-schema.ts'

export interface VersionPair {
  readonly older: Schema
  readonly newer: Schema
  /** Values that the older version describes, and that the newer one does. */
  readonly oldValues: readonly unknown[]
  readonly newValues: readonly unknown[]
}

/** What is changed: numbers, of which each kind of schema makes something else. */
interface Edit {
  /** Which part of the schema, counted from the outside in. */
  readonly where: number
  readonly what: number
  readonly first: number
  readonly second: number
  readonly schema: Schema
}

const kinds: readonly Schema[] = [bool, u32, u53, u64, i64, f64, string, bytes]
const structs = [struct({}), struct({ a: u32 }), struct({ a: string, b: optional(u32) })]
const others = [literal('get', 'put'), literal(0, 1, 2), list(string), list(u32), map(string, u32), ...structs]
const unions = [
  union('kind', { get: struct({ a: u32 }), put: struct({}) }),
  union('type', { put: structs[1] ?? struct({}) }),
]

const edit: fc.Arbitrary<Edit> = fc.record({
  where: fc.nat(20),
  what: fc.nat(20),
  first: fc.nat(5),
  second: fc.nat(5),
  schema: fc.constantFrom(...kinds, ...others, ...unions),
})

/** A pair that one to `editsMax` changes lie between, with two values of each version. */
export function versionPairs(editsMax: number): fc.Arbitrary<VersionPair> {
  return fc
    .tuple(anySchema({ protobuf: true }), fc.array(edit, { minLength: 1, maxLength: editsMax }))
    .chain(([older, edits]) => {
      const newer = edits.reduce(changed, older)
      const valuesOf = (schema: Schema) => fc.array(anyValueOf(schema), { minLength: 2, maxLength: 2 })
      return fc.record({
        older: fc.constant(older),
        newer: fc.constant(newer),
        oldValues: valuesOf(older),
        newValues: valuesOf(newer),
      })
    })
}

/** The schema after a change, or as it was when the change would leave no schema for a Protobuf message. */
function changed(schema: Schema, change: Edit): Schema {
  try {
    const partsCount = rewritten(schema, -1, change).seen
    const after = rewritten(schema, change.where % partsCount, change).schema
    asMessage(after)
    return after
  } catch (error) {
    if (error instanceof TypeError) return schema
    throw error
  }
}

/** The schema with its part number `target` changed, and how many parts it has. */
function rewritten(schema: Schema, target: number, change: Edit, seen = 0): { schema: Schema; seen: number } {
  if (seen === target) return { schema: applied(schema, change), seen: seen + 1 }
  let count = seen + 1
  const inside = (part: Schema): Schema => {
    const result = rewritten(part, target, change, count)
    count = result.seen
    return result.schema
  }
  const after = withParts(schema, inside)
  return { schema: after, seen: count }
}

function withParts(schema: Schema, inside: (part: Schema) => Schema): Schema {
  switch (schema.kind) {
    case 'list':
      return list(inside(schema.item))
    case 'map': {
      const key = inside(schema.key)
      if (!isKey(key)) throw new TypeError('no key of a map')
      return map(key, inside(schema.value))
    }
    case 'struct':
      return structOf(
        schema.fields.map((field) => ({ ...field, schema: inside(field.schema) })),
        schema.reserved,
      )
    case 'union':
      return unionOf(
        schema.discriminator,
        schema.cases.map((each) => ({ ...each, schema: asStruct(inside(each.schema)) })),
        schema.reserved,
      )
    default:
      return schema
  }
}

function applied(schema: Schema, change: Edit): Schema {
  const isReplaced = change.what % 7 === 0
  if (isReplaced) return replaced(schema, change)
  if (schema.kind === 'struct') return changedStruct(schema, change)
  if (schema.kind === 'union') return changedUnion(schema, change)
  if (schema.kind === 'literal') return changedLiteral(schema, change)
  return replaced(schema, change)
}

function replaced(schema: Schema, { first, schema: other }: Edit): Schema {
  if (first === 0 && schema.kind === 'list') return schema.item
  return first === 0 ? list(schema) : other
}

function changedStruct({ fields, reserved }: Struct, { what, first, second, schema }: Edit): Schema {
  const [field, other] = [fields[first % fields.length], fields[second % fields.length]]
  const rest = fields.filter((each) => each !== field)
  const free = reserved.filter((number) => number !== reserved[0])
  if (what % 7 === 1) return structOf([...fields, { name: 'added', number: 30, optional: false, schema }], reserved)
  if (what % 7 === 2) return structOf([...fields, { name: 'extra', number: 31, optional: true, schema }], reserved)
  if (field === undefined || other === undefined) return structOf(fields, reserved)
  if (what === 3) return structOf(rest, reserved)
  if (what === 10) return structOf(rest, [...reserved, field.number])
  if (what === 17) return structOf([...fields, { ...field, name: 'reused', number: reserved[0] ?? 32 }], free)
  if (what % 7 === 4) return structOf([...rest, { ...field, name: 'renamed' }], reserved)
  if (what === 5) return structOf([...rest, { ...field, number: 33 + second }], reserved)
  if (what === 12 || what === 19) return structOf(swapped(fields, field, other), reserved)
  return structOf([...rest, { ...field, optional: !field.optional }], reserved)
}

function changedUnion({ discriminator, cases, reserved }: Union, { what, first, second }: Edit): Schema {
  const [each, other] = [cases[first % cases.length], cases[second % cases.length]]
  if (each === undefined || other === undefined) throw new TypeError('a union has a case')
  const rest = cases.filter((candidate) => candidate !== each)
  const of = (changed: readonly Case[], guarded = reserved) => unionOf(discriminator, changed, guarded)
  if (what % 7 === 1) return of([...cases, { ...each, name: 'added', number: 30 }])
  if (what === 2) return of(rest)
  if (what === 9) return of(rest, [...reserved, each.number])
  if (what === 16) return of([...cases, { ...each, name: 'reused', number: reserved[0] ?? 32 }], reserved.slice(1))
  if (what % 7 === 3) return of([...rest, { ...each, name: 'renamed' }])
  if (what % 7 === 4) return of([...rest, { ...each, number: 33 + second }])
  if (what % 7 === 5) return of(swapped(cases, each, other))
  return unionOf('renamed', cases, reserved)
}

function changedLiteral({ values }: Literal, { what, first, second }: Edit): Schema {
  const place = first % (values.length + 1)
  if (what % 7 < 2) return literal(...values, 'added')
  if (what % 7 < 4) return literal(...values.slice(0, place), 'between', ...values.slice(place))
  if (what % 7 < 5) return literal(...values.slice(0, -1))
  return literal(...values.slice(0, second), ...values.slice(second + 1))
}

/** The same parts, two of which have one another's numbers. */
function swapped<P extends { readonly number: number }>(parts: readonly P[], one: P, other: P): readonly P[] {
  return parts.map((part) => {
    if (part === one) return { ...part, number: other.number }
    return part === other ? { ...part, number: one.number } : part
  })
}

function structOf(fields: readonly Field[], reserved: readonly number[]): Struct {
  const shape = fields.map((field) => {
    const item = field.optional ? optional(field.schema) : field.schema
    return [field.name, numbered(field.number, item)] as const
  })
  return struct(Object.fromEntries(shape), { reserved })
}

function unionOf(discriminator: string, cases: readonly Case[], reserved: readonly number[]): Union {
  const shape = cases.map((each) => [each.name, numbered(each.number, each.schema)] as const)
  return union(discriminator, Object.fromEntries(shape), { reserved })
}

function asStruct(schema: Schema): Struct {
  if (schema.kind === 'struct') return schema
  throw new TypeError('a case of a union is a struct')
}
