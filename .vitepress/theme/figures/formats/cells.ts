/** The bytes of a format as cells: what stands in each, which field it belongs to, and what it is called. */
import { FIELD_NAMES, hexOf } from './command.ts'
import { type Experiment, isEditable } from './experiment.ts'
import { type FormatName, fieldOf, labelOf, type Reading } from './formats.ts'

export interface Cell {
  readonly at: number
  /** A character in JSON, else two hexadecimal digits. */
  readonly text: string
  /** Whether the digits stand for a byte of JSON that can't be shown as a character. */
  readonly isHex: boolean
  /** The field's place in the schema, from 1 on, or 0 for no field. */
  readonly number: number
  /** Whether the field's bytes begin here. */
  readonly isStart: boolean
  readonly isChanged: boolean
  /** Whether decoding stopped here. */
  readonly isFault: boolean
  /** What the byte is and belongs to, in words: `'offset 3, hex 75, in key'`. */
  readonly name: string
}

/** The cells of a format. Bytes of a value that the form no longer has belong to nothing. */
export function cellsOf(experiment: Experiment, format: FormatName, reading: Reading | undefined): readonly Cell[] {
  const original = experiment.written?.bytes[format]
  const isStale = !isEditable(experiment)
  const parts = isStale ? [] : (reading?.parts ?? [])
  const faultAt = isStale ? undefined : faultAtOf(reading)
  let previous = 0
  return [...experiment.bytes[format]].map((byte, at) => {
    const part = parts[at] ?? ''
    const number = numberOf(part)
    const isStart = number !== 0 && number !== previous
    previous = number
    const isChanged = byte !== original?.[at]
    const isFault = at === faultAt
    const isUnread = faultAt !== undefined && at >= faultAt
    const outside = isStale ? 'of the value before' : isUnread ? 'not read' : 'in no field'
    const where = part === '' ? outside : `in ${part}`
    const remarks = [isChanged ? ', changed' : '', isFault ? ', refused here' : ''].join('')
    const name = `offset ${at}, ${inWords(format, byte)}, ${where}${remarks}`
    return {
      at,
      text: textOf(format, byte),
      isHex: format === 'json' && !isPrintable(byte),
      number,
      isStart,
      isChanged,
      isFault,
      name,
    }
  })
}

/** Where decoding stopped: an offset, which is that of the end if too few bytes came. */
export function faultAtOf(reading: Reading | undefined): number | undefined {
  return reading?.result.is === 'refused' ? reading.result.error.offset : undefined
}

/** A byte of a format, in a line for those who point at it. */
export function describe(format: FormatName, { name }: Cell): string {
  return `${labelOf(format)}, ${name}`
}

function numberOf(part: string): number {
  const field = fieldOf(part)
  return field === undefined ? 0 : FIELD_NAMES.indexOf(field) + 1
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f
}

function textOf(format: FormatName, byte: number): string {
  if (format !== 'json' || !isPrintable(byte)) return hexOf(byte)
  return byte === 0x20 ? '␣' : String.fromCharCode(byte)
}

function inWords(format: FormatName, byte: number): string {
  if (format !== 'json' || !isPrintable(byte)) return `hex ${hexOf(byte)}`
  return byte === 0x20 ? 'a space' : `“${String.fromCharCode(byte)}”`
}
