/** Another log: each save adds a link to a chain of promises, and whichever link comes first writes for all who wait. */
import type { Disk } from '#raft/disk'
import type { Save } from '#raft/effects'
import type { Saved, Storage } from '#raft/storage'
import { WalFailed } from '#raft/wal-errors'
import { CHANGES_BYTES_MAX, type Change, lengthMax, partsOf, recordOf } from '#raft/wal-format'
import { type Recovered, recover, type Segment, startSegment } from '#raft/wal-recovery'

export interface WalOptions {
  readonly segmentBytesMax?: number
  onFatal(error: WalFailed): void
}

export const SEGMENT_BYTES_MAX = 64 * 1_024 * 1_024

interface Waiting {
  readonly change: Change
  readonly lengthMax: number
  readonly done: (() => void) | undefined
}

export class Wal implements Storage {
  readonly saved: Saved | undefined
  readonly #disk: Disk
  readonly #segmentBytesMax: number
  readonly #onFatal: (error: WalFailed) => void
  #segment: Segment
  #nextRecord: number
  #waiting: readonly Waiting[] = []
  #chain: Promise<void> = Promise.resolve()
  #failure: WalFailed | undefined

  private constructor(disk: Disk, options: WalOptions, { saved, segment, nextRecord }: Recovered) {
    this.saved = saved
    this.#disk = disk
    this.#segmentBytesMax = options.segmentBytesMax ?? SEGMENT_BYTES_MAX
    this.#onFatal = (error) => options.onFatal(error)
    this.#segment = segment
    this.#nextRecord = nextRecord
  }

  static async open(disk: Disk, options: WalOptions): Promise<Wal> {
    const recovered = await recover(disk)
    return new Wal(disk, options, recovered)
  }

  save({ term, votedFor, from, entries }: Save, done: () => void): void {
    const vote = votedFor === undefined ? {} : { votedFor }
    const parts = partsOf(from === undefined ? { term, entries, ...vote } : { term, entries, from, ...vote })
    for (const [place, change] of parts.entries()) {
      const isLast = place + 1 === parts.length
      this.#waiting = [...this.#waiting, { change, lengthMax: lengthMax(change), done: isLast ? done : undefined }]
      this.#chain = this.#chain.then(() => this.#writeGroup())
    }
  }

  /** Writes for those who wait, if anybody still does. Never rejects. */
  async #writeGroup(): Promise<void> {
    if (this.#failure !== undefined || this.#waiting.length === 0) return
    const count = this.#countThatFits()
    const group = this.#waiting.slice(0, count)
    this.#waiting = this.#waiting.slice(count)
    const record = recordOf(group.map(({ change }) => change))
    const failure = await this.#write(record).then(
      () => undefined,
      (error: unknown) => new WalFailed(this.#segment.name, error),
    )
    if (failure === undefined) {
      for (const { done } of group) done?.()
    } else {
      this.#failure = failure
      this.#onFatal(failure)
    }
  }

  #countThatFits(): number {
    let room = CHANGES_BYTES_MAX
    const beyond = this.#waiting.findIndex((each) => {
      room -= each.lengthMax
      return room < 0
    })
    return beyond < 0 ? this.#waiting.length : Math.max(1, beyond)
  }

  async #write(record: Uint8Array): Promise<void> {
    const isEmpty = this.#segment.length === 0
    const isFull = this.#segment.length + record.length > this.#segmentBytesMax
    if (isFull && !isEmpty) this.#segment = await startSegment(this.#disk, this.#nextRecord)
    const { name } = this.#segment
    await this.#disk.append(name, record)
    await this.#disk.sync(name)
    this.#nextRecord += 1
    this.#segment = { name, length: this.#segment.length + record.length }
  }
}
