/**
 * Compares two runs of one scenario, which must not differ, and guesses from the
 * way in which they do where the difference comes from.
 */
import type { TraceEvent } from '#message-passing/trace'

/** The first place at which two runs of one seed differ. */
export interface Difference {
  /** What each of the two runs did there, as a line of the trace; nothing when it was over. */
  readonly first: string | undefined
  readonly second: string | undefined
  /** The probable cause, as a sentence. */
  readonly cause: string
}

const NUMBERS =
  'The same things happened with other numbers or texts: look for a date, a random number or an identifier that is not drawn from host.clock and host.random.'
const MEMBERS =
  'The same members stand in another order: look for something that is listed as it comes, such as the keys of an object or a set that was filled from outside.'
const KEYS =
  'The same things happened at this moment in another order: look for a loop over keys, a set or a map whose order comes from outside, or a sort that leaves ties open.'
const RACE =
  'The same things happened, but at other moments and in another order: look for something that waits in real time, such as a timer, a file or a fetch.'
const LEFTOVER =
  'One of the runs goes on where the other is over: look for something that is made outside of the function that sets up the world, and kept from one run to the next.'
const UNKNOWN =
  'The two runs part here: look for time, chance or state from outside of the simulation in what this host did before.'

/** Nothing, when the two runs are the same. */
export function firstDifference(first: readonly TraceEvent[], second: readonly TraceEvent[]): Difference | undefined {
  const length = Math.max(first.length, second.length)
  for (let index = 0; index < length; index++) {
    const [left, right] = [first[index], second[index]]
    const [leftLine, rightLine] = [left && JSON.stringify(left), right && JSON.stringify(right)]
    if (leftLine !== rightLine) {
      return { first: leftLine, second: rightLine, cause: causeOf(first.slice(index), second.slice(index)) }
    }
  }
  return undefined
}

/** What probably made these two runs differ, from their first different event on. */
function causeOf([left, ...laterLeft]: readonly TraceEvent[], [right, ...laterRight]: readonly TraceEvent[]): string {
  if (left === undefined || right === undefined) return LEFTOVER
  if (canonical(left) === canonical(right)) return MEMBERS
  const isSwapped = laterLeft.some((event) => isSame(event, right)) && laterRight.some((event) => isSame(event, left))
  if (isSwapped && left.atMs === right.atMs && happensNow(laterLeft, right) && happensNow(laterRight, left)) return KEYS
  if (shape(left) === shape(right)) return NUMBERS
  return isSwapped ? RACE : UNKNOWN
}

/** Whether `event` is among the events of its own moment at the beginning of `later`. */
function happensNow(later: readonly TraceEvent[], event: TraceEvent): boolean {
  return later.some((each) => each.atMs === event.atMs && isSame(each, event))
}

/** Whether two events are the same but for their moment and the number of their message. */
function isSame(left: TraceEvent, right: TraceEvent): boolean {
  return content(left) === content(right)
}

function content(event: TraceEvent): string {
  return JSON.stringify({ ...event, atMs: 0, id: 0 })
}

/** The event with all members in one order, so that only their values count. */
function canonical(event: TraceEvent): string {
  return JSON.stringify(inOneOrder(event))
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map(inOneOrder)
      .map((each) => JSON.stringify(each))
      .sort()
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, inOneOrder(member)] as const)
  return members.sort(([left], [right]) => (left < right ? -1 : 1))
}

/** Who did what to whom, and what a message is made of, without the values in it. */
function shape(event: TraceEvent): string {
  const { kind } = event
  const who = ['host', 'from', 'to'].map((name) => (event as Readonly<Record<string, unknown>>)[name]) // undefined if it has none
  return JSON.stringify([kind, ...who, 'message' in event ? outline(event.message) : 0])
}

function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(outline)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, outline(member)]))
}
