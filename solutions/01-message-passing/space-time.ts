/**
 * A run as text, time going down: hosts are lanes, messages are arrows.
 *
 * ```
 *      ms  a             b
 *     100  ●─ hello ───┐ │
 *     104  │           └►●
 * ```
 *
 * A row for each event, so every moment is exact and none is to scale. A message
 * leaves its host, runs down beside the receiver's lane for as long as it is
 * under way, and turns in where it arrives. `░` is a lane that stands still, and
 * a host that is down has none.
 */
import type { TraceEvent } from '#message-passing/trace'
import { countArrivals, type Lane, type Row, rowsOf } from '#message-passing/trace-rows'

export interface SpaceTimeOptions {
  /** Which hosts are drawn, from left to right: all of them, by name, if it isn't said. */
  readonly hosts?: readonly string[]
  /** How wide the drawing is: 80 columns, by default. */
  readonly columns?: number
  /** How many rows are drawn, counted from the end: all, by default. */
  readonly rowsMax?: number
}

const FIRST_LANE_COLUMN = 10
const LANE_COLUMNS_MIN = 8
const glyphs: Readonly<Record<Lane, string>> = { up: '│', paused: '░', down: ' ' }

/** Draws what happened. Throws a `RangeError` when the lanes don't fit. */
export function drawSpaceTime(events: readonly TraceEvent[], options: SpaceTimeOptions = {}): string {
  const { columns = 80, rowsMax = Infinity, hosts = namesIn(events) } = options
  const rows = rowsOf(events, hosts)
  const drawing = new Drawing(hosts, columns, countArrivals(events))
  const hidden = Math.max(0, rows.length - rowsMax)
  for (const row of rows.slice(0, hidden)) drawing.skip(row)
  for (const row of rows.slice(hidden)) drawing.draw(row)
  return drawing.text
}

/** The hosts that a trace tells of, by name. */
export function namesIn(events: readonly TraceEvent[]): readonly string[] {
  const names = new Set<string>()
  for (const event of events) {
    if ('host' in event) names.add(event.host)
    if ('to' in event) names.add(event.to)
    if ('from' in event) names.add(event.from)
  }
  return [...names].sort()
}

/** A message under way: the column in which it runs down, and how many copies of it are still to arrive. */
interface Flight {
  readonly column: number
  copies: number
}

class Drawing {
  readonly #columns: number
  readonly #lanes = new Map<string, { readonly column: number; lane: Lane }>()
  readonly #flights = new Map<number, Flight>()
  readonly #arrivals: ReadonlyMap<number, number>
  readonly #lines: string[] = []
  #line: string[] = []
  #lastMs: number | undefined

  constructor(hosts: readonly string[], columns: number, arrivals: ReadonlyMap<number, number>) {
    const width = Math.floor((columns - FIRST_LANE_COLUMN) / hosts.length)
    if (width < LANE_COLUMNS_MIN) {
      throw new RangeError(`${hosts.length} hosts don't fit into ${columns} columns: say which of them to draw`)
    }
    this.#columns = columns
    this.#arrivals = arrivals
    this.#line = new Array<string>(columns).fill(' ')
    this.#put(0, 'ms'.padStart(FIRST_LANE_COLUMN - 2))
    for (const [index, host] of hosts.entries()) {
      const column = FIRST_LANE_COLUMN + index * width
      this.#put(column, cut(host, width - 1))
      this.#lanes.set(host, { column, lane: 'up' })
    }
    this.#endLine()
  }

  get text(): string {
    return `${this.#lines.join('\n')}\n`
  }

  /** Takes in what a row changes, without drawing it. */
  skip(row: Row): void {
    if (row.kind === 'mark') this.#setLane(row.host, row.lane)
  }

  draw(row: Row): void {
    this.#beginLine(row.atMs)
    switch (row.kind) {
      case 'leave':
        this.#leave(row)
        break
      case 'arrive':
        this.#arrive(row, '●')
        break
      case 'refused':
        this.#arrive({ ...row, label: '' }, '×')
        this.#beside(this.#columnOf(row.to), row.why)
        break
      case 'lost':
        this.#lose(row)
        break
      case 'mark':
        this.#setLane(row.host, row.lane)
        this.#put(this.#columnOf(row.host), row.lane === 'down' ? '×' : '●')
        this.#beside(this.#columnOf(row.host), row.text)
        break
      case 'everywhere':
        this.#put(FIRST_LANE_COLUMN, `~~ ${row.text} `.padEnd(this.#columns - FIRST_LANE_COLUMN, '~'))
        break
    }
    this.#endLine()
  }

