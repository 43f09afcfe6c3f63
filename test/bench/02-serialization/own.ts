/** Our own codecs: the compact format compiled and interpreted, and the other two formats of the chapter. */
import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { bytes, list, literal, type Schema, string, struct, u32, u53 } from '#serialization/schema'
import { type Contender, contender, type Format } from './formats.ts'
import { appends, commands, type Messages } from './messages.ts'

export const COMPILED = 'compile(schema)'
export const VIEWS = 'compile(schema, { views: true })'
export const TEXT = 'compile(schema), payload as text'

const CommandOf = <S extends Schema>(payload: S) =>
  struct({ operation: literal('get', 'put', 'delete'), key: string, value: payload, session: u32, serial: u32 })

const AppendOf = <S extends Schema>(payload: S) =>
  struct({
    term: u53,
    leader: string,
    prevLogIndex: u53,
    prevLogTerm: u53,
    leaderCommit: u53,
    entries: list(struct({ term: u53, index: u53, command: payload })),
  })

export function ownCommands(): readonly Contender[] {
  const Command = CommandOf(bytes)
  const messages = () => commands('put', (payload): Uint8Array => payload)
  return [
    contender(COMPILED, () => format(messages(), compile(Command))),
    contender(VIEWS, () => format(messages(), compile(Command, { views: true }))),
    contender(TEXT, () => format(commands('put', text), compile(CommandOf(string)))),
    contender('compact(schema)', () => format(messages(), compact(Command))),
    contender('protobuf(schema)', () => format(messages(), protobuf(Command))),
    contender('json(schema)', () => format(messages(), json(Command))),
  ]
}

export function ownAppends(): readonly Contender[] {
  const Append = AppendOf(bytes)
  const messages = () => appends((payload): Uint8Array => payload)
  return [
    contender(COMPILED, () => format(messages(), compile(Append))),
    contender(VIEWS, () => format(messages(), compile(Append, { views: true }))),
    contender(TEXT, () => format(appends(text), compile(AppendOf(string)))),
    contender('compact(schema)', () => format(messages(), compact(Append))),
    contender('protobuf(schema)', () => format(messages(), protobuf(Append))),
    contender('json(schema)', () => format(messages(), json(Append))),
  ]
}

function text(payload: Buffer): string {
  return payload.toString('latin1')
}

function format<Message>(messages: Messages<Message>, codec: Codec<Message>): Format<Message> {
  return {
    messages,
    encode: (message) => codec.encode(message),
    decode: (encoded) => {
      const decoded = codec.decode(encoded)
      if (decoded.ok) return decoded.value
      throw new Error(`refused: ${JSON.stringify(decoded.error)}`)
    },
  }
}
