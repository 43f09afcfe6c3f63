// Exercise 5.4, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.4-persistence.md, then let `npm run check 5.4` tell you how far you are.
// Stub b09b15e8: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * A write-ahead log: the storage of a server on a disk with files.
 *
 * A sync takes about as long for a hundred saves as for one. So saves that are asked
 * for while one is under way wait together, and the next record takes them all:
 * group commit. It is one record because of what a crash may do: of two records
 * that one sync was to cover, the second may be on the disk and the first not,
 * and then the log would look damaged.
 *
 * Files grow as they are written, and no space is reserved in front. With space
 * reserved, a sync need not write a new length down as well, and is faster on
 * many disks; every log would then end in zeros, which `readRecords` takes for
 * torn. And a record that was torn is cut off rather than written over, since
 * what is left of it behind the next record might be read as a later one.
 */
import type { Disk } from '#raft/disk'
import type { Save } from '#raft/effects'
import type { Saved, Storage } from '#raft/storage'
import { WalFailed } from '#raft/wal-errors'
import { CHANGES_BYTES_MAX, type Change, lengthMax, partsOf, recordOf } from '#raft/wal-format'
import { type Recovered, recover, type Segment, startSegment } from '#raft/wal-recovery'
import { unimplemented } from '#unimplemented'

export interface WalOptions {
  /** A record that would make a segment longer goes into a new one. */
  readonly segmentBytesMax?: number
  /** Called once, when the disk has failed: the server must stop. No `done` is called after it. */
  onFatal(error: WalFailed): void
}

/** The default for `segmentBytesMax`: a segment is read whole, and nothing else is in memory twice meanwhile. */
export const SEGMENT_BYTES_MAX = 64 * 1_024 * 1_024

interface Waiting {
  readonly change: Change
  readonly done: () => void
}

export class Wal implements Storage {
  readonly saved: Saved | undefined
  readonly #disk: Disk
  readonly #options: WalOptions
  #segment: Segment
  #nextRecord: number
  /** Not given to the disk yet, oldest first. */
  #waiting: Waiting[] = []
  #isWriting = false
  #hasFailed = false

  private constructor(disk: Disk, options: WalOptions, { saved, segment, nextRecord }: Recovered) {
    this.#disk = disk
    this.#options = options
    this.saved = saved
    this.#segment = segment
    this.#nextRecord = nextRecord
  }

  /** Reads the log of a directory that nobody else writes to. Rejects with `WalCorrupt`, or with the disk's error. */
  static async open(disk: Disk, options: WalOptions): Promise<Wal> {
    return new Wal(disk, options, await recover(disk))
  }

  /** `done` must not throw. Throws a `RangeError` when an entry is longer than a record may be. */
  save({ term, votedFor, from, entries }: Save, done: () => void): void {
    const parts = partsOf({
      term,
      entries,
      ...(votedFor === undefined ? {} : { votedFor }),
      ...(from === undefined ? {} : { from }),
    })
    if (this.#hasFailed) return
    for (const [place, change] of parts.entries()) {
      this.#waiting.push({ change, done: place === parts.length - 1 ? done : nothing })
    }
    if (!this.#isWriting) void this.#writeAll()
  }

  /**
   * Writes groups until nobody waits any more. It isn't called again before that, not even in a `done`.
   * After a failure nothing is written or acknowledged: whether a record is on the disk can't be known
   * then, and the next must not follow it.
   *
   * @exercise 5.4e One group at a time: write it, and call each `done`. On a failure, forget who waits, and tell `onFatal`.
   */
  async #writeAll(): Promise<void> {
    throw unimplemented(
      '5.4e',
      'One group at a time: write it, and call each `done`. On a failure, forget who waits, and tell `onFatal`.',
    )
  }

  /**
   * Takes those who wait, oldest first, as many as one record holds. A later one that would fit waits behind one
   * that doesn't. `partsOf` has cut what is too long, except for a name: that may be shorter than `lengthMax` says.
   *
   * @exercise 5.4f As many as are `CHANGES_BYTES_MAX` long together, by `lengthMax`; and one in any case.
   */
  #takeGroup(): readonly Waiting[] {
    throw unimplemented(
      '5.4f',
      'As many as are `CHANGES_BYTES_MAX` long together, by `lengthMax`; and one in any case.',
    )
  }

  /**
   * Writes a record. Once the promise resolves, it survives a power cut.
   *
   * @exercise 5.4g Start a segment if this one has records and would get too long. Append, and sync.
   */
  async #write(record: Uint8Array): Promise<void> {
    throw unimplemented('5.4g', 'Start a segment if this one has records and would get too long. Append, and sync.')
  }
}

function nothing(): void {}
