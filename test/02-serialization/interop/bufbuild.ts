/** @bufbuild/protobuf as a codec of our values. What its code generator would write is made here, from the definition. */
import { create, createFileRegistry, type DescMessage, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Type as FieldType,
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
} from '@bufbuild/protobuf/wkt'
import type { Message } from '#serialization/protobuf-form'
import { type Definition, definitionOf, type FieldDefinition, type MessageDefinition, rootOf } from './definition.ts'
import type { Other } from './other.ts'
import { type Dialect, keyFromText, Translation } from './translate.ts'

const dialect: Dialect = {
  longOf: (value) => value,
  keyOf: keyFromText,
  caseOf: (name, value) => ({ one: { case: name, value } }),
  caseIn({ one }) {
    const { case: name, value } = Object(one)
    return [String(name), value]
  },
}

export function throughBufbuild(schema: Message): Other {
  const type = descriptorOf(definitionOf(schema))
  const translation = new Translation(dialect)
  return {
    encode: (value) => toBinary(type, create(type, translation.toTheirs(schema, value))),
    decode: (bytes) => translation.toOurs(schema, fromBinary(type, bytes)),
    passOn: (bytes) => toBinary(type, fromBinary(type, bytes)),
  }
}

function descriptorOf(definition: Definition): DescMessage {
  const file = create(FileDescriptorProtoSchema, {
    name: 'schema.proto',
    syntax: 'proto3',
    enumType: definition.enums.map(({ name, values }) => ({
      name,
      value: values.map((value, number) => ({ name: value, number })),
    })),
    messageType: definition.messages.map(messageOf),
  })
  const type = createFileRegistry(file, () => undefined).getMessage(rootOf(definition))
  if (type === undefined) throw new Error(`the definition has no message ${rootOf(definition)}`)
  return type
}

/** A message. A map in it is a list of messages of a type of its own, and an optional field is alone in a oneof. */
function messageOf({ name, fields }: MessageDefinition) {
  const oneofs = fields.flatMap((field) => oneofOf(field) ?? [])
  const names = [...new Set(oneofs)]
  return {
    name,
    oneofDecl: names.map((oneof) => ({ name: oneof })),
    field: fields.map((field) => {
      const described = fieldOf(field, field.key === undefined ? field.type : `${name}.${entryOf(field)}`)
      const oneof = oneofOf(field)
      if (oneof === undefined) return described
      return { ...described, oneofIndex: names.indexOf(oneof), proto3Optional: field.repetition === 'optional' }
    }),
    nestedType: fields.filter(({ key }) => key !== undefined).map(entryMessageOf),
  }
}

function oneofOf({ name, repetition }: FieldDefinition): string | undefined {
  if (repetition === 'case') return 'one'
  return repetition === 'optional' ? `_${name}` : undefined
}

/** By this name they know that it is that of a map. */
function entryOf({ number }: FieldDefinition): string {
  return `F${number}Entry`
}

function entryMessageOf(field: FieldDefinition) {
  return {
    name: entryOf(field),
    options: { mapEntry: true },
    field: [
      fieldOf({ name: 'key', number: 1, type: field.key ?? '', repetition: 'once' }, field.key ?? ''),
      fieldOf({ name: 'value', number: 2, type: field.type, repetition: 'once' }, field.type),
    ],
  }
}

function fieldOf({ name, number, repetition }: FieldDefinition, type: string) {
  const label = repetition === 'repeated' ? Label.REPEATED : Label.OPTIONAL
  const scalar = SCALAR_TYPES[type]
  const typed = scalar === undefined ? { type: kindOf(type), typeName: `.${type}` } : { type: scalar }
  return { name, jsonName: name, number, label, ...typed }
}

function kindOf(type: string): FieldType {
  return type.startsWith('E') ? FieldType.ENUM : FieldType.MESSAGE
}

const SCALAR_TYPES: Readonly<Record<string, FieldType>> = {
  bool: FieldType.BOOL,
  uint32: FieldType.UINT32,
  uint64: FieldType.UINT64,
  sint64: FieldType.SINT64,
  double: FieldType.DOUBLE,
  string: FieldType.STRING,
  bytes: FieldType.BYTES,
}
