/**
 * The demo of chapter 2: one value in three formats, an upgrade in which old and
 * new programs rewrite one another's messages, bytes that lie, and a log file
 * after a power cut and after a flipped bit.
 */
import { sleep } from '#message-passing/clock'
import { Random } from '#message-passing/random'
import type { Codec, SpanningCodec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile, readSource } from '#serialization/compile'
import { explain } from '#serialization/decoded'
import { compareVersions, explainChange } from '#serialization/evolution'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { encodeRecord, type LogEnd, readRecords } from '#serialization/record'
import { bytes, type Infer, literal, map, optional, string, struct, u32, u53 } from '#serialization/schema'
import { Writer } from '#serialization/writer'
import { BadFlag, type DemoStage, wholeNumber } from '../stage.ts'

/** What the demo can be told on the command line, and what is so without. */
export const flags = {
  cut: 'where the power cut ends the log file of part 4 (a random place in its last record)',
  flip: 'in which byte of that file a bit flips (a random one in its middle)',
} as const

/** Plays the demo, part by part. */
export async function demo(stage: DemoStage): Promise<void> {
  const log = damagedLog(stage, new Random(stage.seed)) // first, since it looks at the flags
  await threeFormats(stage)
  await rollingUpgrade(stage)
  await hostileBytes(stage)
  await logFile(stage, log)
  await generatedCode(stage)
  stage.print('')
  stage.print('Try next: npm run chapter 2 -- --cut 59     the power goes at another moment')
  stage.print('          npm run chapter 2 -- --flip 0     a length that was damaged, and is not believed')
  stage.print('          npm run check 2.1                 your turn')
}

/** Time to read what was printed. */
const READING_MS = 1_200

async function heading(stage: DemoStage, title: string): Promise<void> {
  await sleep(stage.clock, READING_MS)
  stage.print('')
  stage.print(title)
  stage.print('-'.repeat(title.length))
}

const Command = struct({
  operation: literal('get', 'put', 'delete'),
  key: string,
  value: bytes,
  session: u53,
  labels: map(string, u32),
})

const command: Infer<typeof Command> = {
  operation: 'put',
  key: 'city',
  value: new TextEncoder().encode('Zürich'),
  session: 9_007_199_254_740_991,
  labels: new Map([['hot', 1]]),
}

/** S6: one description of a type, and JSON, a compact format and Protobuf from it. */
async function threeFormats(stage: DemoStage): Promise<void> {
  await heading(stage, '1. One value, three formats')
  const text = json(Command).encode(command)
  stage.print(`   JSON     ${size(text)}   ${new TextDecoder().decode(text)}`)
  stage.print(`   Protobuf ${fieldByField(protobuf(Command))}`)
  stage.print(`   compact  ${fieldByField(compact(Command))}`)
}

/** The command in a binary format: its length, and its bytes with a gap between two fields. */
function fieldByField(codec: SpanningCodec<Infer<typeof Command>>): string {
  const encoded = codec.encode(command)
  const starts = new Set<number>()
  codec.decode(encoded, ({ path, from }) => {
    if (path in command) starts.add(from)
  })
  const ends = [...starts, encoded.length].toSorted((a, b) => a - b)
  const fields = ends.slice(1).map((end, index) => hex(encoded.subarray(ends[index], end)))
  return `${size(encoded)}   ${fields.join(' ')}`
}

const Task = struct({ title: string, done: u32 })
const TaskWithOwner = struct({ title: string, done: u32, owner: optional(string) })

/** A program of last year reads what one of this year wrote, changes it, and writes it back. */
async function rollingUpgrade(stage: DemoStage): Promise<void> {
  await heading(stage, '2. An upgrade: one program is new, the other still old')
  for (const change of compareVersions(Task, TaskWithOwner))
    stage.print(`   the checker, of Protobuf: ${explainChange(change)}`)
  const formats: readonly (readonly [string, Codec<Infer<typeof Task>>, Codec<Infer<typeof TaskWithOwner>>])[] = [
    ['JSON', json(Task), json(TaskWithOwner)],
    ['compact', compact(Task), compact(TaskWithOwner)],
    ['Protobuf', protobuf(Task), protobuf(TaskWithOwner)],
  ]
  for (const [name, old, current] of formats) {
    await sleep(stage.clock, READING_MS / 3)
    const written = current.encode({ title: 'ship it', done: 0, owner: 'Grace' })
    const read = old.decode(written)
    if (!read.ok) {
      stage.print(`   ${name.padEnd(9)}the old program refuses it: ${explain(read.error)}`)
      continue
    }
    const back = current.decode(old.encode({ ...read.value, done: 1 }))
    stage.print(`   ${name.padEnd(9)}${back.ok ? whose(back.value) : explain(back.error)}`)
  }
}

