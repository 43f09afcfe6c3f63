/** Random values of a schema, edges more often than chance would have it. */
import type { Random } from '#message-passing/random'
import type { Schema, Struct } from '#serialization/schema'
import { drawBytes, pick } from '../draw.ts'

const SAFE_MAX = Number.MAX_SAFE_INTEGER
const U32_EDGES = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1] as const
const U53_EDGES = [...U32_EDGES, 2 ** 32, 2 ** 49 - 1, 2 ** 49, SAFE_MAX - 1, SAFE_MAX] as const
const U64_EDGES = [0n, 1n, 127n, 128n, 2n ** 49n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n] as const
const I64_EDGES = [0n, -1n, 1n, -64n, 64n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)] as const
const F64_EDGES = [0, -0, 1.5, -1, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 2 ** 53] as const
const TEXTS = [
  '',
  'a',
  'key',
  '__proto__',
  '\u{FEFF}',
  '\u{FFFD}',
  '\u{1F600}',
  'ä\n"\\',
  '\u{0}',
  '2^53',
  '==',
] as const

export function drawValue(random: Random, schema: Schema): unknown {
  switch (schema.kind) {
    case 'bool':
      return random.chance(0.5)
    case 'u32':
      return random.chance(0.4) ? pick(random, U32_EDGES) : random.integer(0, 300)
    case 'u53':
      return random.chance(0.4) ? pick(random, U53_EDGES) : random.integer(0, SAFE_MAX)
    case 'u64':
      return random.chance(0.4) ? pick(random, U64_EDGES) : BigInt(random.integer(0, SAFE_MAX))
    case 'i64':
      return random.chance(0.4) ? pick(random, I64_EDGES) : BigInt(random.integer(-SAFE_MAX, SAFE_MAX))
    case 'f64':
      return random.chance(0.4) ? pick(random, F64_EDGES) : (random.uniform() - 0.5) * 10 ** random.integer(-9, 30)
    case 'string':
      return drawText(random)
    case 'bytes':
      return drawBytes(random, random.integer(0, random.chance(0.02) ? 300 : 8))
    case 'literal':
      return pick(random, schema.values)
    case 'list': {
      const items: unknown[] = []
      for (let count = drawCount(random); count > 0; count--) items.push(drawValue(random, schema.item))
      return items
    }
    case 'map': {
      const entries = new Map<unknown, unknown>()
      for (let count = drawCount(random); count > 0; count--) {
        entries.set(drawValue(random, schema.key), drawValue(random, schema.value))
      }
      return entries
    }
    case 'struct':
      return drawFields(random, schema, {})
    case 'union': {
      const { name, schema: fields } = pick(random, schema.cases)
      return drawFields(random, fields, { [schema.discriminator]: name })
    }
  }
}

function drawFields(random: Random, { fields }: Struct, value: Record<string, unknown>): object {
  for (const { name, optional, schema } of fields) {
    if (!optional || random.chance(0.6)) value[name] = drawValue(random, schema)
  }
  return value
}

export function drawText(random: Random): string {
  if (random.chance(0.5)) return pick(random, TEXTS)
  let text = ''
  const letterMax = random.chance(0.8) ? 0x7f : 0xd7ff
  for (let count = random.chance(0.03) ? 70 : random.integer(0, 9); count > 0; count--) {
    text += String.fromCharCode(random.integer(0x20, letterMax))
  }
  return text
}

export function drawCount(random: Random): number {
  return random.chance(0.01) ? random.integer(0, 40) : random.integer(0, 4)
}
