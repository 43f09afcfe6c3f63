/**
 * What the reader has done in the figure of formats: the value that was typed,
 * the bytes as they stand now, and the byte that is chosen. Each function here
 * returns the experiment after one more step; none changes the one before.
 */
import { OutsideSchema } from '#serialization/validate'
import { type FieldName, type Form, OPENING_FORM, type TooLong, tooLongOf } from './command.ts'
import {
  type ByFormat,
  byFormat,
  FORMATS,
  type FormatName,
  fieldOf,
  type Reading,
  read,
  type Written,
  write,
} from './formats.ts'

/** One byte of one format. */
export interface Choice {
  readonly format: FormatName
  readonly at: number
}

export interface Experiment {
  readonly form: Form
  /** The value and its bytes: of the last one that the schema describes, when the form's isn't. */
  readonly written: Written | undefined
  /** Why the bytes are not those of the form. */
  readonly outside: OutsideSchema | TooLong | undefined
  /** The bytes with what was done to them. */
  readonly bytes: ByFormat<Uint8Array>
  readonly chosen: Choice
  /** The offset in each format that was chosen last. */
  readonly places: ByFormat<number>
  /** What the modules behind the figure threw, and never should. */
  readonly trouble: string | undefined
}

/** The beginning: a value, its bytes, and one of them chosen. */
export function opening(form: Form = OPENING_FORM): Experiment {
  const nothing = byFormat(() => new Uint8Array())
  const chosen: Choice = { format: 'compact', at: 4 }
  const places = { json: 0, compact: chosen.at, protobuf: 0 }
  const none = { written: undefined, outside: undefined, trouble: undefined }
  return rewritten({ form, bytes: nothing, chosen, places, ...none })
}

/** After a field was typed. What was done to the bytes is gone. */
export function typed(before: Experiment, field: FieldName, text: string): Experiment {
  return rewritten({ ...before, form: { ...before.form, [field]: text } })
}

function rewritten(before: Experiment): Experiment {
  try {
    const clean = { ...before, outside: undefined, trouble: undefined }
    const tooLong = tooLongOf(before.form)
    if (tooLong !== undefined) return restored({ ...clean, outside: tooLong })
    const written = write(before.form)
    if (written instanceof OutsideSchema) return restored({ ...clean, outside: written })
    return choose({ ...clean, written, bytes: written.bytes }, before.chosen)
  } catch (error) {
    return { ...before, trouble: error instanceof Error ? error.message : String(error) }
  }
}

/** With the bytes as they were written. */
export function restored(before: Experiment): Experiment {
  return { ...before, bytes: before.written?.bytes ?? before.bytes }
}

/** Whether bytes can be changed: not those of a value that is no longer the form's. */
export function isEditable(experiment: Experiment): boolean {
  return experiment.outside === undefined && experiment.trouble === undefined && experiment.written !== undefined
}

/** With another value in the place of the chosen byte. */
export function replaced(before: Experiment, byte: number): Experiment {
  if (!isEditable(before)) return before
  const { format, at } = before.chosen
  const bytes = before.bytes[format].with(at, byte)
  return { ...before, bytes: { ...before.bytes, [format]: bytes } }
}

/** With one bit of the chosen byte flipped; bit 0 is the least. */
export function flipped(before: Experiment, bit: number): Experiment {
  return replaced(before, chosenByte(before) ^ (1 << bit))
}

/** The value of the chosen byte. */
export function chosenByte({ bytes, chosen }: Experiment): number {
  return bytes[chosen.format][chosen.at] ?? 0
}

/** With another byte chosen, or the nearest to it that there is. */
export function choose(before: Experiment, { format, at }: Choice): Experiment {
  const last = Math.max(0, before.bytes[format].length - 1)
  const chosen = { format, at: Math.min(Math.max(at, 0), last) }
  return { ...before, chosen, places: { ...before.places, [format]: chosen.at } }
}

/** With the byte chosen that is `by` further on in its format. */
export function moved(before: Experiment, by: number): Experiment {
  return choose(before, { ...before.chosen, at: before.chosen.at + by })
}

/** With a byte chosen in the next format, or the one before: where the same field begins, if it has bytes there. */
export function movedAcross(before: Experiment, by: 1 | -1, readings: ByFormat<Reading> | undefined): Experiment {
  const { format, at } = before.chosen
  const next = FORMATS[FORMATS.findIndex(({ name }) => name === format) + by]
  if (next === undefined) return before
  const field = fieldOf(readings?.[format].parts[at] ?? '')
  const start =
    field === undefined ? -1 : (readings?.[next.name].parts.findIndex((part) => fieldOf(part) === field) ?? -1)
  return choose(before, { format: next.name, at: start < 0 ? at : start })
}

/** Whether a format's bytes are as they were written. */
export function isIntact({ bytes, written }: Experiment, format: FormatName): boolean {
  const original = written?.bytes[format]
  return original === undefined || bytes[format].every((byte, at) => byte === original[at])
}

/** What decoding makes of the bytes, or what the modules behind the figure threw. */
export function readingsOf({ bytes, written }: Experiment): ByFormat<Reading> | Error {
  if (written === undefined) return new Error('nothing was written')
  try {
    return byFormat((format) => read(format, bytes[format], written.value))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
