/**
 * Reads the file of a run in slices, each with the book's own `readJsonLines`.
 * Between slices the page gets a turn: so 100,000 events take a moment, and
 * nothing freezes.
 */
import { readJsonLines, type TraceEvent } from '#message-passing/trace'

export type Header = Readonly<Record<string, unknown>>

export type ReadEvents =
  | { readonly ok: true; readonly header: Header; readonly events: readonly TraceEvent[] }
  | { readonly ok: false; readonly line: number; readonly problem: string }

/** How the reading goes on beside everything else on the page. */
export interface Pace {
  /** Lets the page do something else for a turn. */
  pause(): Promise<void>
  /** Hears how much is read, from 0 to 1. */
  progress?(share: number): void
}

const SLICE_LETTERS = 128 * 1024

export async function readEvents(text: string, { pause, progress }: Pace): Promise<ReadEvents> {
  const first = text.slice(0, text.indexOf('\n') + 1)
  const header = parsed(first)
  const opening = readJsonLines(header === undefined ? first || text.slice(0, 80) : slice(header, ''))
  if (!opening.ok || header === undefined) return opening
  const events: TraceEvent[] = []
  for (let start = first.length; start < text.length; ) {
    const cutAt = text.indexOf('\n', start + SLICE_LETTERS)
    const lines = cutAt < 0 ? text.slice(start) : text.slice(start, cutAt + 1)
    const read = readJsonLines(slice(header, lines))
    if (!read.ok) return { ...read, line: events.length + read.line }
    const strange = read.events.findIndex((event) => !namesHosts(event))
    if (strange >= 0) return { ok: false, line: events.length + strange + 2, problem: 'an event does not say of whom' }
    for (const event of read.events) events.push(event)
    start += lines.length
    progress?.(start / text.length)
    await pause()
  }
  if (typeof header.events === 'number' && header.events !== events.length) {
    const problem = `its first line speaks of ${header.events} events, and ${events.length} are there: it was cut off`
    return { ok: false, line: events.length + 1, problem }
  }
  return { ok: true, header, events }
}

/** Some lines of the file as a file of their own. */
function slice(header: Header, lines: string): string {
  const events = countOf('\n', lines) + (lines === '' || lines.endsWith('\n') ? 0 : 1)
  return `${JSON.stringify({ ...header, events })}\n${lines}`
}

function countOf(letter: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count += 1
  return count
}

/** What drawing needs, beside what `readJsonLines` has looked at. */
function namesHosts(event: TraceEvent): boolean {
  if (event.kind === 'broken') return typeof event.rule === 'string'
  const ends = [event.host, 'to' in event ? event.to : '', 'from' in event ? event.from : '']
  return ends.every((end) => typeof end === 'string')
}

function parsed(line: string): Header | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
