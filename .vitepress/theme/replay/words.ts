/** What happened, in words: one line for each event of a trace. */
import { labelOf } from '#message-passing/message-label'
import type { TraceEvent } from '#message-passing/trace'

const LETTERS_MAX = 160

/** *12.5 ms*, or *12.345 s* in a long run. */
export function momentOf(atMs: number): string {
  const isLong = Math.abs(atMs) >= 10_000
  const amount = isLong ? Math.round(atMs) / 1_000 : Math.round(atMs * 100) / 100
  const digits = { minimumFractionDigits: isLong ? 3 : 0, maximumFractionDigits: 3 }
  return `${amount.toLocaleString('en-GB', digits)} ${isLong ? 's' : 'ms'}`
}

/** *client sends ‘increment’ to server* */
export function tell(event: TraceEvent): string {
  switch (event.kind) {
    case 'send':
      return `${event.host} sends ‘${short(event.message)}’ to ${event.to}`
    case 'receive':
      return `${event.host} receives ‘${short(event.message)}’ from ${event.from}`
    case 'lose':
      return event.why === 'lost'
        ? `a message from ${event.host} to ${event.to} is lost`
        : `a message from ${event.host} to ${event.to} is lost: ${event.why}`
    case 'crash':
      return `${event.host} crashes`
    case 'restart':
      return `${event.host} restarts`
    case 'pause':
      return `${event.host} is paused`
    case 'resume':
      return `${event.host} goes on`
    case 'end':
      return `${event.host}'s program ends`
    case 'cut':
      return `the link from ${event.host} to ${event.to} is cut`
    case 'repair':
      return `the link from ${event.host} to ${event.to} is repaired`
    case 'hold':
      return `messages from ${event.host} to ${event.to} are held`
    case 'release':
      return `messages from ${event.host} to ${event.to} are released`
    case 'drift':
      return `${event.host}'s clock runs at ${event.rate} of the right speed`
    case 'jump':
      return `${event.host}'s wall clock jumps by ${event.byMs} ms`
    case 'note':
      return `${event.host}: ${cut(event.text, LETTERS_MAX)}`
    case 'state':
      return `${event.host} has ${short(event.state)}`
    case 'broken':
      return `the rule is broken: ${event.rule}`
  }
}

function short(value: unknown): string {
  return cut(labelOf(value), LETTERS_MAX)
}

export function cut(text: string, lettersMax: number): string {
  return text.length <= lettersMax ? text : `${text.slice(0, lettersMax - 1)}…`
}
