/**
 * What really happens when a reader with one version of a schema meets bytes of
 * another version: not what a checker says, but what encoding and decoding do.
 *
 * What a writer meant by a field is known by the field's name, and where only
 * the name has changed, by its number.
 */
import fc from 'fast-check'
import type { Effect } from '#serialization/consequence'
import { protobuf } from '#serialization/protobuf'
import type { Schema, Struct, Union } from '#serialization/schema'
import { fieldPath } from '#serialization/words'
import { isSame, isWritten } from './same-value.ts'

export interface Observed {
  /** Which part, as a change of the checker names it. */
  readonly path: string
  readonly effect: Effect
  /** What was seen, for the story of a broken law. */
  readonly seen: string
}

/** A field or a case. */
interface Part {
  readonly name: string
  readonly number: number
}

type Message = Readonly<Record<string, unknown>>

/** Encodes a value with one version, decodes it with the other, and returns every effect that is no `none`. */
export function meet(writer: Schema, reader: Schema, isReaderNewer: boolean, value: unknown): readonly Observed[] {
  const meeting = new Meeting(isReaderNewer)
  const read = decode(reader, encode(writer, value))
  if (read.ok) meeting.compareParts(writer, reader, value, read.value, '')
  else {
    const { path, expected, found } = read.error
    const steps = path.match(/[\w$]+|\[[^\]]*\]/g) ?? []
    meeting.note(meeting.pathOf(steps, reader, writer), 'refuses', `expected ${expected}, found ${found}`)
  }
  return meeting.observed
}

function encode(schema: Schema, value: unknown): Uint8Array {
  return protobuf(schema).encode(value as never) // which schema it is isn't known to the compiler
}

function decode(schema: Schema, encoded: Uint8Array) {
  return protobuf(schema).decode(encoded)
}

class Meeting {
  readonly observed: Observed[] = []
  readonly #isReaderNewer: boolean

  constructor(isReaderNewer: boolean) {
    this.#isReaderNewer = isReaderNewer
  }

  note(path: string, effect: Effect, seen: string): void {
    this.observed.push({ path, effect, seen })
  }

  compareParts(writer: Schema, reader: Schema, meant: unknown, seen: unknown, path: string): void {
    if (writer.kind === 'struct' && reader.kind === 'struct')
      return this.#compareStructs(writer, reader, asMessage(meant), asMessage(seen), path)
    if (writer.kind === 'union' && reader.kind === 'union')
      return this.#compareUnions(writer, reader, asMessage(meant), asMessage(seen), path)
    const pairs = pairsOf(writer, reader, meant, seen)
    for (const [step, inWriter, inReader, one, other] of pairs ?? [])
      this.compareParts(inWriter, inReader, one, other, path + step)
    if (pairs !== undefined || isSame(writer, reader, meant, seen)) return
    const items = writer.kind === 'list' && reader.kind === 'list' ? '[]' : '' // of lists, only the items can have changed
    this.note(path + items, 'misreads', `${inWords(meant)} was read as ${inWords(seen)}`)
  }

  #compareStructs(writer: Struct, reader: Struct, meant: Message, seen: Message, path: string): void {
    for (const field of reader.fields) {
      const onWire = writer.fields.find((candidate) => candidate.number === field.number)
      const same = writer.fields.find(({ name }) => name === field.name) ?? onlyRenamed(onWire, reader.fields)
      const at = fieldPath(path, this.#nameIn(field, writer.fields, this.#isReaderNewer))
      const [valueMeant, valueSeen] = [same && meant[same.name], seen[field.name]]
      if (onWire !== undefined && isWritten(onWire, meant[onWire.name])) {
        if (onWire === same) this.compareParts(onWire.schema, field.schema, valueMeant, valueSeen, at)
        else this.note(at, 'misreads', `what was written as ${onWire.name} was read as ${field.name}`)
      } else if (!['struct', 'union'].includes(field.schema.kind) && isWritten(field, valueSeen))
        this.note(at, 'misreads', `nothing was written, and ${inWords(valueSeen)} was read`)
      else if (same === undefined || !isSame(same.schema, field.schema, valueMeant, valueSeen))
        this.note(at, 'default', `${inWords(valueMeant)} was meant, and ${inWords(valueSeen)} is seen`)
    }
    this.#compareUnknown(writer, reader, meant, seen, path)
  }

