/**
 * The messages that are encoded and decoded: a client's small command, and a
 * leader's append message with 64 entries. There are 256 different ones of each,
 * the same in every run and for every format.
 */
import { Random } from '#message-passing/random'

/** `Operation` and `Payload` are what a format has for an enumeration and for bytes. */
export interface Command<Operation, Payload> {
  readonly operation: Operation
  readonly key: string
  readonly value: Payload
  readonly session: number
  readonly serial: number
}

export interface Append<Payload> {
  readonly term: number
  readonly leader: string
  readonly prevLogIndex: number
  readonly prevLogTerm: number
  readonly leaderCommit: number
  readonly entries: readonly Entry<Payload>[]
}

export interface Entry<Payload> {
  readonly term: number
  readonly index: number
  readonly command: Payload
}

/** Messages of one kind, and what is done with one after it was decoded. */
export interface Messages<Message> {
  readonly all: readonly Message[]
  /** A number that depends on each field, so that a decoder that puts work off has to do it. */
  sumOf(message: Message): number
  /** All of the message, as text that is the same for equal messages. */
  textOf(message: Message): string
}

/** Makes what a format has for bytes out of bytes. */
type ToPayload<Payload> = (bytes: Buffer) => Payload

const MESSAGES = 256
const ENTRIES = 64

export function commands<Operation, Payload extends Uint8Array | string>(
  put: Operation,
  toPayload: ToPayload<Payload>,
): Messages<Command<Operation, Payload>> {
  const random = new Random(1)
  const all = Array.from({ length: MESSAGES }, () => ({
    operation: put,
    key: letters(random, 16).toString('latin1'),
    value: toPayload(letters(random, 64)),
    session: random.integer(0, 2 ** 32),
    serial: random.integer(1, 100_000),
  }))
  return { all, sumOf: sumOfCommand, textOf: textOfCommand }
}

export function appends<Payload extends Uint8Array | string>(toPayload: ToPayload<Payload>): Messages<Append<Payload>> {
  const random = new Random(2)
  const all = Array.from({ length: MESSAGES }, () => {
    const term = random.integer(6, 9)
    const prevLogIndex = random.integer(1_234_000, 1_235_000)
    const leader = `n${random.integer(1, 6)}`
    const entries = Array.from({ length: ENTRIES }, (_, place) => ({
      term: place < ENTRIES / 2 ? term - 1 : term,
      index: prevLogIndex + 1 + place,
      command: toPayload(letters(random, 100)),
    }))
    return { term, leader, prevLogIndex, prevLogTerm: term - 1, leaderCommit: prevLogIndex - 3, entries }
  })
  return { all, sumOf: sumOfAppend, textOf: textOfAppend }
}

/** Bytes that are also text, so that the same message can be sent as either. A `Buffer`, as a socket would give. */
function letters(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0x61, 0x7b)))
}

function sumOfCommand<O, P extends Uint8Array | string>({ operation, key, value, session, serial }: Command<O, P>) {
  return (operation ? 1 : 0) + key.charCodeAt(15) + ends(value) + session + serial
}

function sumOfAppend<P extends Uint8Array | string>(append: Append<P>): number {
  let sum = append.term + append.leader.charCodeAt(1)
  sum += append.prevLogIndex + append.prevLogTerm + append.leaderCommit
  for (const { term, index, command } of append.entries) sum += term + index + ends(command)
  return sum
}

/** The first and the last byte of a payload. */
function ends(payload: Uint8Array | string): number {
  const last = payload.length - 1
  if (typeof payload === 'string') return payload.charCodeAt(0) + payload.charCodeAt(last)
  return (payload[0] ?? 0) + (payload[last] ?? 0)
}

function textOfCommand<O, P extends Uint8Array | string>({ operation, key, value, session, serial }: Command<O, P>) {
  return JSON.stringify([operation, key, plain(value), session, serial])
}

function textOfAppend<P extends Uint8Array | string>(append: Append<P>): string {
  const { term, leader, prevLogIndex, prevLogTerm, leaderCommit } = append
  const entries = append.entries.map((entry) => [entry.term, entry.index, plain(entry.command)])
  return JSON.stringify([term, leader, prevLogIndex, prevLogTerm, leaderCommit, entries])
}

function plain(payload: Uint8Array | string): unknown {
  return typeof payload === 'string' ? payload : [...payload]
}
