/**
 * MessagePack and CBOR: no schema, names in the bytes. With records both packages
 * leave the names out, as long as the two sides share the list of structures.
 */
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'
import { versionOf } from '../versions.ts'
import { type Contender, contender, type Format } from './formats.ts'
import { appends, commands, type Messages } from './messages.ts'

const msgpackr = `msgpackr ${versionOf('msgpackr')}`
const cborX = `cbor-x ${versionOf('cbor-x')}`
const msgpackrRecords = `${msgpackr}, shared structures`
const cborXRecords = `${cborX}, shared structures`

export const SELF_DESCRIBING = [msgpackr, msgpackrRecords, cborX, cborXRecords]

export function selfDescribingCommands(): readonly Contender[] {
  return contenders(() => commands('put', (payload): Uint8Array => payload))
}

export function selfDescribingAppends(): readonly Contender[] {
  return contenders(() => appends((payload): Uint8Array => payload))
}

function contenders<Message>(messages: () => Messages<Message>): readonly Contender[] {
  return [
    contender(msgpackr, () => through(messages(), new Packr({ useRecords: false }))),
    contender(msgpackrRecords, () => through(messages(), new Packr({ structures: [] }))),
    contender(cborX, () => through(messages(), new Encoder({ useRecords: false }))),
    contender(cborXRecords, () => through(messages(), new Encoder({ structures: [] }))),
  ]
}

interface Package {
  encode(message: unknown): Uint8Array
  decode(bytes: Uint8Array): unknown
}

function through<Message>(messages: Messages<Message>, pack: Package): Format<Message> {
  return {
    messages,
    encode: (message) => pack.encode(message),
    decode: (bytes) => pack.decode(bytes) as Message, // what was encoded: the case asserts it
  }
}
