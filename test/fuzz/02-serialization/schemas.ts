/** Schemas to fuzz: a few that are rich and stay the same, and as many random ones as wanted. */
import type { Random } from '#message-passing/random'
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  type Shape,
  type Struct,
  string,
  struct,
  type Union,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import { pick } from '../draw.ts'

/** A value of the chapter's later use: what a client asks of a key-value store. */
const command = union('kind', {
  put: struct({ key: string, value: bytes, ttlMs: optional(u32), tags: list(string) }),
  get: struct({ key: string, consistency: literal('strong', 'stale') }),
  delete: struct({ keys: list(string), ifVersion: optional(u64) }),
  noop: struct({}),
})

const everyKind = struct({
  flag: bool,
  small: u32,
  safe: u53,
  large: u64,
  signed: i64,
  real: f64,
  text: string,
  raw: bytes,
  level: literal('low', 'high', 3, true),
  items: list(i64),
  labels: map(string, u32),
  inner: struct({ a: optional(bool), b: string }),
  choice: optional(union('type', { left: struct({ value: u53 }), right: struct({ value: string }) })),
})

const lists = struct({
  flags: list(bool),
  reals: list(f64),
  places: list(literal(0, 1, 2)),
  names: list(string),
  rows: list(struct({ cells: list(u32), name: optional(string) })),
})

const maps = struct({
  byName: map(string, struct({ size: u53, raw: bytes })),
  bySign: map(i64, command),
  byFlag: map(bool, f64),
  byNumber: map(u64, string),
  bySmall: map(u32, struct({ more: map(u53, bool) })),
})

const scattered = struct({
  last: numbered(536_870_911, optional(string)),
  first: numbered(1, u32),
  far: numbered(20_000, list(struct({ x: numbered(16, f64), y: numbered(15, optional(f64)) }))),
  log: numbered(300, list(union('op', { set: numbered(2, struct({ to: i64 })), drop: numbered(7, struct({})) }))),
})

/** These two have no Protobuf form. */
const nested = list(list(list(u32)))
const alone = map(string, list(map(u32, optionalText())))

function optionalText(): Struct {
  return struct({ text: optional(string), depth: list(list(bool)) })
}

export const FIXED_SCHEMAS: readonly Schema[] = [command, everyKind, lists, maps, scattered, nested, alone]

const KEYS = [bool, u32, u53, u64, i64, string] as const
const LEAVES = [...KEYS, f64, bytes, literal('a', 'b', 'c'), literal(7), literal(false, 'false', 0)] as const
const NAMES = [
  'a',
  'b',
  'id',
  'key',
  'value',
  'name',
  'kind',
  'type',
  'length',
  '$',
  '_x',
  '_x1',
  'toJSON',
  'then',
] as const
const DEPTH_MAX = 4

/** A random schema. With `isMessage` it has a Protobuf form. */
export function drawSchema(random: Random, isMessage: boolean): Schema {
  if (isMessage) return random.chance(0.7) ? drawStruct(random, 1, true) : drawUnion(random, 1, true)
  return drawPart(random, 1, false)
}

function drawPart(random: Random, depth: number, isMessage: boolean): Schema {
  const choice = depth >= DEPTH_MAX ? 0 : random.uniform()
  if (choice < 0.45) return pick(random, LEAVES)
  if (choice < 0.6) return list(drawItem(random, depth + 1, isMessage))
  if (choice < 0.7) return map(pick(random, KEYS), drawItem(random, depth + 1, isMessage))
  return choice < 0.88 ? drawStruct(random, depth + 1, isMessage) : drawUnion(random, depth + 1, isMessage)
}

/** What a list or a map can hold: in Protobuf neither lists nor maps, and something of a byte at least anywhere. */
function drawItem(random: Random, depth: number, isMessage: boolean): Schema {
  const item = drawPart(random, depth, isMessage)
  return isMessage && (item.kind === 'list' || item.kind === 'map') ? pick(random, LEAVES) : item
}

function drawStruct(random: Random, depth: number, isMessage: boolean, fieldsMin = 1, without = ''): Struct {
  const shape: Record<string, Shape[string]> = {}
  let number = random.integer(0, 20)
  for (let count = random.integer(fieldsMin, 6); count > 0; count--) {
    const name = pick(random, NAMES)
    if (name === without || name in shape) continue
    const part = drawPart(random, depth, isMessage)
    const hasNoAbsence = isMessage && (part.kind === 'list' || part.kind === 'map')
    number += random.chance(0.2) ? random.integer(1, 2_000) : 1
    shape[name] = numbered(number, !hasNoAbsence && random.chance(0.3) ? optional(part) : part)
  }
  return Object.keys(shape).length >= fieldsMin ? struct(shape) : struct({ only: bool })
}

function drawUnion(random: Random, depth: number, isMessage: boolean): Union {
  const discriminator = pick(random, NAMES)
  const cases: Record<string, Struct> = {}
  for (let count = random.integer(1, 4); count > 0; count--) {
    cases[pick(random, NAMES)] = drawStruct(random, depth + 1, isMessage, 0, discriminator)
  }
  return union(discriminator, cases)
}
