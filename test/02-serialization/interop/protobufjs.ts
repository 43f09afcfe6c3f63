/** protobufjs as a codec of our values: it makes its code from a `.proto` file at run time. */
import protobufjs from 'protobufjs'
import type { Message } from '#serialization/protobuf-form'
import { definitionOf, protoFileOf, rootOf } from './definition.ts'
import type { Other } from './other.ts'
import { type Dialect, keyFromText, Translation } from './translate.ts'

const { Long, longFromKey } = protobufjs.util

const dialect: Dialect = {
  longOf: (value, isUnsigned) =>
    new Long(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)), isUnsigned),
  keyOf(key, property) {
    const isLong = key.kind === 'u53' || key.kind === 'u64' || key.kind === 'i64'
    // it keeps a key of 64 bits as eight characters, one for each byte
    return keyFromText(key, isLong ? String(longFromKey(property, key.kind !== 'i64')) : property)
  },
  caseOf: (name, value) => ({ [name]: value }),
  caseIn(message) {
    const name = Object.keys(message).find((property) => /^c\d+$/.test(property)) ?? ''
    return [name, message[name]]
  },
}

export function throughProtobufjs(schema: Message): Other {
  const definition = definitionOf(schema)
  const type = protobufjs.parse(protoFileOf(definition)).root.lookupType(rootOf(definition))
  const translation = new Translation(dialect)
  return {
    encode: (value) => Uint8Array.from(type.encode(translation.toTheirs(schema, value)).finish()),
    decode: (bytes) => translation.toOurs(schema, type.decode(bytes)),
    passOn: (bytes) => Uint8Array.from(type.encode(type.decode(keepingUnknown(bytes))).finish()),
  }
}

/** Unless it is asked to, it doesn't keep what it doesn't know. */
function keepingUnknown(bytes: Uint8Array): protobufjs.Reader {
  const reader = protobufjs.Reader.create(bytes)
  reader.discardUnknown = false
  return reader
}
