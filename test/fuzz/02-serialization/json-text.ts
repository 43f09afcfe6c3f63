/**
 * JSON by a schema, written in every way that the grammar allows, and now and
 * then in a way that it doesn't; JSON of no schema at all; and tokens in a row.
 */
import type { Random } from '#message-passing/random'
import { toBase64 } from '#serialization/base64'
import type { Schema, Struct } from '#serialization/schema'
import { pick, shuffled } from '../draw.ts'
import { drawCount, drawText, drawValue } from './values.ts'

/** How often a part is of another kind. */
const LIE = 0.02

const SPACES = ['', '', '', '', '', ' ', '\n', '\t\r ', '\u{a0}'] as const
const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"a"',
  '"',
  '1',
  '-',
  '0.5',
  '1e999',
  'true',
  'null',
  'tru',
  '\\',
  '\u{0}',
]
const NUMBERS = ['0', '-0', '1', '01', '1.0', '1e0', '+1', '.5', '1.', '1e5', '-1', '4294967296', '9007199254740992']
const MORE_NUMBERS = ['1e400', '-1e-400', '0.1', '18446744073709551616', '1'.repeat(420), '0x1', 'NaN', '5e-324']
const ESCAPES = [
  '\\u0041',
  '\\n',
  '\\/',
  '\\ud83d\\ude00',
  '\\ud800',
  '\\udc00\\ud800',
  '\\x',
  '\\u12',
  '\\u0000',
  '\\"',
]
const NAMES = ['a', '__proto__', 'constructor', 'kind', 'value', '', '\\u0061'] as const

export class JsonText {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  draw(schema: Schema): string {
    return `${this.#space()}${this.#text(schema)}${this.#space()}`
  }

  /** Any JSON. */
  drawAny(depth = 0): string {
    const random = this.#random
    const parts: string[] = []
    switch (random.integer(0, depth > 4 ? 4 : 6)) {
      case 0:
        return pick(random, ['true', 'false', 'null', 'True', 'nul'])
      case 1:
        return pick(random, random.chance(0.7) ? NUMBERS : MORE_NUMBERS)
      case 2:
      case 3:
        return this.#string(drawText(random))
      case 4:
        if (random.chance(0.005)) return '['.repeat(random.integer(1, 300))
        for (let count = random.integer(0, 4); count > 0; count--) parts.push(this.drawAny(depth + 1))
        return `[${this.#joined(parts)}]`
      default:
        for (let count = random.integer(0, 4); count > 0; count--) parts.push(this.#stray(depth + 1))
        return `{${this.#joined(parts)}}`
    }
  }

  drawSoup(): string {
    let text = ''
    for (let count = this.#random.integer(0, 12); count > 0; count--) text += pick(this.#random, TOKENS)
    return text
  }

  #text(schema: Schema): string {
    const random = this.#random
    if (random.chance(LIE)) return this.drawAny(2)
    switch (schema.kind) {
      case 'list': {
        const parts: string[] = []
        for (let count = drawCount(random); count > 0; count--) parts.push(this.#text(schema.item))
        return `[${this.#joined(parts)}]`
      }
      case 'map': {
        const parts: string[] = []
        const keys = new Set<unknown>()
        for (let count = drawCount(random); count > 0; count--) {
          const key = drawValue(random, schema.key)
          if (!keys.has(key) || random.chance(LIE)) parts.push(this.#member(String(key), this.#text(schema.value)))
          keys.add(key)
        }
        return `{${this.#joined(parts)}}`
      }
      case 'struct':
        return `{${this.#joined(shuffled(random, this.#members(schema)))}}`
      case 'union': {
        const { name, schema: fields } = pick(random, schema.cases)
        const discriminator = this.#member(schema.discriminator, this.#string(random.chance(LIE) ? 'none' : name))
        return `{${this.#joined(shuffled(random, [...this.#members(fields), discriminator]))}}`
      }
      default:
        return this.#leaf(schema)
    }
  }

  #leaf(schema: Schema): string {
    const value = drawValue(this.#random, schema)
    if (typeof value === 'bigint') return this.#string(String(value))
    if (typeof value === 'string') return this.#string(value)
    if (value instanceof Uint8Array) return this.#string(toBase64(value))
    if (typeof value !== 'number' || Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
    return `"${value}"`
  }

  #members({ fields }: Struct): string[] {
    const random = this.#random
    const members: string[] = []
    for (const { name, optional, schema } of fields) {
      if (random.chance(optional ? 0.6 : 1 - LIE / 2)) members.push(this.#member(name, this.#text(schema)))
      if (random.chance(LIE / 2)) members.push(this.#member(name, this.#text(schema)))
      if (random.chance(0.05)) members.push(this.#stray(2))
    }
    return members
  }

  #stray(depth: number): string {
    return `"${pick(this.#random, NAMES)}":${this.drawAny(depth)}`
  }

  #member(name: string, value: string): string {
    return `${this.#string(name)}${this.#space()}:${this.#space()}${value}`
  }

  #joined(parts: readonly string[]): string {
    const comma = this.#random.chance(LIE / 2) ? pick(this.#random, ['', ',,', ', ,']) : `${this.#space()},`
    return parts.join(comma + this.#space()) + (this.#random.chance(LIE / 2) ? ',' : this.#space())
  }

  #string(text: string): string {
    const quoted = JSON.stringify(text)
    return this.#random.chance(0.05) ? `"${pick(this.#random, ESCAPES)}${quoted.slice(1)}` : quoted
  }

  /** Mostly none: the last of them is no space in JSON, and rare. */
  #space(): string {
    return pick(this.#random, this.#random.chance(LIE) ? SPACES : SPACES.slice(0, -1))
  }
}
