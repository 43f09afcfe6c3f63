/** Another recovery: it looks at all segments first, then at what the records say, and changes the disk last. */
import type { Disk } from '#raft/disk'
import { type Saved, savedAfter } from '#raft/storage'
import { WalCorrupt } from '#raft/wal-errors'
import { changesIn, firstRecordOf, segmentName } from '#raft/wal-format'
import { explain } from '#serialization/decoded'
import { type LogContents, type LogRecord, readRecords } from '#serialization/record'

export interface Recovered {
  readonly saved: Saved | undefined
  readonly segment: Segment
  readonly nextRecord: number
}

export interface Segment {
  readonly name: string
  readonly length: number
}

interface Read extends LogContents {
  readonly name: string
  readonly first: number
}

export async function recover(disk: Disk): Promise<Recovered> {
  const segments: Read[] = []
  for (const name of await disk.list()) {
    const first = firstRecordOf(name)
    if (first !== undefined) segments.push({ name, first, ...readRecords(await disk.read(name)) })
  }
  segments.sort((one, other) => one.first - other.first)
  const nextRecord = requireWhole(segments)
  let saved: Saved | undefined
  for (const { name, records } of segments) {
    for (const record of records) saved = afterRecord(saved, name, record)
  }
  const last = segments.at(-1)
  if (last === undefined) return { saved, nextRecord, segment: await startSegment(disk, nextRecord) }
  const { name, end } = last
  if (end.kind !== 'clean') await disk.truncate(name, end.offset)
  await disk.syncDirectory()
  await disk.sync(name)
  return { saved, nextRecord, segment: { name, length: end.offset } }
}

export async function startSegment(disk: Disk, firstRecord: number): Promise<Segment> {
  const segment = { name: segmentName(firstRecord), length: 0 }
  return disk
    .create(segment.name)
    .then(() => disk.syncDirectory())
    .then(() => segment)
}

/** The number of the record behind the last. Throws where one is missing or damaged. */
function requireWhole(segments: readonly Read[]): number {
  let next = 1
  for (const [place, { name, first, records, end }] of segments.entries()) {
    if (first !== next) {
      const before = segments[place - 1]
      const found = `record ${next} is missing, and ${name} comes next`
      throw new WalCorrupt(before?.name ?? segmentName(next), before?.end.offset ?? 0, found)
    }
    const mayBeTorn = place + 1 === segments.length
    if (end.kind === 'torn' && !mayBeTorn) throw new WalCorrupt(name, end.offset, end.reason)
    if (end.kind === 'corrupt') throw new WalCorrupt(name, end.offset, end.reason)
    next += records.length
  }
  return next
}

function afterRecord(before: Saved | undefined, name: string, { offset, payload }: LogRecord): Saved | undefined {
  const changes = changesIn(payload)
  if (!changes.ok) throw new WalCorrupt(name, offset, `its sums are right, but at ${explain(changes.error)}`)
  return changes.value.reduce<Saved | undefined>((saved, change) => {
    const [term, count] = [saved?.term ?? 0, saved?.log.entries.length ?? 0]
    if (change.term < term) throw new WalCorrupt(name, offset, `its term ${change.term} comes after term ${term}`)
    const { from = 1 } = change
    if (from >= 1 && from <= count + 1) return savedAfter(saved, change)
    throw new WalCorrupt(name, offset, `its entries begin at ${from}, behind a log of ${count}`)
  }, before)
}
