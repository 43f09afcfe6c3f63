/**
 * Logs that the protocol can make: whoever leads in a term appends to its own
 * log, and others copy some of it. Terms only grow, so Log Matching holds.
 */
import fc from 'fast-check'
import type { Log } from '#raft/log'
import type { Entry, Term } from '#raft/messages'
import { entryOf } from './one-server.ts'

/** A log of entries with these terms, in this order. */
export function logOf(...terms: readonly Term[]): Log {
  return { entries: entriesOf(1, ...terms) }
}

/** Entries with these terms, the first of them for the index `from`. */
export function entriesOf(from: number, ...terms: readonly Term[]): Entry[] {
  return terms.map((term, offset) => entryOf(term, from + offset))
}

/** Rows of a table, each with a name for `test.each(…)('%s', …)`. */
export function named<R>(rows: readonly R[], name: (row: R) => string): readonly (readonly [string, R])[] {
  return rows.map((row) => [name(row), row])
}

/** The terms of a log, as text: `1 1 2`. */
export function termsOf({ entries }: Log): string {
  return entries.length === 0 ? 'empty' : entries.map(({ term }) => term).join(' ')
}

/** How many terms have entries in the log. */
export function termCount({ entries }: Log): number {
  return new Set(entries.map(({ term }) => term)).size
}

/** The last index up to which two logs are the same. */
export function sharedUpTo(one: Log, other: Log): number {
  const differs = one.entries.findIndex(({ term }, at) => term !== other.entries[at]?.term)
  return differs < 0 ? one.entries.length : differs
}

/** One term: who leads, how many entries it makes, and up to where the other copies its log. */
interface Reign {
  readonly leader: number
  readonly made: number
  readonly copiedTo: readonly number[]
}

const reign: fc.Arbitrary<Reign> = fc.record({
  leader: fc.nat(2),
  made: fc.nat(4),
  copiedTo: fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)),
})

/** The logs of two servers of three, after some terms. */
export const twoLogs: fc.Arbitrary<readonly [Log, Log]> = fc.array(reign, { maxLength: 8 }).map((reigns) => {
  const logs: Entry[][] = [[], [], []]
  for (const [at, { leader, made, copiedTo }] of reigns.entries()) {
    const term = at + 1
    const own = logs[leader] ?? []
    for (let n = 0; n < made; n++) own.push(entryOf(term, own.length + 1))
    for (const [server, end] of copiedTo.entries()) {
      if (server !== leader && end > 6) logs[server] = copied(logs[server] ?? [], own, end - 6)
    }
  }
  return [{ entries: logs[0] ?? [] }, { entries: logs[1] ?? [] }]
})

/** What a log is when it has the first entries of the leader's, and keeps what doesn't contradict them. */
function copied(log: Entry[], leaders: readonly Entry[], end: number): Entry[] {
  const part = leaders.slice(0, end)
  const isConflict = part.some(({ term }, at) => log[at] !== undefined && log[at].term !== term)
  return isConflict || part.length > log.length ? [...part] : log
}
