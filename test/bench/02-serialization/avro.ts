/** Avro by avsc: a schema on both sides and no field numbers in the bytes, like our compact format. */
import avsc from 'avsc'
import { versionOf } from '../versions.ts'
import { type Contender, contender, type Format } from './formats.ts'
import { appends, commands, type Messages } from './messages.ts'
import { Slab } from './slab.ts'

const avscName = `avsc ${versionOf('avsc')}`
const TO_BUFFER = `${avscName}: toBuffer, fromBuffer`
const INTO_SLAB = `${avscName}: encode into a slab, fromBuffer`

export const AVRO = [TO_BUFFER, INTO_SLAB]

export function avroCommands(): readonly Contender[] {
  return contenders(() => commands('put', asItIs), Command)
}

export function avroAppends(): readonly Contender[] {
  return contenders(() => appends(asItIs), Append)
}

const Command = record('Command', {
  operation: { type: 'enum', name: 'Operation', symbols: ['get', 'put', 'delete'] },
  key: 'string',
  value: 'bytes',
  session: 'long',
  serial: 'long',
})

const Append = record('Append', {
  term: 'long',
  leader: 'string',
  prevLogIndex: 'long',
  prevLogTerm: 'long',
  leaderCommit: 'long',
  entries: { type: 'array', items: record('Entry', { term: 'long', index: 'long', command: 'bytes' }) },
})

function record(name: string, fields: Readonly<Record<string, avsc.Schema>>): avsc.schema.RecordType {
  return { type: 'record', name, fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })) }
}

/** avsc wants a `Buffer`. */
function asItIs(payload: Buffer): Buffer {
  return payload
}

function contenders<Message>(messages: () => Messages<Message>, schema: avsc.Schema): readonly Contender[] {
  return [
    contender(TO_BUFFER, () => {
      const type = avsc.Type.forSchema(schema)
      return through(messages(), type, (message) => type.toBuffer(message))
    }),
    contender(INTO_SLAB, () => {
      const type = avsc.Type.forSchema(schema)
      const slab = new Slab()
      return through(messages(), type, (message) => {
        const end = type.encode(message, slab.bytes, slab.at)
        if (end >= 0) return slab.take(end - slab.at)
        slab.renew(slab.bytes.length - slab.at - end) // `-end` bytes were missing
        return slab.take(type.encode(message, slab.bytes, slab.at) - slab.at)
      })
    }),
  ]
}

function through<Message>(
  messages: Messages<Message>,
  type: avsc.Type,
  encode: (message: Message) => Uint8Array,
): Format<Message> {
  return {
    messages,
    encode,
    decode: (bytes) => type.fromBuffer(bytes as Buffer) as Message, // both ways of encoding make a Buffer
  }
}
