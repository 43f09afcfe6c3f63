/** What receives come to, in words that a failed check shows whole. */
import { expect } from 'vitest'
import type { Receiver } from '#message-passing/receiver'
import { listed } from '../law.ts'
import { type Observed, observe, settle } from '../observe.ts'

/** What became of a receive: `'waits'`, `'a'`, `'a (missed 2)'` for a delivery, `'CLOSED'`, or `'fails: enough'`. */
export function inWords({ state, value, error }: Observed<unknown>): string {
  if (state === 'waiting') return 'waits'
  if (state === 'failed') return `fails: ${error instanceof Error ? error.name : String(error)}`
  return received(value)
}

/** What was received: `'a'`, `'a (missed 2)'` for a delivery, or `'CLOSED'`. */
export function received(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('missed' in value)) return wordFor(value)
  const { value: message, missed }: { value?: unknown; missed: unknown } = value
  return missed === 0 ? wordFor(message) : `${wordFor(message)} (missed ${missed})`
}

/** Receives once for each word in `wanted`. Fails with `rule` when something else comes, or nothing, and time would not help. */
export async function expectToReceive(receiver: Receiver<unknown>, wanted: readonly string[], rule: string) {
  const words: string[] = []
  while (words.length < wanted.length && words.at(-1) !== 'waits') {
    const receive = observe(receiver.receive())
    await settle()
    words.push(inWords(receive))
  }
  expectWords(words, wanted, rule)
}

/** Fails with `rule`, and both in full, one below the other. */
export function expectWords(words: readonly string[], wanted: readonly string[], rule: string): void {
  const [actual, right] = [listed(words), listed(wanted)]
  if (actual !== right) expect.fail(`${rule}\n  should receive: ${right}\n  received:       ${actual}`)
}

function wordFor(value: unknown): string {
  if (typeof value === 'symbol') return (value.description ?? 'a symbol').toUpperCase()
  if (value === '') return 'an empty text'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
