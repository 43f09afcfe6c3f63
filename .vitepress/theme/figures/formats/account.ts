/** What the figure of formats says in words. */
import { explain } from '#serialization/decoded'
import { FIELD_NAMES, type FieldName, TooLong, textOf } from './command.ts'
import { type Experiment, isIntact } from './experiment.ts'
import { type ByFormat, type FormatName, fieldOf, labelOf, type Reading } from './formats.ts'

/** The one sentence under the picture. */
export function sentenceOf(experiment: Experiment, readings: ByFormat<Reading> | undefined): string {
  const { outside, chosen, bytes } = experiment
  if (outside instanceof TooLong) return `These are the bytes of the value before: ${outside.message}.`
  if (outside !== undefined) return `No format writes this value. ${outside.message}.`
  const reading = readings?.[chosen.format]
  if (reading === undefined) return ''
  if (!isIntact(experiment, chosen.format)) return verdictOf(experiment, chosen.format, reading)
  const { json, compact, protobuf } = bytes
  const sizes = `${json.length} bytes as JSON, ${compact.length} in the compact format, ${protobuf.length} in Protobuf`
  return `One value takes ${sizes}.`
}

function verdictOf({ written }: Experiment, format: FormatName, { result }: Reading): string {
  const label = labelOf(format)
  if (result.is === 'refused') return `${label} refuses the bytes. ${upperFirst(explain(result.error))}.`
  const { value, changed, unknownLength } = result
  const kept = unknownLength === 0 ? '' : ` ${unknownLength} bytes are kept as a field that the schema doesn’t have.`
  if (changed.length === 0) return `${label} accepts the bytes, and the value is the same.${kept}`
  const [field] = changed
  const [was, is] = field === undefined ? ['', ''] : [written?.value[field], value[field]].map(shortText)
  const change = changed.length === 1 && was !== is ? `${field} was ${was} and is ${is}` : `${listed(changed)} changed`
  return `Accepted, and wrong: ${change}.${kept} Nothing but a checksum would notice.`
}

/** A few words beside a format's size. */
export function statusOf(experiment: Experiment, format: FormatName, reading: Reading | undefined): string {
  if (experiment.outside !== undefined) return 'the value before'
  if (reading === undefined || isIntact(experiment, format)) return ''
  const { result } = reading
  if (result.is === 'refused') return `refused at ${result.error.offset}`
  return result.changed.length === 0 ? 'accepted' : 'accepted, wrong'
}

/** A field as it was read back. */
export interface Row {
  readonly name: FieldName
  readonly text: string
  /** A sign for those who don't see colours, and what it means. */
  readonly mark?: { readonly sign: '≠' | '✗'; readonly meaning: string } | undefined
}

/** What was read back, field by field. */
export function rowsOf(experiment: Experiment, reading: Reading | undefined): readonly Row[] {
  return FIELD_NAMES.map((name): Row => {
    const { outside } = experiment
    if (outside !== undefined) {
      const isHere = fieldOf(outside.path) === name
      return isHere
        ? {
            name,
            text: outside instanceof TooLong ? 'too long to show' : 'outside the schema',
            mark: { sign: '✗', meaning: 'refused:' },
          }
        : { name, text: '–' }
    }
    if (reading === undefined) return { name, text: '–' }
    const { result } = reading
    if (result.is === 'accepted') {
      const mark = result.changed.includes(name) ? ({ sign: '≠', meaning: 'changed:' } as const) : undefined
      return { name, text: textOf(result.value[name]), mark }
    }
    const isHere = fieldOf(result.error.path) === name
    if (!isHere) return { name, text: '–' }
    return { name, text: `refused at offset ${result.error.offset}`, mark: { sign: '✗', meaning: 'stopped:' } }
  })
}

const SHOWN_LENGTH_MAX = 24

function shortText(value: unknown): string {
  const text = textOf(value)
  return text.length <= SHOWN_LENGTH_MAX ? text : `${text.slice(0, SHOWN_LENGTH_MAX)}…`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