function whose({ owner }: Infer<typeof TaskWithOwner>): string {
  return owner === undefined ? 'came back, and the owner is lost' : `came back, and its owner is ${owner}`
}

/** Bytes that somebody made to do harm, or that a disk has made worse. */
async function hostileBytes(stage: DemoStage): Promise<void> {
  await heading(stage, '3. Bytes that lie')
  const attacks: readonly (readonly [string, Codec<unknown>, Uint8Array])[] = [
    ['a key of 4 GB, in 6 bytes', compact(Command), unhex('01ffffffff0f')],
    ['a field that comes twice', protobuf(Command), unhex('120161120162')],
    ['text that is no text', protobuf(Command), unhex('1202c328')],
    ['a number with lost digits', json(Command), ascii('{"session":9007199254740993}')],
    ['a name that comes twice', json(Command), ascii('{"key":"mine","key":"yours"}')],
    ['brackets in an unknown field', json(Command), ascii(`{"new":${'['.repeat(1_000)}`)],
  ]
  for (const [what, codec, attack] of attacks) {
    const result = codec.decode(attack)
    stage.print(`   ${what.padEnd(31)}${result.ok ? 'accepted' : explain(result.error)}`)
  }
}

interface DamagedLog {
  readonly file: Uint8Array
  /** Where the power cut ends it. */
  readonly cut: number
  /** The byte in which a bit flips. */
  readonly flip: number
}

function damagedLog(stage: DemoStage, random: Random): DamagedLog {
  const codec = compile(Command)
  const records = [1, 2, 3, 4].map((session) => encodeRecord(codec.encode({ ...command, session })))
  const file = joined(records)
  const last = file.length - (records.at(-1)?.length ?? 0)
  const cut = place(stage, 'cut', random.integer(last + 1, file.length - 1), file.length)
  return { file, cut, flip: place(stage, 'flip', random.integer(0, last - 1), file.length - 1) }
}

/** A log as chapter 5 will keep one: what a crash may leave of it, and what it may not. */
async function logFile(stage: DemoStage, { file, cut, flip }: DamagedLog): Promise<void> {
  await heading(stage, '4. A log file, a power cut, and a bit that flipped')
  stage.print(`   untouched              ${told(file)}`)
  stage.print(`   cut off at ${String(cut).padEnd(12)}${told(file.subarray(0, cut))}`)
  const damaged = file.slice()
  damaged[flip] = (damaged[flip] ?? 0) ^ 0b100
  stage.print(`   bit flipped at ${String(flip).padEnd(8)}${told(damaged)}`)
}

function told(file: Uint8Array): string {
  const { records, end } = readRecords(file)
  const whole = records.length === 1 ? '1 record is whole' : `${records.length} records are whole`
  return `${whole}; ${ending(end)}`
}

function ending(end: LogEnd): string {
  switch (end.kind) {
    case 'clean':
      return 'nothing is missing'
    case 'torn':
      return `torn at ${end.offset} (${end.reason}): cut there, and go on`
    case 'corrupt':
      return `CORRUPT at ${end.offset} (${end.reason}): refuse to start`
  }
}

/** What a schema becomes when it is compiled. */
async function generatedCode(stage: DemoStage): Promise<void> {
  await heading(stage, '5. The decoder of a task, as the compiler writes it')
  for (const line of readSource(Task).split('\n')) stage.print(`   ${line}`)
}

function place(stage: DemoStage, flag: string, otherwise: number, max: number): number {
  const at = wholeNumber(stage.options, flag, otherwise)
  if (at > max) throw new BadFlag(`--${flag} takes a place in the file, from 0 to ${max}, not ${at}`)
  return at
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Writer()
  for (const part of parts) file.raw(part)
  return file.finish()
}

function size(encoded: Uint8Array): string {
  return `${String(encoded.length).padStart(3)} bytes`
}

function hex(encoded: Uint8Array): string {
  return [...encoded].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
