/** A recorded run, read back from its file and made ready for drawing, in slices: the page gets a turn between them. */
import { readJsonLines, type TraceEvent } from '#message-passing/trace'
import { Diagram } from '../figures/space-time/diagram.ts'
import { HostStandings } from './hosts.ts'
import { type Header, type Pace, readEvents } from './read.ts'
import { Spacing } from './spacing.ts'
import { momentOf } from './words.ts'

export interface Run {
  readonly name: string
  readonly events: readonly TraceEvent[]
  readonly diagram: Diagram
  readonly spacing: Spacing
  readonly hosts: HostStandings
  /** The check that failed, if the file says so. */
  readonly check: string | undefined
  readonly rule: string | undefined
  readonly seen: string | undefined
  readonly seed: string | undefined
  /** What to type to have the run again. */
  readonly command: string | undefined
  /** What befell hosts and links in it, in words. */
  readonly faults: readonly string[]
  /** How many events were not kept, from the beginning of the run. */
  readonly dropped: number
  /** The event at which the rule was found to be broken. */
  readonly broken: number | undefined
}

export type Opened = { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly sentence: string }

/** A larger file is refused: it would have to fit into the page's memory several times over. */
export const RUN_LETTERS_MAX = 64 * 1024 * 1024

const SLICE_EVENTS = 4_000

export async function openRun(name: string, text: string, pace: Pace): Promise<Opened> {
  if (text.length > RUN_LETTERS_MAX) return refused(name, `it is larger than ${RUN_LETTERS_MAX / 1024 / 1024} MB`)
  const read = await readEvents(text, pace)
  if (!read.ok) return refused(name, `${read.problem} (line ${read.line})`)
  if (read.events.length === 0) return refused(name, 'nothing happens in it')
  const draft = new Draft(read.header, read.events)
  while (draft.add()) await pace.pause()
  return { ok: true, run: draft.finish(name) }
}

/** A short run, at once. Throws an error that says what is wrong with it. */
export function openShortRun(name: string, text: string): Run {
  const read = readJsonLines(text)
  if (!read.ok) throw new Error(`${name} can't be opened: ${read.problem} (line ${read.line})`)
  const draft = new Draft(read.header, read.events)
  while (draft.add());
  return draft.finish(name)
}

/** What a run is about, in a sentence. */
export function storyOf({ rule, seen, events, broken, dropped }: Run): string {
  const before = dropped > 0 ? `The first ${grouped(dropped)} events were not kept. ` : ''
  if (rule === undefined) return `${before}No rule is broken in this run of ${grouped(events.length)} events.`
  const atMs = events[broken ?? events.length - 1]?.atMs
  const when = atMs === undefined ? '' : ` at ${momentOf(atMs)}`
  return `${before}Broken${when}${seen === undefined ? '.' : `: ${seen}`}`
}

export function grouped(count: number): string {
  return count.toLocaleString('en-GB')
}

class Draft {
  readonly #header: Header
  readonly #events: readonly TraceEvent[]
  readonly #diagram: Diagram
  readonly #spacing = new Spacing()
  readonly #hosts: HostStandings
  #added = 0

  constructor(header: Header, events: readonly TraceEvent[]) {
    this.#header = header
    this.#events = events
    this.#diagram = new Diagram(namesOf(header, events))
    this.#hosts = new HostStandings(this.#diagram.events, this.#diagram.lanes)
  }

  /** Takes in a slice. Answers whether there are more. */
  add(): boolean {
    const slice = this.#events.slice(this.#added, this.#added + SLICE_EVENTS)
    this.#added += slice.length
    this.#diagram.add(slice)
    this.#spacing.add(slice)
    this.#hosts.read()
    return this.#added < this.#events.length
  }

  finish(name: string): Run {
    const { rule, seen, seed, check, command, faults, dropped } = this.#header
    const last = this.#events.findLastIndex((event) => event.kind === 'broken')
    const event = this.#events[last]
    const broken = event?.kind === 'broken' ? event : undefined
    return {
      name,
      events: this.#diagram.events,
      diagram: this.#diagram,
      spacing: this.#spacing,
      hosts: this.#hosts,
      check: textOf(check),
      rule: broken?.rule ?? textOf(rule),
      seen: broken?.seen ?? textOf(seen),
      seed: textOf(seed),
      command: textOf(command) ?? commandFor(name, textOf(seed)),
      faults: Array.isArray(faults) ? faults.flatMap((fault: unknown) => faultText(fault) ?? []) : [],
      dropped: typeof dropped === 'number' ? dropped : 0,
      broken: broken !== undefined ? last : rule !== undefined ? this.#events.length - 1 : undefined,
    }
  }
}

function refused(name: string, problem: string): Opened {
  return { ok: false, sentence: `${name} can't be opened: ${problem}.` }
}

/** First those that the file names, then those that it tells of, by name. */
function namesOf({ hosts }: Header, events: readonly TraceEvent[]): readonly string[] {
  const named = Array.isArray(hosts) ? hosts.filter((host): host is string => typeof host === 'string') : []
  const names = new Set<string>()
  for (const event of events) {
    if (event.kind === 'broken') continue
    names.add(event.host)
    if ('to' in event) names.add(event.to)
    if ('from' in event) names.add(event.from)
  }
  return [...new Set([...named, ...[...names].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))])]
}

/** A run is named for its exercise: *1.5-no-two-leaders*. */
function commandFor(name: string, seed: string | undefined): string | undefined {
  const exercise = /^(\d+\.\d+)-/.exec(name)?.[1]
  return exercise === undefined || seed === undefined ? undefined : `npm run check ${exercise} -- --seed ${seed}`
}

function faultText(fault: unknown): string | undefined {
  return typeof fault === 'object' && fault !== null && 'text' in fault ? textOf(fault.text) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined
}
