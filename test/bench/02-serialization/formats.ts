/**
 * How fast a format encodes and decodes. The rules are the same for all of them:
 *
 * - A case first asserts that each message comes back as it was.
 * - What `encode` returns stays as it is when the next message is encoded.
 * - All fields of what was decoded are looked at.
 *
 * Time is processor time, with what Node spends on collecting garbage meanwhile.
 */
import { type Case, cpuMicros } from '../measure.ts'
import type { Messages } from './messages.ts'

/** A format, ready for messages of one kind. */
export interface Format<Message> {
  readonly messages: Messages<Message>
  encode(message: Message): Uint8Array
  decode(bytes: Uint8Array): Message
}

/** A format by name. It is made only in the process that measures it. */
export interface Contender {
  readonly name: string
  /** Messages encoded, decoded, or both, in millions a second. */
  encodes(): number
  decodes(): number
  roundTrips(): number
  /** Bytes of a message, on average. */
  length(): number
}

export function contender<Message>(name: string, make: () => Format<Message>): Contender {
  return {
    name,
    encodes: () => rate(verified(name, make()), encodeAll),
    decodes: () => rate(verified(name, make()), decodeAll),
    roundTrips: () => rate(verified(name, make()), roundTripAll),
    length: () => {
      const { encoded } = verified(name, make())
      return encoded.reduce((sum, bytes) => sum + bytes.length, 0) / encoded.length
    },
  }
}

/** Cases of one table. `scale` turns millions a second into the table's unit. */
export function casesOf(
  contenders: readonly Contender[],
  quantity: 'encodes' | 'decodes' | 'roundTrips' | 'length',
  scale = 1,
): readonly Case[] {
  return contenders.map((each) => ({ name: each.name, measure: async () => each[quantity]() * scale }))
}

/** A format with what its messages look like as bytes. */
interface Subject<Message> {
  readonly format: Format<Message>
  readonly encoded: readonly Uint8Array[]
}

/** Goes over all messages once. Returns a sum that is the same each time. */
type Pass = <Message>(subject: Subject<Message>) => number

const MEASURED_MICROS_MIN = 500_000

/** Encodes all messages before it decodes the first: one that shares memory with the next would show. */
function verified<Message>(name: string, format: Format<Message>): Subject<Message> {
  const { all, textOf } = format.messages
  const encoded = all.map((message) => format.encode(message))
  for (const [index, message] of all.entries()) {
    const bytes = encoded[index] ?? new Uint8Array()
    const [sent, received] = [textOf(message), textOf(format.decode(bytes))]
    if (sent !== received) throw new Error(`${name}: message ${index} was ${sent} and came back as ${received}`)
  }
  return { format, encoded }
}

/** Millions of messages a second. Twice as many passes each time, until they take long enough: those before warm up. */
function rate<Message>(subject: Subject<Message>, pass: Pass): number {
  const expected = pass(subject)
  for (let passes = 1; ; passes *= 2) {
    const start = process.cpuUsage()
    for (let n = 0; n < passes; n++) {
      const sum = pass(subject)
      if (sum !== expected)
        throw new Error(`a pass added up to ${sum} instead of ${expected}: a message is another now`)
    }
    const micros = cpuMicros(start)
    if (micros >= MEASURED_MICROS_MIN) return (passes * subject.encoded.length) / micros
  }
}

function encodeAll<Message>({ format }: Subject<Message>): number {
  let sum = 0
  for (const message of format.messages.all) {
    const bytes = format.encode(message)
    sum += bytes.length + (bytes[bytes.length - 1] ?? 0)
  }
  return sum
}

function decodeAll<Message>({ format, encoded }: Subject<Message>): number {
  let sum = 0
  for (const bytes of encoded) sum += format.messages.sumOf(format.decode(bytes))
  return sum
}

function roundTripAll<Message>({ format }: Subject<Message>): number {
  let sum = 0
  for (const message of format.messages.all) sum += format.messages.sumOf(format.decode(format.encode(message)))
  return sum
}
