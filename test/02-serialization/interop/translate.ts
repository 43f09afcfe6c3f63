/** Our values as the objects of another implementation, and theirs as ours. */
import { defaultOf } from '#serialization/defaults'
import type { Message } from '#serialization/protobuf-form'
import type { MapKey, MapOf, Schema, Struct, Union } from '#serialization/schema'

/** An object of theirs. */
export type Theirs = Record<string, unknown>

/** Where two implementations differ in how they show a message to their users. */
export interface Dialect {
  /** Whole numbers of 64 bits. */
  longOf(value: bigint, isUnsigned: boolean): unknown
  /** The key of a map, from the name of the property in which they keep its value. */
  keyOf(key: MapKey, property: string): unknown
  /** An object that says: the case of this name. */
  caseOf(name: string, value: Theirs): Theirs
  /** The case of a union that is there, and its value. */
  caseIn(message: Theirs): readonly [name: string, value: unknown]
}

export class Translation {
  readonly #dialect: Dialect

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  /** The message that says what the value does. Fields that are 0 of 64 bits are left out: protobufjs would write them. */
  toTheirs(schema: Message, value: unknown): Theirs {
    const object = Object(value)
    if (schema.kind === 'union') {
      const chosen = schema.cases.find(({ name }) => name === object[schema.discriminator])
      if (chosen === undefined) throw new TypeError('a value of the schema has a case of it')
      return this.#dialect.caseOf(`c${chosen.number}`, this.toTheirs(chosen.schema, value))
    }
    const message: Theirs = {}
    for (const { name, number, optional, schema: part } of schema.fields) {
      if (object[name] === undefined || (!optional && object[name] === 0n)) continue
      message[`f${number}`] = this.#partToTheirs(part, object[name])
    }
    return message
  }

  #partToTheirs(schema: Schema, value: unknown): unknown {
    switch (schema.kind) {
      case 'struct':
      case 'union':
        return this.toTheirs(schema, value)
      case 'u53':
      case 'u64':
        return this.#dialect.longOf(BigInt(String(value)), true)
      case 'i64':
        return this.#dialect.longOf(BigInt(String(value)), false)
      case 'literal':
        return (schema.values as readonly unknown[]).indexOf(value) // `indexOf` wants to be asked about a literal only
      case 'list':
        return Array.from(Object(value), (item) => this.#partToTheirs(schema.item, item))
      case 'map': {
        const entries: [unknown, unknown][] = [...Object(value)]
        return Object.fromEntries(entries.map(([key, item]) => [String(key), this.#partToTheirs(schema.value, item)]))
      }
      default:
        return value
    }
  }

  /** The value that their message says. */
  toOurs(schema: Message, message: unknown): unknown {
    return schema.kind === 'union' ? this.#ourUnion(schema, Object(message)) : this.#ourStruct(schema, Object(message))
  }

  #ourUnion({ discriminator, cases }: Union, message: Theirs): unknown {
    const [theirName, value] = this.#dialect.caseIn(message)
    const chosen = cases.find(({ number }) => `c${number}` === theirName)
    if (chosen === undefined) return undefined
    return { [discriminator]: chosen.name, ...this.#ourStruct(chosen.schema, Object(value)) }
  }

  #ourStruct({ fields }: Struct, message: Theirs): object {
    const value: Record<string, unknown> = {}
    for (const { name, number, optional, schema } of fields) {
      const property = `f${number}`
      const isThere = Object.hasOwn(message, property) && message[property] !== undefined
      if (isThere) value[name] = this.#partToOurs(schema, message[property])
      else if (!optional) value[name] = defaultOf(schema)
    }
    return value
  }

  #partToOurs(schema: Schema, part: unknown): unknown {
    switch (schema.kind) {
      case 'struct':
      case 'union':
        return this.toOurs(schema, part)
      case 'u53':
        return Number(String(part))
      case 'u64':
      case 'i64':
        return BigInt(String(part))
      case 'bytes':
        return Uint8Array.from(Object(part)) // a Buffer, perhaps
      case 'literal':
        return schema.values[Number(part)]
      case 'list':
        return Array.from(Object(part), (item) => this.#partToOurs(schema.item, item))
      case 'map':
        return this.#ourMap(schema, Object(part))
      default:
        return part
    }
  }

  #ourMap({ key: keySchema, value: schema }: MapOf, object: Theirs): Map<unknown, unknown> {
    return new Map(
      Object.entries(object).map(([property, part]) => [
        this.#dialect.keyOf(keySchema, property),
        this.#partToOurs(schema, part),
      ]),
    )
  }
}

/** A key of a map from its text. */
export function keyFromText({ kind }: MapKey, text: string): unknown {
  switch (kind) {
    case 'string':
      return text
    case 'bool':
      return text === 'true'
    case 'u32':
    case 'u53':
      return Number(text)
    default:
      return BigInt(text)
  }
}

/**
 * The same value, its maps in the order in which they are written by programs
 * that keep them in objects: those put whole numbers first, wherever they were.
 */
export function inOrderOfObjects(value: unknown): unknown {
  if (value instanceof Map) {
    const byText = Object.fromEntries([...value].map((entry) => [String(entry[0]), entry]))
    return new Map(Object.values(byText).map(([key, item]) => [key, inOrderOfObjects(item)]))
  }
  if (Array.isArray(value)) return value.map(inOrderOfObjects)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inOrderOfObjects(part)]))
}
