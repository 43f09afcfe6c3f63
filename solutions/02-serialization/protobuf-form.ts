/**
 * Which schemas have a Protobuf form (proto3). A list of lists, for example, has
 * none: nothing on the wire would tell where one of the inner ones ends.
 */
import { isLeaf } from '#serialization/scalars'
import type { Schema, Struct, Union } from '#serialization/schema'
import { fieldPath } from '#serialization/words'

/** A message: what a schema must be at the top, and what has fields. */
export type Message = Struct | Union

/** The schema as a message. Throws a `TypeError`, with the path, if it or a part of it has no Protobuf form. */
export function asMessage(schema: Schema): Message {
  if (schema.kind !== 'struct' && schema.kind !== 'union') {
    throw new TypeError(`a Protobuf message is a struct or a union, not a ${schema.kind}`)
  }
  check(schema, '', new Set())
  return schema
}

/** A message that stands in several places is looked at once, in the first. */
function check(message: Message, path: string, seen: Set<Message>): void {
  if (seen.has(message)) return
  seen.add(message)
  if (message.kind === 'union') {
    for (const { name, schema } of message.cases) check(schema, fieldPath(path, name), seen)
    return
  }
  for (const { name, optional, schema } of message.fields) checkField(schema, optional, fieldPath(path, name), seen)
}

function checkField(schema: Schema, optional: boolean, path: string, seen: Set<Message>): void {
  if (schema.kind === 'list' || schema.kind === 'map') {
    if (optional)
      throw new TypeError(`${path}: Protobuf can't tell a ${schema.kind} that is absent from one that is empty`)
    const item = schema.kind === 'list' ? schema.item : schema.value
    if (item.kind !== 'list' && item.kind !== 'map') return checkField(item, false, `${path}[]`, seen)
    throw new TypeError(`${path}: Protobuf has no ${schema.kind} of ${item.kind}s; put the inner one into a struct`)
  }
  if (!isLeaf(schema)) check(schema, path, seen)
}
