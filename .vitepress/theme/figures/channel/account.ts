/** What the figure says in words about one moment, and the curves over the whole run. */
import { CAPACITY_MAX, TASKS_MAX } from './facts.ts'
import type { History, Totals } from './history.ts'
import { count } from './rules.ts'

/** One sentence on what is to be seen now. */
export function sentenceAt(totals: Totals, capacity: number): string {
  const { buffered, sendersWaiting, receiversWaiting, closed } = totals
  if (closed) {
    if (buffered > 0)
      return `Closed: nothing more can be sent, and ${count(buffered, 'message')} can still be received.`
    return 'Closed and drained: every receive answers CLOSED.'
  }
  if (sendersWaiting > 0 && capacity === 0) {
    return `${who(sendersWaiting, 'sender')} until a consumer comes to take the message from hand to hand.`
  }
  if (sendersWaiting > 0) {
    return `The buffer is full and ${who(sendersWaiting, 'sender')}: the consumers now set the pace. This is backpressure.`
  }
  if (receiversWaiting > 0 && capacity === 0) {
    return `${who(receiversWaiting, 'receiver')} for a producer. Without a buffer, each message passes from hand to hand.`
  }
  if (receiversWaiting > 0) return `The buffer is empty and ${who(receiversWaiting, 'receiver')} for the next message.`
  if (capacity === 0) return 'Nobody waits. Without a buffer, a sender and a receiver have to meet.'
  return `${count(buffered, 'message')} in the buffer, and nobody waits.`
}

function who(number: number, noun: string): string {
  return `${count(number, noun)} ${number === 1 ? 'waits' : 'wait'}`
}

export interface Curves {
  readonly buffered: string
  readonly senders: string
  readonly receivers: string
}

/** The chart's units: milliseconds to the right, tasks and messages up from the base line. */
export const CHART_TOP = CAPACITY_MAX + TASKS_MAX
export const CHART_BOTTOM = TASKS_MAX

/** Three areas, as the `d` of a path each: what is buffered, senders waiting on top of it, receivers waiting below 0. */
export function curvesOf(history: History, untilMs: number): Curves {
  const levels = levelsOf(history, untilMs)
  return {
    buffered: area(
      levels,
      untilMs,
      () => 0,
      (at) => at.buffered,
    ),
    senders: area(
      levels,
      untilMs,
      (at) => at.buffered,
      (at) => at.buffered + at.sendersWaiting,
    ),
    receivers: area(
      levels,
      untilMs,
      () => 0,
      (at) => -at.receiversWaiting,
    ),
  }
}

/** How finely the curves are drawn: about as finely as a screen shows a minute. */
const GRAIN_MS = 100

interface Level {
  readonly atMs: number
  readonly totals: Totals
}

/** The totals at each grain of time at which they are others than at the one before. */
function levelsOf(history: History, untilMs: number): readonly Level[] {
  const levels: Level[] = []
  for (let atMs = 0; atMs < untilMs; atMs += GRAIN_MS) {
    const totals = history.totals.at(atMs)
    if (levels.at(-1)?.totals !== totals) levels.push({ atMs, totals })
  }
  return levels
}

function area(
  levels: readonly Level[],
  untilMs: number,
  floor: (at: Totals) => number,
  top: (at: Totals) => number,
): string {
  const there: string[] = []
  const back: string[] = []
  levels.forEach(({ atMs, totals }, index) => {
    const toMs = levels[index + 1]?.atMs ?? untilMs
    there.push(`${atMs} ${top(totals)}L${toMs} ${top(totals)}`)
    back.push(`${toMs} ${floor(totals)}L${atMs} ${floor(totals)}`)
  })
  return there.length === 0 ? '' : `M${there.join('L')}L${back.reverse().join('L')}Z`
}
