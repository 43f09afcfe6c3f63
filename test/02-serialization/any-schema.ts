/**
 * Random schemas, and random values of a schema, for laws: small ones, with the
 * values in them at which encoders break.
 *
 *     law(schemaWithValue(), 200, async ({ schema, value }, story) => {
 *       story.tell(`the schema ${schemaInWords(schema)}`)
 *       …
 */
import fc from 'fast-check'
import { lengthMin } from '#serialization/length-min'
import {
  bool,
  bytes,
  type Cases,
  f64,
  i64,
  list,
  literal,
  type MapKey,
  map,
  numbered,
  optional,
  type Scalar,
  type Schema,
  type Shape,
  type Struct,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'

export interface SchemaForm {
  /** Only schemas that have a Protobuf form: a struct or a union at the top, and no list of lists. */
  readonly protobuf?: boolean
  /** Only schemas that the compact format takes: no list of items that may take no bytes. */
  readonly compact?: boolean
}

export interface SchemaWithValue {
  readonly schema: Schema
  readonly value: unknown
}

/** A schema of any kind, with parts in parts, three levels deep at most. */
export function anySchema(form: SchemaForm = {}): fc.Arbitrary<Schema> {
  const innermost = schemas(form, leaf)
  const inner = schemas(form, innermost.any)
  const outer = schemas(form, inner.any)
  return form.protobuf === true ? fc.oneof(outer.structs, outer.unions) : outer.any
}

/** A struct, for what changes its fields. */
export function anyStruct(form: SchemaForm = {}): fc.Arbitrary<Struct> {
  return schemas(form, schemas(form, leaf).any).structs
}

/** A schema with one of its values. */
export function schemaWithValue(form: SchemaForm = {}): fc.Arbitrary<SchemaWithValue> {
  return anySchema(form).chain((schema) => anyValueOf(schema).map((value) => ({ schema, value })))
}

const keys: readonly MapKey[] = [bool, u32, u53, u64, i64, string]

const literalValues = ['', 'get', 'put', 'true', '1', '"\\', "'", '\u2028', '😀', '__proto__', 0, 1, -1, 2 ** 53 - 1]

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Schema>(...keys, f64, bytes) },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(fc.constantFrom<string | number | boolean>(...literalValues, true, false), {
        minLength: 1,
        maxLength: 4,
      })
      .map((values) => literal(...values)),
  },
)

/** Schemas whose parts are `part`. */
function schemas(form: SchemaForm, part: fc.Arbitrary<Schema>) {
  const isSimple = (schema: Schema) => schema.kind !== 'list' && schema.kind !== 'map'
  const item = form.protobuf === true ? part.filter(isSimple) : part
  const listed = form.compact === true ? item.filter((schema) => lengthMin(schema) > 0) : item
  const structs = structOf(form, part)
  const unions = unionOf(structs)
  const any = fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: structs },
    { weight: 1, arbitrary: unions },
    { weight: 1, arbitrary: listed.map(list) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...keys), item).map(([key, value]) => map(key, value)) },
  )
  return { any, structs, unions }
}

/** Among them words of JavaScript, and names that code made from a schema may use itself. */
const names = ['a', 'b', 'key', 'value', 'values', 'class', 'default', '$', '_1', 'A9']
const moreNames = ['writer', 'reader', 'tools', 'index1', 'name', 'length', 'size', 'path', 'then', 'toJSON']

/** Those around which the length of a tag changes, and the last before and the first after those of Protobuf itself. */
const numbers = [1, 2, 3, 4, 5, 15, 16, 2047, 2048, 18_999, 20_000, 2 ** 29 - 1]

/** Now and then, numbers of parts that are gone. */
const gone = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 1, maxLength: 3 }) },
)

function structOf(form: SchemaForm, part: fc.Arbitrary<Schema>): fc.Arbitrary<Struct> {
  const field = fc.record({
    name: fc.constantFrom(...names, ...moreNames),
    number: fc.constantFrom(...numbers),
    isOptional: fc.boolean(),
    schema: part,
  })
  const fields = fc.uniqueArray(field, {
    maxLength: 4,
    comparator: (a, b) => a.name === b.name || a.number === b.number,
  })
  return fc.tuple(fields, fc.boolean(), gone).map(([given, isNumbered, reserved]) => {
    const shape: Record<string, Shape[string]> = {}
    for (const { name, number, isOptional, schema } of given) {
      const hasAbsence = form.protobuf !== true || (schema.kind !== 'list' && schema.kind !== 'map')
      const item = isOptional && hasAbsence ? optional(schema) : schema
      shape[name] = isNumbered ? numbered(number, item) : item
    }
    return struct(shape, { reserved: withoutTaken(reserved, isNumbered, given) })
  })
}

