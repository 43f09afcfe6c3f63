/**
 * Protocol Buffers by two packages. Both write the log's numbers as uint32: as
 * uint64 they would make `Long` objects of them, or bigints, and be slower.
 */
import { create, createFileRegistry, type DescMessage, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Type as FieldType,
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
} from '@bufbuild/protobuf/wkt'
import protobufjs from 'protobufjs'
import { versionOf } from '../versions.ts'
import { type Contender, contender, type Format } from './formats.ts'
import { appends, commands, type Messages } from './messages.ts'
import { Slab } from './slab.ts'

const protobufjsName = `protobufjs ${versionOf('protobufjs')}`
export const PROTOBUFJS = `${protobufjsName}: encode().finish(), decode`
const PROTOBUFJS_INTO_SLAB = `${protobufjsName}: one Writer, finishInto a slab, decode`
const BUFBUILD = `@bufbuild/protobuf ${versionOf('@bufbuild/protobuf')}: create, toBinary, fromBinary`

export const PROTOBUFS = [PROTOBUFJS, PROTOBUFJS_INTO_SLAB, BUFBUILD]

/** The number of `put` in the enumeration: what both packages have for it in memory. */
const PUT = 1

export function protobufCommands(): readonly Contender[] {
  const messages = () => commands(PUT, (payload): Uint8Array => payload)
  return [
    contender(PROTOBUFJS, () => throughProtobufjs(messages(), 'Command')),
    contender(PROTOBUFJS_INTO_SLAB, () => throughOneWriter(messages(), 'Command')),
    contender(BUFBUILD, () => throughBufbuild(messages(), 'Command')),
  ]
}

export function protobufAppends(): readonly Contender[] {
  const messages = () => appends((payload): Uint8Array => payload)
  return [
    contender(PROTOBUFJS, () => throughProtobufjs(messages(), 'Append')),
    contender(PROTOBUFJS_INTO_SLAB, () => throughOneWriter(messages(), 'Append')),
    contender(BUFBUILD, () => throughBufbuild(messages(), 'Append')),
  ]
}

const DEFINITION = `
  syntax = "proto3";

  enum Operation { GET = 0; PUT = 1; DELETE = 2; }

  message Command {
    Operation operation = 1;
    string key = 2;
    bytes value = 3;
    uint32 session = 4;
    uint32 serial = 5;
  }

  message Append {
    uint32 term = 1;
    string leader = 2;
    uint32 prevLogIndex = 3;
    uint32 prevLogTerm = 4;
    uint32 leaderCommit = 5;
    repeated Entry entries = 6;
  }

  message Entry {
    uint32 term = 1;
    uint32 index = 2;
    bytes command = 3;
  }
`

/** protobufjs makes the code of `encode` and `decode` from the definition, at run time. Fields are not verified. */
function throughProtobufjs<Message extends object>(messages: Messages<Message>, name: string): Format<Message> {
  const type = protobufjs.parse(DEFINITION).root.lookupType(name)
  return {
    messages,
    encode: (message) => type.encode(message).finish(),
    decode: (bytes) => type.decode(bytes) as object as Message, // what was encoded: the case asserts it
  }
}

/** The same, without a new writer for each message, which would grow from 128 bytes each time. */
function throughOneWriter<Message extends object>(messages: Messages<Message>, name: string): Format<Message> {
  const type = protobufjs.parse(DEFINITION).root.lookupType(name)
  const writer = protobufjs.Writer.create()
  const slab = new Slab()
  return {
    messages,
    encode: (message) => {
      const { pos: length } = type.encode(message, writer.reset())
      slab.reserve(length)
      writer.finishInto(slab.bytes, slab.at)
      return slab.take(length)
    },
    decode: (bytes) => type.decode(bytes) as object as Message, // what was encoded: the case asserts it
  }
}

function throughBufbuild<Message extends object>(messages: Messages<Message>, name: string): Format<Message> {
  const type = descriptorOf(name)
  return {
    messages,
    encode: (message) => toBinary(type, create(type, message as Record<string, unknown>)), // an interface has no index
    decode: (bytes) => fromBinary(type, bytes) as object as Message, // what was encoded: the case asserts it
  }
}

/** What its code generator would write, made here from the same definition. */
function descriptorOf(name: string): DescMessage {
  const file = create(FileDescriptorProtoSchema, {
    name: 'bench.proto',
    syntax: 'proto3',
    enumType: [
      { name: 'Operation', value: ['GET', 'PUT', 'DELETE'].map((value, number) => ({ name: value, number })) },
    ],
    messageType: [
      message('Command', [
        { name: 'operation', type: FieldType.ENUM, typeName: '.Operation' },
        { name: 'key', type: FieldType.STRING },
        { name: 'value', type: FieldType.BYTES },
        { name: 'session', type: FieldType.UINT32 },
        { name: 'serial', type: FieldType.UINT32 },
      ]),
      message('Append', [
        { name: 'term', type: FieldType.UINT32 },
        { name: 'leader', type: FieldType.STRING },
        { name: 'prevLogIndex', type: FieldType.UINT32 },
        { name: 'prevLogTerm', type: FieldType.UINT32 },
        { name: 'leaderCommit', type: FieldType.UINT32 },
        { name: 'entries', type: FieldType.MESSAGE, typeName: '.Entry', label: Label.REPEATED },
      ]),
      message('Entry', [
        { name: 'term', type: FieldType.UINT32 },
        { name: 'index', type: FieldType.UINT32 },
        { name: 'command', type: FieldType.BYTES },
      ]),
    ],
  })
  const type = createFileRegistry(file, () => undefined).getMessage(name)
  if (type === undefined) throw new Error(`the definition has no message ${name}`)
  return type
}

interface FieldDefinition {
  readonly name: string
  readonly type: FieldType
  readonly typeName?: string
  readonly label?: Label
}

/** Fields are numbered from 1, in their order. */
function message(name: string, fields: readonly FieldDefinition[]) {
  return {
    name,
    field: fields.map((field, index) => ({ label: Label.OPTIONAL, jsonName: field.name, ...field, number: index + 1 })),
  }
}