  #leave({ from, to, id, label }: Extract<Row, { readonly kind: 'leave' }>): void {
    const start = this.#columnOf(from)
    const column = this.#freeColumn(start, this.#columnOf(to))
    const goesRight = column > start
    this.#run(start, column)
    this.#put(column, goesRight ? '┐' : '┌')
    this.#put(start, '●')
    this.#label(label, start, column)
    this.#flights.set(id, { column, copies: this.#arrivals.get(id) ?? Infinity })
  }

  #arrive(row: Pick<Extract<Row, { readonly kind: 'arrive' }>, 'from' | 'to' | 'id' | 'label'>, end: '●' | '×'): void {
    const goal = this.#columnOf(row.to)
    const goesRight = goal > this.#columnOf(row.from)
    const flight = this.#flights.get(row.id)
    const step = goesRight ? 1 : -1
    const roomColumns = Math.abs(goal - this.#columnOf(row.from)) - 1
    const start = flight?.column ?? goal - step * Math.min(row.label.length + 5, roomColumns) // its sending is not drawn
    this.#run(start, goal)
    this.#put(goal - step, goesRight ? '►' : '◄')
    this.#put(goal, end)
    if (flight === undefined) return this.#label(row.label, start, goal)
    flight.copies -= 1
    const [last, more] = goesRight ? ['└', '├'] : ['┘', '┤']
    this.#put(start, flight.copies > 0 ? more : last)
    if (flight.copies === 0) this.#flights.delete(row.id)
  }

  #lose({ from, to, label, why }: Extract<Row, { readonly kind: 'lost' }>): void {
    const start = this.#columnOf(from)
    const goal = this.#columnOf(to)
    const step = goal > start ? 1 : -1
    const roomColumns = Math.abs(goal - start) - 2
    const end = start + step * Math.min(label.length + 5, roomColumns)
    this.#run(start, end)
    this.#put(start, '●')
    this.#put(end, '×')
    this.#label(label, start, end)
    this.#put(step > 0 ? end + 2 : end - 1 - why.length, why)
  }

  /** A line between two columns, which crosses the lanes between them. */
  #run(start: number, end: number): void {
    const lanes = new Set([...this.#lanes.values()].map(({ column }) => column))
    const [left, right] = start < end ? [start, end] : [end, start]
    for (let column = left + 1; column < right; column++) this.#put(column, lanes.has(column) ? '┼' : '─')
  }

  /** Where a message can run down: beside its goal, on the side it comes from, where no other one does. */
  #freeColumn(start: number, goal: number): number {
    const step = goal > start ? 1 : -1
    const taken = new Set([...this.#flights.values()].map(({ column }) => column))
    const nearest = goal - step * 2
    for (let column = nearest; (column - start) * step > 3; column -= step) {
      if (!taken.has(column)) return column
    }
    return nearest
  }

  /** A label on the line that begins at `start`, cut where the line is too short. */
  #label(label: string, start: number, end: number): void {
    const roomColumns = Math.abs(end - start) - 5
    if (label === '' || roomColumns < 1) return
    const shown = ` ${cut(label, roomColumns)} `
    this.#put(end > start ? start + 2 : start - 1 - shown.length, shown)
  }

  /** Text to the right of a lane, or to the left where there is more room. */
  #beside(column: number, text: string): void {
    const roomRight = this.#columns - column - 2
    const roomLeft = column - FIRST_LANE_COLUMN - 1
    if (text.length <= roomRight || roomRight >= roomLeft) return this.#put(column + 2, cut(text, roomRight))
    const shown = cut(text, roomLeft)
    this.#put(column - 1 - shown.length, shown)
  }

  #beginLine(atMs: number): void {
    this.#line = new Array<string>(this.#columns).fill(' ')
    if (atMs !== this.#lastMs) this.#put(0, String(Math.round(atMs * 10) / 10).padStart(FIRST_LANE_COLUMN - 2))
    this.#lastMs = atMs
    for (const { column, lane } of this.#lanes.values()) this.#put(column, glyphs[lane])
    for (const { column } of this.#flights.values()) this.#put(column, '┆')
  }

  #endLine(): void {
    this.#lines.push(this.#line.join('').trimEnd())
  }

  #put(column: number, text: string): void {
    for (const [index, character] of [...text].entries()) {
      if (column + index >= 0 && column + index < this.#columns) this.#line[column + index] = character
    }
  }

  #columnOf(host: string): number {
    return this.#lanes.get(host)?.column ?? 0 // every row is about hosts that are drawn
  }

  #setLane(host: string, lane: Lane | undefined): void {
    const drawn = this.#lanes.get(host)
    if (drawn !== undefined && lane !== undefined) drawn.lane = lane
  }
}

function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, Math.max(0, lengthMax - 1))}…`
}