/** The numbers that can be reserved beside these parts. Where no number is given, parts have those from 1 on. */
function withoutTaken(
  reserved: readonly number[],
  isNumbered: boolean,
  parts: readonly { readonly number: number }[],
): readonly number[] {
  return reserved.filter((gone) => (isNumbered ? parts.every(({ number }) => number !== gone) : gone > parts.length))
}

function unionOf(structs: fc.Arbitrary<Struct>): fc.Arbitrary<Schema> {
  const each = fc.record({
    name: fc.constantFrom('get', 'put', 'delete', 'key', '$'),
    number: fc.constantFrom(...numbers),
    schema: structs,
  })
  const cases = fc.uniqueArray(each, {
    minLength: 1,
    maxLength: 3,
    comparator: (a, b) => a.name === b.name || a.number === b.number,
  })
  return fc
    .tuple(fc.constantFrom('kind', 'type', 'case', '_tag'), cases, fc.boolean(), gone)
    .map(([discriminator, given, isNumbered, reserved]) => {
      const shape: Record<string, Cases[string]> = {}
      for (const { name, number, schema } of given) shape[name] = isNumbered ? numbered(number, schema) : schema
      return union(discriminator, shape, { reserved: withoutTaken(reserved, isNumbered, given) })
    })
}

/** A value that the schema describes. An optional field of it is there, or is no property at all. */
export function anyValueOf(schema: Schema): fc.Arbitrary<unknown> {
  switch (schema.kind) {
    case 'list':
      return fc.array(anyValueOf(schema.item), { maxLength: 4 })
    case 'map':
      return fc
        .uniqueArray(fc.tuple(anyValueOf(schema.key), anyValueOf(schema.value)), {
          maxLength: 4,
          selector: ([key]) => key,
          comparator: 'SameValueZero',
        })
        .map((entries) => new Map(entries))
    case 'struct':
      return objectOf(schema, {})
    case 'union':
      return fc.oneof(...schema.cases.map((each) => objectOf(each.schema, { [schema.discriminator]: each.name })))
    case 'literal':
      return fc.constantFrom(...schema.values)
    default:
      return scalarOf(schema)
  }
}

/** Fails for what is no schema, as the one that a reader's `struct` has put into a field may be. */
function scalarOf({ kind }: Scalar): fc.Arbitrary<unknown> {
  if (Object.hasOwn(scalars, kind)) return scalars[kind]()
  throw new Error(
    `a field or a case has a schema of the kind ${kind}: \`fields\` and \`cases\` know neither optional nor numbered (2.3c)`,
  )
}

function objectOf({ fields }: Struct, first: Readonly<Record<string, unknown>>): fc.Arbitrary<object> {
  const absent = Symbol('absent')
  const parts = fields.map(({ optional: isOptional, schema }) =>
    isOptional ? fc.option(anyValueOf(schema), { freq: 3, nil: absent }) : anyValueOf(schema),
  )
  return fc.tuple(...parts).map((values) => {
    const value: Record<string, unknown> = { ...first }
    for (const [index, { name }] of fields.entries()) if (values[index] !== absent) value[name] = values[index]
    return value
  })
}

const texts = ['', '\u{feff}', '\u{feff}a', '😀', 'é', 'e\u0301', '\0', '"\\\n', '\u2028', '\ufffd', '\ue000']
const moreTexts = ['__proto__', 'constructor', '1', 'a'.repeat(127), 'ä'.repeat(64)]

/** ASCII, or any code point that is no half of a surrogate pair. (The unit 'binary' of fast-check does the same, after a second.) */
const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  fc.nat(0x10ffff - 0x800).map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800)),
)

/** Where a varint gets longer by a byte, and where a 32-bit or a 53-bit number ends. */
const edges = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]
const edges64 = [0n, 1n, 127n, 128n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 56n - 1n, 2n ** 63n - 1n]
const edgesOfDoubles = [0, -0, 0.1, -1.5, 2 ** 53 - 1, Number.MIN_VALUE, Number.MAX_VALUE]

const scalars = {
  bool: () => fc.boolean(),
  u32: () => fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
  u53: () => fc.oneof(fc.constantFrom(...edges, 2 ** 32, 2 ** 49, 2 ** 53 - 1), fc.maxSafeNat()),
  u64: () =>
    fc.oneof(fc.constantFrom(...edges64, 2n ** 63n, 2n ** 64n - 1n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  i64: () =>
    fc.oneof(
      fc.constantFrom(...edges64, -1n, -64n, -65n, -(2n ** 63n)),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    ),
  f64: () => fc.oneof(fc.constantFrom(...edgesOfDoubles, Number.NaN, Infinity, -Infinity), fc.double()),
  string: () => fc.oneof(fc.constantFrom(...texts, ...moreTexts), fc.string({ unit: character, maxLength: 8 })),
  bytes: () => fc.uint8Array({ maxLength: 8 }),
}
