/** What became of a select, in a few words: a failed check shows them whole. */
import type { Observed } from '../observe.ts'

/** `'waits'`, `'reply: hello'`, or `'rejects: enough'`. Symbols are told as their constants are named: `'reply: CLOSED'`. */
export function told({ state, value, error }: Observed<{ readonly name: string; readonly value: unknown }>): string {
  if (state === 'waiting') return 'waits'
  if (state === 'failed') return `rejects: ${error instanceof Error ? error.name : String(error)}`
  return value === undefined ? 'resolves with undefined' : `${value.name}: ${wordFor(value.value)}`
}

function wordFor(value: unknown): string {
  if (typeof value === 'symbol') return (value.description ?? 'a symbol').replace(' ', '_').toUpperCase()
  return value === undefined ? 'done' : String(value)
}
