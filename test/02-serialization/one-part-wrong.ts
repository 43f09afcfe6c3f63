/** Values with one part or two that are not as the schema says, and the path of the first. */
import fc from 'fast-check'
import type { Schema, Struct } from '#serialization/schema'
import { expectation, fieldPath, keyStep, oneOf } from '#serialization/words'
import { schemaWithValue } from './any-schema.ts'

/** A place in a value, and what is wrong for it. */
interface Spot {
  /** Where it is, once this thing is there: the key of an entry is a step of its own path. */
  path(thing: unknown): string
  readonly expected: string
  readonly wrong: readonly unknown[]
  /** The whole value, with another thing at this place. */
  replaced(thing: unknown): unknown
}

export interface PartlyWrong {
  readonly schema: Schema
  readonly value: unknown
  /** The part that was replaced; if there are two, the first, in the order of the schema. */
  readonly path: string
  readonly expected: string
  /** What stands there instead. */
  readonly found: unknown
}

/** A value of a random schema, one part of which was replaced by a thing that doesn't belong there. */
export const onePartWrong: fc.Arbitrary<PartlyWrong> = schemaWithValue().chain(({ schema, value }) => {
  const spots = spotsIn(schema, value, '', (thing) => thing)
  return fc.tuple(fc.constantFrom(...spots), fc.nat(100)).map(([spot, choice]) => spoiled(schema, spot, choice))
})

/**
 * A value in which a second part was replaced as well, behind the first one or inside it. What comes before
 * the second is as it was, so that the first is found at its old place in the list of spots.
 */
export const twoPartsWrong: fc.Arbitrary<PartlyWrong> = schemaWithValue()
  .map(({ schema, value }) => ({ schema, value, spots: spotsIn(schema, value, '', (thing) => thing) }))
  .filter(({ spots }) => spots.length > 2)
  .chain(({ schema, value, spots }) => {
    const places = fc.uniqueArray(fc.integer({ min: 1, max: spots.length - 1 }), { minLength: 2, maxLength: 2 })
    return fc.tuple(places, fc.nat(100), fc.nat(100)).map(([both, choice, choiceBehind]) => {
      const behind = spots[Math.max(...both)]
      const once = behind === undefined ? value : spoiled(schema, behind, choiceBehind).value
      const first = spotsIn(schema, once, '', (thing) => thing)[Math.min(...both)]
      if (first === undefined) throw new Error('what comes before a part has moved')
      return spoiled(schema, first, choice)
    })
  })

function spoiled(schema: Schema, spot: Spot, choice: number): PartlyWrong {
  const thing = spot.wrong[choice % spot.wrong.length]
  const found = thing === HOLE ? undefined : thing
  return { schema, value: spot.replaced(thing), path: spot.path(found), expected: spot.expected, found }
}

/** The part itself, and all parts of it. `put` makes the whole value anew, with another thing in the place of this one. */
function spotsIn(schema: Schema, value: unknown, path: string, put: (thing: unknown) => unknown): readonly Spot[] {
  const own: Spot = { path: () => path, expected: expectation(schema), wrong: wrongFor(schema), replaced: put }
  if (schema.kind === 'list' && Array.isArray(value)) {
    const items: readonly unknown[] = value
    const inner = items.map((item, index) => {
      const putItem = (thing: unknown) => put(thing === HOLE ? withHole(items, index) : items.with(index, thing))
      return withMoreWrong(spotsIn(schema.item, item, `${path}[${index}]`, putItem), [undefined, HOLE])
    })
    return [own, ...inner.flat()]
  }
  if (schema.kind === 'map' && value instanceof Map) {
    const entries: readonly (readonly [unknown, unknown])[] = [...value]
    const inner = entries.map(([key, item], index) => {
      const putItem = (thing: unknown) => put(new Map(entries.with(index, [key, thing])))
      const ofKey: Spot = {
        path: (thing) => path + keyStep(thing),
        expected: expectation(schema.key),
        wrong: wrongFor(schema.key),
        replaced: (thing) => put(new Map(entries.with(index, [thing, item]))),
      }
      return [ofKey, ...spotsIn(schema.value, item, path + keyStep(key), putItem)]
    })
    return [own, ...inner.flat()]
  }
  if (schema.kind === 'struct') return [own, ...spotsInFields(schema, value, path, put)]
  if (schema.kind !== 'union') return [own]
  const { discriminator, cases } = schema
  const object = propertiesOf(value)
  const chosen = cases.find(({ name }) => name === object[discriminator])
  const name: Spot = {
    path: () => fieldPath(path, discriminator),
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
      return [{ path: () => place, expected: expectation(schema), wrong: [null, NOTHING], replaced: putField }]
    }
    const spots = spotsIn(schema, object[name], place, putField)
    return optional ? spots : withMoreWrong(spots, [undefined]) // a field that must be there, and is not
  })
}

/** The same spots; the first of them, which is the part itself, may be replaced by these things too. */
function withMoreWrong([own, ...inner]: readonly Spot[], things: readonly unknown[]): readonly Spot[] {
  return own === undefined ? [] : [{ ...own, wrong: [...own.wrong, ...things] }, ...inner]
}

function withHole(items: readonly unknown[], index: number): readonly unknown[] {
  const sparse = [...items]
  delete sparse[index]
  return sparse
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value ?? {}))
}

/** A thing that no schema describes. */
const NOTHING = Symbol('nothing of any schema')

/** Stands for no item at all, in the place of one. */
const HOLE = Symbol('a hole in a list')

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
