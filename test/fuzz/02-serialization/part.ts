/** Whether a path leads to a part of a schema. */
import type { Schema, Struct } from '#serialization/schema'

const INDEX = /^\[\d+\]/
/** A key of text that is long is cut off, and has no second quote. */
const KEY = /^\[(?:"(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.){0,59}\\?…|-?\d+|true|false)\]/s
const NAME = /^\.([A-Za-z_$][\w$]*)/

/** `entries[3].key` leads to something in a struct with a list `entries`. */
export function isPart(schema: Schema, path: string): boolean {
  return follows(schema, path === '' || path.startsWith('[') ? path : `.${path}`)
}

function follows(schema: Schema, path: string): boolean {
  if (path === '') return true
  switch (schema.kind) {
    case 'list':
      return INDEX.test(path) && follows(schema.item, path.replace(INDEX, ''))
    case 'map':
      if (KEY.test(path)) return follows(schema.value, path.replace(KEY, ''))
      // in Protobuf an entry is a message, whose key isn't known before all of it was read
      return path === '.key' || (path.startsWith('.value') && follows(schema.value, path.slice('.value'.length)))
    case 'struct':
      return followsField(schema, path)
    case 'union':
      return path === `.${schema.discriminator}` || schema.cases.some((each) => followsField(each.schema, path))
    default:
      return false
  }
}

function followsField({ fields }: Struct, path: string): boolean {
  const name = NAME.exec(path)?.[1]
  const field = fields.find((candidate) => candidate.name === name)
  return field !== undefined && follows(field.schema, path.replace(NAME, ''))
}
