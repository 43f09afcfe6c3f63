/** What V8 brings along: JSON, with payloads in Base64, and with payloads that are text anyway. */
import { type Contender, contender } from './formats.ts'
import { type Append, appends, type Command, commands, type Entry } from './messages.ts'

export const BASE64 = 'JSON, payload in Base64'
export const TEXT = 'JSON, payload as text'

type TextCommand = Command<'put', string>
type TextAppend = Append<string>

export function jsonCommands(): readonly Contender[] {
  return [
    contender(BASE64, () => ({
      messages: commands('put', (payload): Uint8Array => payload),
      encode: (command) => {
        const { operation, key, session, serial } = command
        return written({ operation, key, value: toBase64(command.value), session, serial })
      },
      decode: (bytes) => {
        const { operation, key, value, session, serial } = read<TextCommand>(bytes)
        return { operation, key, value: Buffer.from(value, 'base64'), session, serial }
      },
    })),
    contender(TEXT, () => ({
      messages: commands('put', (payload) => payload.toString('latin1')),
      encode: written,
      decode: (bytes) => read<TextCommand>(bytes),
    })),
  ]
}

export function jsonAppends(): readonly Contender[] {
  return [
    contender(BASE64, () => ({
      messages: appends((payload): Uint8Array => payload),
      encode: ({ term, leader, prevLogIndex, prevLogTerm, leaderCommit, entries }) =>
        written({ term, leader, prevLogIndex, prevLogTerm, leaderCommit, entries: entries.map(toTextEntry) }),
      decode: (bytes) => {
        const { term, leader, prevLogIndex, prevLogTerm, leaderCommit, entries } = read<TextAppend>(bytes)
        return { term, leader, prevLogIndex, prevLogTerm, leaderCommit, entries: entries.map(fromTextEntry) }
      },
    })),
    contender(TEXT, () => ({
      messages: appends((payload) => payload.toString('latin1')),
      encode: written,
      decode: (bytes) => read<TextAppend>(bytes),
    })),
  ]
}

function toTextEntry({ term, index, command }: Entry<Uint8Array>): Entry<string> {
  return { term, index, command: toBase64(command) }
}

function fromTextEntry({ term, index, command }: Entry<string>): Entry<Uint8Array> {
  return { term, index, command: Buffer.from(command, 'base64') }
}

function toBase64(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64')
}

function written(message: object): Uint8Array {
  return Buffer.from(JSON.stringify(message))
}

function read<Message>(bytes: Uint8Array): Message {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  return JSON.parse(text) as Message // what was written: the case asserts it
}
