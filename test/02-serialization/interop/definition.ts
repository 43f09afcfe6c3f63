/**
 * A schema as the definition that other implementations of Protocol Buffers
 * read: messages and enumerations, with names made from numbers, for there are
 * names that a schema may have and a `.proto` file may not.
 */
import type { Message } from '#serialization/protobuf-form'
import type { Field, Schema } from '#serialization/schema'

export interface FieldDefinition {
  /** `f7` for the field 7 of a struct, `c7` for the case 7 of a union. */
  readonly name: string
  readonly number: number
  /** `uint32`, or the name of a message or an enumeration. */
  readonly type: string
  readonly repetition: 'once' | 'optional' | 'repeated' | 'case'
  /** The type of the key, if the field is a map. */
  readonly key?: string
}

export interface MessageDefinition {
  readonly name: string
  readonly fields: readonly FieldDefinition[]
}

export interface EnumDefinition {
  readonly name: string
  readonly values: readonly string[]
}

export interface Definition {
  /** The message of the whole schema is the last one. */
  readonly messages: readonly MessageDefinition[]
  readonly enums: readonly EnumDefinition[]
}

/** What the scalars are in a `.proto` file. */
export const SCALARS = {
  bool: 'bool',
  u32: 'uint32',
  u53: 'uint64',
  u64: 'uint64',
  i64: 'sint64',
  f64: 'double',
  string: 'string',
  bytes: 'bytes',
} as const

export function definitionOf(schema: Message): Definition {
  const messages: MessageDefinition[] = []
  const enums: EnumDefinition[] = []

  function typeOf(part: Schema): string {
    switch (part.kind) {
      case 'struct':
      case 'union':
        return add(part)
      case 'literal': {
        const name = `E${enums.length}`
        enums.push({ name, values: part.values.map((_, place) => `${name}_${place}`) })
        return name
      }
      case 'list':
      case 'map':
        throw new TypeError(`a ${part.kind} is no type in a .proto file`)
      default:
        return SCALARS[part.kind]
    }
  }

  function fieldOf({ number, optional, schema: part }: Field): FieldDefinition {
    const named = { name: `f${number}`, number }
    if (part.kind === 'list') return { ...named, type: typeOf(part.item), repetition: 'repeated' }
    if (part.kind === 'map') {
      return { ...named, type: typeOf(part.value), repetition: 'repeated', key: SCALARS[part.key.kind] }
    }
    return { ...named, type: typeOf(part), repetition: optional ? 'optional' : 'once' }
  }

  function add(message: Message): string {
    const fields =
      message.kind === 'struct'
        ? message.fields.map(fieldOf)
        : message.cases.map(
            ({ number, schema: part }): FieldDefinition => ({
              name: `c${number}`,
              number,
              type: typeOf(part),
              repetition: 'case',
            }),
          )
    const name = `M${messages.length}`
    messages.push({ name, fields })
    return name
  }

  add(schema)
  return { messages, enums }
}

/** The name of the message of the whole schema. */
export function rootOf({ messages }: Definition): string {
  return messages.at(-1)?.name ?? ''
}

/** The definition as a `.proto` file. */
export function protoFileOf({ messages, enums }: Definition): string {
  const lines = ['syntax = "proto3";']
  for (const { name, values } of enums) {
    lines.push(`enum ${name} { ${values.map((value, place) => `${value} = ${place};`).join(' ')} }`)
  }
  for (const { name, fields } of messages) {
    const text = fields.map(fieldText).join(' ')
    const isUnion = fields.some(({ repetition }) => repetition === 'case')
    lines.push(`message ${name} { ${isUnion ? `oneof one { ${text} }` : text} }`)
  }
  return `${lines.join('\n')}\n`
}

function fieldText({ name, number, type, repetition, key }: FieldDefinition): string {
  if (key !== undefined) return `map<${key}, ${type}> ${name} = ${number};`
  const label = repetition === 'optional' || repetition === 'repeated' ? `${repetition} ` : ''
  return `${label}${type} ${name} = ${number};`
}
