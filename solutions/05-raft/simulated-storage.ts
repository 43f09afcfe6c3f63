/**
 * A server's disk in a simulation: a save takes time, and chance decides how much of
 * what is not on the disk yet is lost in a crash.
 */
import type { Clock } from '#message-passing/clock'
import type { Random } from '#message-passing/random'
import type { Save } from '#raft/effects'
import type { Log } from '#raft/log'
import { type Saved, type Storage, savedAfter } from '#raft/storage'

interface Writing {
  readonly save: Save
  readonly done: () => void
}

/** Survives its server's crashes: make it outside of the server's program, and `open` it inside. */
export class SimulatedStorage {
  #saved: Saved | undefined
  /** Given to the disk, and not known to be on it. */
  #writing: Writing[] = []

  /** What is on the disk. */
  get saved(): Saved | undefined {
    return this.#saved
  }

  /**
   * The disk, for a program that starts. What the one before it had not
   * finished writing is there up to some place, which chance decides.
   */
  open(clock: Clock, random: Random, latencyMs: number): Storage {
    const survived = random.integer(0, this.#writing.length + 1)
    for (const { save } of this.#writing.slice(0, survived)) this.#saved = savedAfter(this.#saved, save)
    this.#writing = []
    const saved = this.#saved === undefined ? undefined : { ...this.#saved, log: copyOf(this.#saved.log) }
    return { saved, save: (save, done) => this.#take(save, done, clock, latencyMs) }
  }

  /** One sync at a time. All that is asked for meanwhile is written by the next: group commit. */
  #take(save: Save, done: () => void, clock: Clock, latencyMs: number): void {
    this.#writing.push({ save, done })
    if (this.#writing.length === 1) clock.schedule(latencyMs, () => this.#sync(1, clock, latencyMs))
  }

  #sync(count: number, clock: Clock, latencyMs: number): void {
    const written = this.#writing.slice(0, count)
    this.#writing = this.#writing.slice(count)
    for (const { save } of written) this.#saved = savedAfter(this.#saved, save)
    const { length } = this.#writing
    if (length > 0) clock.schedule(latencyMs, () => this.#sync(length, clock, latencyMs))
    for (const { done } of written) done()
  }
}

function copyOf({ entries }: Log): Log {
  return { entries: [...entries] }
}
