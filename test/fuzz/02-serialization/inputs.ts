/** Makes the inputs of a batch: of each format, and in each of three ways. */
import type { Random } from '#message-passing/random'
import { asMessage, type Message } from '#serialization/protobuf-form'
import type { Schema } from '#serialization/schema'
import { drawBytes, drawLength } from '../draw.ts'
import { mutated } from '../mutate.ts'
import type { Kind } from '../tally.ts'
import { CompactBytes } from './compact-bytes.ts'
import { drawDamagedLog, type Verdict } from './damaged-log.ts'
import { JsonText } from './json-text.ts'
import type { Codecs } from './judge.ts'
import { ProtobufBytes } from './protobuf-bytes.ts'
import { drawLog } from './record-bytes.ts'
import { drawValue } from './values.ts'

export type Format = 'json' | 'compact' | 'protobuf' | 'records'

export interface Input {
  readonly format: Format
  readonly kind: Kind
  readonly bytes: Uint8Array
  /** What must be read of a log, if that is known. */
  readonly verdict?: Verdict
}

export class Inputs {
  readonly #random: Random
  readonly #schema: Schema
  readonly #message: Message | undefined
  readonly #codecs: Codecs
  readonly #json: JsonText
  readonly #compact: CompactBytes
  readonly #protobuf: ProtobufBytes
  readonly #utf8 = new TextEncoder()

  constructor(random: Random, schema: Schema, codecs: Codecs) {
    this.#random = random
    this.#schema = schema
    this.#message = codecs.protobuf === undefined ? undefined : asMessage(schema)
    this.#codecs = codecs
    this.#json = new JsonText(random)
    this.#compact = new CompactBytes(random)
    this.#protobuf = new ProtobufBytes(random)
  }

  draw(): Input {
    const format = this.#format()
    const choice = this.#random.uniform()
    if (choice < 0.15) return { format, kind: 'random', bytes: drawBytes(this.#random, drawLength(this.#random)) }
    if (choice > 0.55) return { format, kind: 'made', bytes: this.#made(format) }
    if (format === 'records' && choice > 0.25) return { format, kind: 'mutated', ...drawDamagedLog(this.#random) }
    return { format, kind: 'mutated', bytes: mutated(this.#random, this.#valid(format), this.#valid(format)) }
  }

  #format(): Format {
    const choice = this.#random.uniform()
    if (choice < 0.07) return 'records'
    if (choice < 0.35) return 'json'
    return choice < 0.65 && this.#message !== undefined ? 'protobuf' : 'compact'
  }

  #valid(format: Format): Uint8Array {
    const { json, compact, protobuf } = this.#codecs
    if (format === 'records') return drawLog(this.#random)
    const value = drawValue(this.#random, this.#schema)
    if (format === 'json') return json.encode(value)
    return format === 'protobuf' && protobuf !== undefined ? protobuf.encode(value) : compact.encode(value)
  }

  #made(format: Format): Uint8Array {
    const random = this.#random
    if (format === 'records') return drawLog(random)
    if (format === 'compact') return this.#compact.draw(this.#schema)
    if (format === 'protobuf') {
      return this.#message === undefined || random.chance(0.2)
        ? this.#protobuf.drawSoup()
        : this.#protobuf.draw(this.#message)
    }
    const choice = random.uniform()
    if (choice < 0.1) return this.#utf8.encode(this.#json.drawSoup())
    if (choice < 0.25) return this.#utf8.encode(this.#json.drawAny())
    return this.#utf8.encode(this.#json.draw(this.#schema))
  }
}
