/**
 * Another check of values: a generator goes through all parts, each with its
 * whole path, and yields the faults as it meets them. Nobody asks for a second one.
 */
import type { Literal, Scalar, Schema, Struct, Union } from '#serialization/schema'
import { utf8Length } from '#serialization/utf8'
import { expectation, inWords, keyStep, oneOf } from '#serialization/words'

export interface Fault {
  readonly path: string
  readonly expected: string
  readonly found: string
}

export class OutsideSchema extends Error {
  override readonly name = 'OutsideSchema'
  readonly code = 'OUTSIDE_SCHEMA'
  readonly path: string
  readonly expected: string
  readonly found: string

  constructor({ path, expected, found }: Fault) {
    super(`${path || 'the value'}: expected ${expected}, found ${found}`)
    this.path = path
    this.expected = expected
    this.found = found
  }
}

export function faultOf(schema: Schema, value: unknown): Fault | undefined {
  for (const fault of faultsIn(schema, value, [])) return fault
  return undefined
}

function* faultsIn(schema: Schema, value: unknown, steps: readonly string[]): Generator<Fault> {
  const isRightKind = isOfKind(schema, value)
  if (!isRightKind) yield fault(steps, expectation(schema), value)
  else if (schema.kind === 'list') {
    const items = [...(value as Iterable<unknown>)] // isOfKind: an array
    for (const [index, item] of items.entries()) yield* faultsIn(schema.item, item, [...steps, `[${index}]`])
  } else if (schema.kind === 'map') {
    const entries = value as ReadonlyMap<unknown, unknown> // isOfKind: a Map
    for (const [key, item] of entries) {
      const inner = [...steps, keyStep(key)]
      yield* faultsIn(schema.key, key, inner)
      yield* faultsIn(schema.value, item, inner)
    }
  } else if (schema.kind === 'struct') yield* faultsInFields(schema, value, steps)
  else if (schema.kind === 'union') yield* faultsInCase(schema, value, steps)
}

function* faultsInFields({ fields }: Struct, value: unknown, steps: readonly string[]): Generator<Fault> {
  for (const { name, optional, schema } of fields) {
    const part = propertyOf(value, name)
    if (optional && part === undefined) continue
    yield* faultsIn(schema, part, [...steps, `.${name}`])
  }
}

function* faultsInCase({ discriminator, cases }: Union, value: unknown, steps: readonly string[]): Generator<Fault> {
  const byName = new Map<unknown, Struct>(cases.map(({ name, schema }) => [name, schema]))
  const name = propertyOf(value, discriminator)
  const chosen = byName.get(name)
  if (chosen === undefined) yield fault([...steps, `.${discriminator}`], oneOf([...byName.keys()]), name)
  else yield* faultsInFields(chosen, value, steps)
}

/** Whether the value itself, its parts aside, is what the schema asks for. */
function isOfKind(schema: Schema, value: unknown): boolean {
  switch (schema.kind) {
    case 'list':
      return Array.isArray(value)
    case 'map':
      return value instanceof Map
    case 'struct':
    case 'union':
      return typeof value === 'object' && value !== null
    default:
      return isScalar(schema, value)
  }
}

const RANGES = {
  u32: [0, 4_294_967_295],
  u53: [0, 9_007_199_254_740_991],
  u64: [0n, 18_446_744_073_709_551_615n],
  i64: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
} as const

export function isScalar(schema: Scalar | Literal, value: unknown): boolean {
  switch (schema.kind) {
    case 'bool':
      return value === true || value === false
    case 'u32':
    case 'u53': {
      const [least, greatest] = RANGES[schema.kind]
      return typeof value === 'number' && Math.trunc(value) === value && value >= least && value <= greatest
    }
    case 'u64':
    case 'i64': {
      const [least, greatest] = RANGES[schema.kind]
      return typeof value === 'bigint' && value >= least && value <= greatest
    }
    case 'f64':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string' && utf8Length(value) !== -1
    case 'bytes':
      return value instanceof Uint8Array
    case 'literal':
      return schema.values.some((each) => each === value)
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return Reflect.get(Object(value), name)
}

function fault(steps: readonly string[], expected: string, found: unknown): Fault {
  return { path: steps.join('').replace(/^\./, ''), expected, found: inWords(found) }
}