  /** Fields that the reader doesn't have: do they come back when it writes what it has read? */
  #compareUnknown(writer: Struct, reader: Struct, meant: Message, seen: Message, path: string): void {
    const unknown = writer.fields.filter(({ number }) => !reader.fields.some((field) => field.number === number))
    const written = unknown.filter((field) => isWritten(field, meant[field.name]))
    if (written.length === 0) return
    const again = decode({ ...writer, fields: unknown }, encode(reader, seen))
    const back = again.ok ? asMessage(again.value) : {}
    for (const field of written) {
      const at = fieldPath(path, this.#nameIn(field, reader.fields, !this.#isReaderNewer))
      const isKept = isSame(field.schema, field.schema, meant[field.name], back[field.name])
      const seen = `${field.name} is unknown to the reader, which wrote it again as ${inWords(back[field.name])}`
      this.note(at, isKept ? 'keeps' : 'misreads', isKept ? seen : `${seen}: UnknownFields must keep it`)
    }
  }

  #compareUnions(writer: Union, reader: Union, meant: Message, seen: Message, path: string): void {
    const chosen = writer.cases.find(({ name }) => name === meant[writer.discriminator])
    const read = reader.cases.find(({ name }) => name === seen[reader.discriminator])
    if (chosen === undefined || read === undefined) throw new Error('a value of a union says its case')
    const at = fieldPath(path, this.#nameIn(chosen, reader.cases, !this.#isReaderNewer))
    const isRenamed = onlyRenamed(chosen, reader.cases) && onlyRenamed(read, writer.cases)
    if (chosen.name === read.name || isRenamed) this.#compareStructs(chosen.schema, read.schema, meant, seen, at)
    else this.note(at, 'misreads', `the case ${chosen.name} was read as ${read.name}`)
  }

  /** The name of a part in the newer version, or the only one that it has. */
  #nameIn(part: Part, others: readonly Part[], isPartNewer: boolean): string {
    const other = others.find(({ number }) => number === part.number)
    return isPartNewer || other === undefined ? part.name : other.name
  }

  /** The path of a decoder's error, as the checker writes it, as far as both versions have the same kind of thing. */
  pathOf(steps: readonly string[], reader: Schema, writer: Schema | undefined): string {
    const [step, ...rest] = steps
    if (step === undefined || writer?.kind !== reader.kind) return ''
    if (reader.kind === 'list' && writer.kind === 'list')
      return `[]${dotted(this.pathOf(rest, reader.item, writer.item))}`
    if (reader.kind === 'map' && writer.kind === 'map')
      return step === 'key' ? '{key}' : `{}${dotted(this.pathOf(rest, reader.value, writer.value))}`
    if (reader.kind !== 'struct' || writer.kind !== 'struct') return ''
    const field = reader.fields.find(({ name }) => name === step)
    if (field === undefined) throw new Error(`the error names the field ${step}, which the reader doesn't have`)
    const other = writer.fields.find(({ number }) => number === field.number)
    const name = this.#nameIn(field, writer.fields, this.#isReaderNewer)
    return `${name}${dotted(this.pathOf(rest, field.schema, other?.schema))}`
  }
}

type Pair = readonly [step: string, writer: Schema, reader: Schema, meant: unknown, seen: unknown]

/** Items and entries that belong together, or nothing when there aren't as many on both sides. */
function pairsOf(writer: Schema, reader: Schema, meant: unknown, seen: unknown): readonly Pair[] | undefined {
  if (writer.kind === 'map' && reader.kind === 'map' && meant instanceof Map && seen instanceof Map) {
    const [written, read] = [[...meant], [...seen]]
    if (written.length !== read.length) return undefined
    return written.flatMap(([key, value], index): readonly Pair[] => [
      ['{key}', writer.key, reader.key, key, read[index]?.[0]],
      ['{}', writer.value, reader.value, value, read[index]?.[1]],
    ])
  }
  if (writer.kind !== 'list' && reader.kind !== 'list') return undefined
  const [inWriter, inReader] = [itemOf(writer), itemOf(reader)]
  const written: readonly unknown[] = Array.isArray(meant) ? meant : [meant]
  const read: readonly unknown[] = Array.isArray(seen) ? seen : [seen]
  if (written.length !== read.length) return undefined
  return written.map((item, index): Pair => ['[]', inWriter, inReader, item, read[index]])
}

function itemOf(schema: Schema): Schema {
  return schema.kind === 'list' ? schema.item : schema
}

/** A part whose name the other version doesn't know: it can have been renamed. */
function onlyRenamed<P extends Part>(part: P | undefined, others: readonly Part[]): P | undefined {
  return others.some((other) => other.name === part?.name) ? undefined : part
}

function asMessage(value: unknown): Message {
  return value as Message // decoded, or made, by a schema of an object
}

function inWords(value: unknown): string {
  return value === undefined ? 'nothing' : fc.stringify(value)
}

function dotted(rest: string): string {
  return rest === '' || /^[[{]/.test(rest) ? rest : `.${rest}`
}
