/** Values with one part that is not as the schema says, and the path of that part. */
import fc from 'fast-check'
import type { Schema, Struct } from '#serialization/schema'
import { expectation, fieldPath, keyStep, oneOf } from '#serialization/words'
import { schemaWithValue } from './any-schema.ts'

/** A place in a value, and what is wrong for it. */
interface Spot {
  readonly path: string
  readonly expected: string
  readonly wrong: readonly unknown[]
  /** The whole value, with another thing at this place. */
  replaced(thing: unknown): unknown
}

export interface PartlyWrong {
  readonly schema: Schema
  readonly value: unknown
  /** The part that was replaced. */
  readonly path: string
  readonly expected: string
  /** What stands there instead. */
  readonly found: unknown
}

/** A value of a random schema, one part of which was replaced by a thing that doesn't belong there. */
export const onePartWrong: fc.Arbitrary<PartlyWrong> = schemaWithValue().chain(({ schema, value }) => {
  const spots = spotsIn(schema, value, '', (thing) => thing)
  return fc.tuple(fc.constantFrom(...spots), fc.nat(100)).map(([spot, choice]) => {
    const found = spot.wrong[choice % spot.wrong.length]
    return { schema, value: spot.replaced(found), path: spot.path, expected: spot.expected, found }
  })
})

/** The part itself, and all parts of it. `put` makes the whole value anew, with another thing in the place of this one. */
function spotsIn(schema: Schema, value: unknown, path: string, put: (thing: unknown) => unknown): readonly Spot[] {
  const own: Spot = { path, expected: expectation(schema), wrong: wrongFor(schema), replaced: put }
  if (schema.kind === 'list' && Array.isArray(value)) {
    const items: readonly unknown[] = value
    const inner = items.map((item, index) =>
      spotsIn(schema.item, item, `${path}[${index}]`, (thing) => put(items.with(index, thing))),
    )
    return [own, ...inner.flat()]
  }
  if (schema.kind === 'map' && value instanceof Map) {
    const entries: readonly (readonly [unknown, unknown])[] = [...value]
    const inner = entries.map(([key, item], index) => {
      const putItem = (thing: unknown) => put(new Map(entries.with(index, [key, thing])))
      return spotsIn(schema.value, item, path + keyStep(key), putItem)
    })
    return [own, ...inner.flat()]
  }
  if (schema.kind === 'struct') return [own, ...spotsInFields(schema, value, path, put)]
  if (schema.kind !== 'union') return [own]
  const { discriminator, cases } = schema
  const object = propertiesOf(value)
  const chosen = cases.find(({ name }) => name === object[discriminator])
  const name: Spot = {
    path: fieldPath(path, discriminator),
    expected: oneOf(cases.map((each) => each.name)),
    wrong: [undefined, null, 0, '', 'no case'],
    replaced: (thing) => put({ ...object, [discriminator]: thing }),
  }
  return [own, name, ...(chosen === undefined ? [] : spotsInFields(chosen.schema, value, path, put))]
}

function spotsInFields(
  { fields }: Struct,
  value: unknown,
  path: string,
  put: (thing: unknown) => unknown,
): readonly Spot[] {
  const object = propertiesOf(value)
  return fields.flatMap(({ name, optional, schema }) => {
    const putField = (thing: unknown) => put({ ...object, [name]: thing })
    const place = fieldPath(path, name)
    if (object[name] === undefined) {
      return [{ path: place, expected: expectation(schema), wrong: [null, NOTHING], replaced: putField }]
    }
    const [own, ...inner] = spotsIn(schema, object[name], place, putField)
    if (own === undefined || optional) return own === undefined ? [] : [own, ...inner]
    return [{ ...own, wrong: [...own.wrong, undefined] }, ...inner] // a field that must be there, and is not
  })
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value ?? {}))
}

/** A thing that no schema describes. */
const NOTHING = Symbol('nothing of any schema')

/** Things that the schema doesn't describe, the near ones first. */
function wrongFor(schema: Schema): readonly unknown[] {
  return [...near[schema.kind], null, NOTHING]
}

const near: Readonly<Record<Schema['kind'], readonly unknown[]>> = {
  bool: [0, 'true'],
  u32: [-1, 0.5, 2 ** 32, 1n, Number.NaN],
  u53: [-1, 0.5, 2 ** 53, 1n, Number.NaN],
  u64: [-1n, 2n ** 64n, 1],
  i64: [2n ** 63n, -(2n ** 63n) - 1n, 1],
  f64: ['1', 1n],
  string: ['\ud83d', 'a\ude00', 1],
  bytes: [[1], new Uint16Array(1), 'AA=='],
  literal: ['no value of it', 0.5, 7n],
  list: [{ length: 0 }, new Uint8Array(1), 'ab'],
  map: [{}, [], new Set()],
  struct: ['text', 5, () => 1],
  union: ['text', 5, () => 1],
}
