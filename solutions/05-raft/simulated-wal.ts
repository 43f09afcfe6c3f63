/**
 * A server's disk in a simulation, with a write-ahead log on it. It is slower to
 * simulate than `simulated-storage`, and goes through all that a real disk asks
 * of a log: segments, syncs, torn records, recovery.
 */
import type { Clock } from '#message-passing/clock'
import type { Random } from '#message-passing/random'
import type { Save } from '#raft/effects'
import { InvariantBroken } from '#raft/invariants'
import { isSameEntry } from '#raft/messages'
import { SimulatedDisk, SyncFailed, syncsTaking } from '#raft/simulated-disk'
import { type Saved, type Storage, savedAfter } from '#raft/storage'
import { Wal } from '#raft/wal'

/** As of `Wal`. */
export interface SimulatedWalOptions {
  readonly segmentBytesMax?: number
}

/** Survives its server's crashes: make it outside of the server's program, and `open` it inside. */
export class SimulatedWal {
  readonly disk = new SimulatedDisk()
  readonly #options: SimulatedWalOptions
  /** What the log has said is on the disk. */
  #saved: Saved | undefined
  /** Asked for, and not acknowledged. */
  #asked: Save[] = []

  constructor(options: SimulatedWalOptions = {}) {
    this.#options = options
  }

  get saved(): Saved | undefined {
    return this.#saved
  }

  /**
   * The power was cut: chance decides what is left of what was not synced. Then the log is
   * read, for a program that starts now. Rejects with `InvariantBroken` when it has
   * forgotten what it had acknowledged, or has what nobody asked for.
   */
  async open(clock: Clock, random: Random, latencyMs: number, onFatal: () => void): Promise<Storage> {
    this.disk.crash((count) => random.integer(0, count))
    const wal = await this.#openLog(clock, latencyMs, onFatal)
    this.#checkMemory(wal.saved)
    return {
      saved: wal.saved,
      save: (save, done) => {
        this.#asked.push(save)
        wal.save(save, () => {
          this.#asked.shift()
          this.#saved = savedAfter(this.#saved, save)
          done()
        })
      },
    }
  }

  /** A disk that fails already now is as fatal as one that fails later: then this never resolves. */
  async #openLog(clock: Clock, latencyMs: number, onFatal: () => void): Promise<Wal> {
    try {
      return await Wal.open(this.disk.open(syncsTaking(clock, latencyMs)), { ...this.#options, onFatal })
    } catch (error) {
      if (!(error instanceof SyncFailed)) throw error
      onFatal()
      return new Promise(() => {})
    }
  }

  /** The log has all that it had acknowledged, and of what was asked for then the first saves, or none. */
  #checkMemory(found: Saved | undefined): void {
    for (let next = 0; !isSame(this.#saved, found); next++) {
      const save = this.#asked[next]
      if (save === undefined) {
        const seen = `it has ${inWords(found)}, and acknowledged was at least ${inWords(this.#saved)}`
        throw new InvariantBroken('a log has after a crash what it has acknowledged', seen)
      }
      this.#saved = savedAfter(this.#saved, save)
    }
    this.#asked = []
  }
}

function isSame(one: Saved | undefined, other: Saved | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  const [entries, others] = [one.log.entries, other.log.entries]
  if (one.term !== other.term || one.votedFor !== other.votedFor || entries.length !== others.length) return false
  return entries.every((entry, at) => isSameEntry(entry, others[at]))
}

function inWords(saved: Saved | undefined): string {
  if (saved === undefined) return 'nothing'
  return `term ${saved.term}, a vote for ${saved.votedFor ?? 'nobody'} and ${saved.log.entries.length} entries`
}
