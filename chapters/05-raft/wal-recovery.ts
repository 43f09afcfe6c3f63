// Exercise 5.4, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.4-persistence.md, then let `npm run check 5.4` tell you how far you are.
// Stub d6e52e39: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Reads a write-ahead log when a server starts: from its segments, the term, the
 * vote and the log as they were saved last.
 *
 * It changes one thing only. What a crash has left of the last record, which was
 * acknowledged to nobody, is cut off, so that the next record is not written
 * behind it. Any other damage is refused.
 */

import type { Disk } from '#raft/disk'
import { lastIndexOf } from '#raft/log'
import { type Saved, savedAfter } from '#raft/storage'
import { WalCorrupt } from '#raft/wal-errors'
import { type Change, changesIn, firstRecordOf, segmentName } from '#raft/wal-format'
import { explain } from '#serialization/decoded'
import { type LogEnd, type LogRecord, readRecords } from '#serialization/record'
import { unimplemented } from '#unimplemented'

/** A log that was read, ready to be written on. */
export interface Recovered {
  readonly saved: Saved | undefined
  /** The last segment, and its length. */
  readonly segment: Segment
  /** The number of the record to write next, from 1. */
  readonly nextRecord: number
}

export interface Segment {
  readonly name: string
  readonly length: number
}

/** Reads all segments, one at a time. Rejects with `WalCorrupt`, or with the disk's error. */
export async function recover(disk: Disk): Promise<Recovered> {
  const names = (await disk.list()).filter((name) => firstRecordOf(name) !== undefined).toSorted()
  let saved: Saved | undefined
  let nextRecord = 1
  let segment: Segment | undefined
  for (const [place, name] of names.entries()) {
    if (firstRecordOf(name) !== nextRecord) throw missing(segment, nextRecord, name)
    const { records, end } = readRecords(await disk.read(name))
    for (const record of records) saved = replayRecord(saved, name, record)
    await settleEnd(disk, name, end, place === names.length - 1)
    nextRecord += records.length
    segment = { name, length: end.offset }
  }
  return { saved, segment: segment ?? (await startSegment(disk, nextRecord)), nextRecord }
}

/**
 * The log up to a segment's last whole record is promised to whoever asks, from now on. In the last
 * segment what is torn is cut off. And whole or cut, it is synced: a program that was killed may
 * have left a record that can be read and is not on the disk, or a file that is not in the directory.
 * Whatever else isn't clean is refused before anything is changed: rejects with `WalCorrupt`, for the
 * reason that `end` has.
 *
 * @exercise 5.4d Only the last segment may be torn. Truncate it to `end.offset`. Sync it, and the directory.
 */
async function settleEnd(disk: Disk, name: string, end: LogEnd, isLast: boolean): Promise<void> {
  throw unimplemented(
    '5.4d',
    'Only the last segment may be torn. Truncate it to `end.offset`. Sync it, and the directory.',
  )
}

/**
 * Makes the segment that begins with this record. Once the promise resolves, a power cut doesn't take the file away.
 *
 * @exercise 5.4d Create it, and sync the directory.
 */
export async function startSegment(disk: Disk, firstRecord: number): Promise<Segment> {
  throw unimplemented('5.4d', 'Create it, and sync the directory.')
}

function replayRecord(before: Saved | undefined, name: string, { offset, payload }: LogRecord): Saved | undefined {
  const changes = changesIn(payload)
  if (!changes.ok) throw new WalCorrupt(name, offset, `its sums are right, but at ${explain(changes.error)}`)
  let saved = before
  for (const change of changes.value) {
    const fault = faultOf(saved, change)
    if (fault !== undefined) throw new WalCorrupt(name, offset, fault)
    saved = savedAfter(saved, change)
  }
  return saved
}

/** Why a change can't follow what was saved before. No server asks for such a save, and only a mistake writes it. */
function faultOf(before: Saved | undefined, { term, from = 1 }: Change): string | undefined {
  if (before !== undefined && term < before.term) return `its term ${term} comes after term ${before.term}`
  const lastIndex = before === undefined ? 0 : lastIndexOf(before.log)
  if (from < 1 || from > lastIndex + 1) return `its entries begin at ${from}, behind a log of ${lastIndex}`
  return undefined
}

function missing(segment: Segment | undefined, nextRecord: number, found: string): WalCorrupt {
  const reason = `record ${nextRecord} is missing, and ${found} comes next`
  return new WalCorrupt(segment?.name ?? segmentName(nextRecord), segment?.length ?? 0, reason)
}
