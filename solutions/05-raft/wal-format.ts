/**
 * What is in a write-ahead log: a directory of segments, files of records one
 * after the other. Each record holds the changes of one group of saves.
 *
 *     0000000000000001.wal    records 1 to 38
 *     0000000000000039.wal    records 39, 40, …
 *
 * A segment is named for the number of its first record. So a segment that is
 * missing, or was cut between two records, is noticed by the name of the next.
 */

import { Entry } from '#raft/messages'
import { compile } from '#serialization/compile'
import type { Decoded } from '#serialization/decoded'
import { encodeRecord, PAYLOAD_BYTES_MAX } from '#serialization/record'
import { type Infer, list, optional, string, struct, u53 } from '#serialization/schema'

/**
 * One save. Term, vote and entries stand in one record: if they had files of their own, a crash
 * between the two could leave entries of a term that the server has never heard of.
 */
export const Change = struct({ term: u53, votedFor: optional(string), from: optional(u53), entries: list(Entry) })
export type Change = Infer<typeof Change>

const GROUP = compile(list(Change))

/** A record with these changes. Throws a `RangeError` when they don't fit in one. */
export function recordOf(changes: readonly Change[]): Uint8Array {
  return encodeRecord(GROUP.encode(changes))
}

/** The changes of a record's payload, or what is wrong with it. */
export function changesIn(payload: Uint8Array): Decoded<readonly Change[]> {
  return GROUP.decode(payload)
}

/** How long a change is in a record, at most. */
export function lengthMax({ votedFor, entries }: Change): number {
  let length = CHANGE_BYTES_MAX + UTF8_BYTES_MAX * (votedFor?.length ?? 0)
  for (const entry of entries) length += entryLengthMax(entry)
  return length
}

/**
 * Changes that each fit in a record: the change itself, unless it is too long. Then each part carries on
 * where the one before ends. After a crash between two of them the log ends early, as if
 * fewer entries had been appended. Throws a `RangeError` when one entry alone is too long.
 */
export function partsOf(change: Change): readonly Change[] {
  if (change.from === undefined || lengthMax(change) <= CHANGES_BYTES_MAX) return [change]
  const parts: Change[] = []
  const base = lengthMax({ ...change, entries: [] })
  let [start, length] = [0, base]
  for (const [at, entry] of change.entries.entries()) {
    const entryLength = entryLengthMax(entry)
    if (base + entryLength > CHANGES_BYTES_MAX) {
      throw new RangeError(`an entry with a command of ${entry.command?.length} bytes does not fit in a record`)
    }
    if (length + entryLength > CHANGES_BYTES_MAX) {
      parts.push({ ...change, from: change.from + start, entries: change.entries.slice(start, at) })
      start = at
      length = base
    }
    length += entryLength
  }
  parts.push({ ...change, from: change.from + start, entries: change.entries.slice(start) })
  return parts
}

/** How long all changes of a record may be together: the rest is for their number. */
export const CHANGES_BYTES_MAX = PAYLOAD_BYTES_MAX - 8

/** Two numbers, two marks for what may be absent, and two lengths. */
const CHANGE_BYTES_MAX = 8 + 8 + 2 + 8 + 8

/** A UTF-16 unit takes three bytes in UTF-8 at most. */
const UTF8_BYTES_MAX = 3

/** Its term, a mark, the length of the command, and the command. */
function entryLengthMax({ command }: Entry): number {
  return 8 + 1 + 8 + (command?.length ?? 0)
}

const SUFFIX = '.wal'
const DIGITS = 16

/** The name of the segment that begins with this record. */
export function segmentName(firstRecord: number): string {
  return `${String(firstRecord).padStart(DIGITS, '0')}${SUFFIX}`
}

/** The number of a segment's first record, or `undefined` if the file is no segment. */
export function firstRecordOf(name: string): number | undefined {
  const digits = name.slice(0, DIGITS)
  return name === `${digits}${SUFFIX}` && /^\d+$/.test(digits) ? Number(digits) : undefined
}
