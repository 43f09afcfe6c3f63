/** A schema as the source that makes it, for the story of a broken law. */
import type { Schema, Struct } from '#serialization/schema'

/** `struct({ key: string, ttlMs: optional(u32) })`, with numbers where they aren't those of the places. */
export function schemaInWords(schema: Schema): string {
  switch (schema.kind) {
    case 'literal':
      return `literal(${schema.values.map((value) => JSON.stringify(value)).join(', ')})`
    case 'list':
      return `list(${schemaInWords(schema.item)})`
    case 'map':
      return `map(${schema.key.kind}, ${schemaInWords(schema.value)})`
    case 'struct':
      return structInWords(schema)
    case 'union': {
      const cases = withNumbers(schema.cases.map((each) => ({ ...each, text: structInWords(each.schema) })))
      return `union('${schema.discriminator}', ${cases}${reservedInWords(schema.reserved)})`
    }
    default:
      return schema.kind
  }
}

function structInWords({ fields, reserved }: Struct): string {
  const parts = fields.map(({ name, number, optional, schema }) => {
    const text = schemaInWords(schema)
    return { name, number, text: optional ? `optional(${text})` : text }
  })
  return `struct(${withNumbers(parts)}${reservedInWords(reserved)})`
}

function reservedInWords(numbers: readonly number[]): string {
  return numbers.length === 0 ? '' : `, { reserved: [${numbers.join(', ')}] }`
}

interface Part {
  readonly name: string
  readonly number: number
  readonly text: string
}

function withNumbers(parts: readonly Part[]): string {
  const texts = parts.map(({ name, number, text }, index) => {
    const expected = (parts[index - 1]?.number ?? 0) + 1
    return `${name}: ${number === expected ? text : `numbered(${number}, ${text})`}`
  })
  return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`
}
