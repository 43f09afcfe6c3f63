/** A file of a disk in memory: what programs see of it, and what would be left of it after a power cut. */
import { SECTOR_BYTES } from '#serialization/record'

/** Decides what a power cut leaves: returns a whole number from 0 up to and without `count`. */
export type Choose = (count: number) => number

export class SimulatedFile {
  /** What programs read. */
  visible: Uint8Array
  #durable: Uint8Array
  /** From there on it was written to since the last sync, or cut. */
  #dirtyFrom: number | undefined
  /** The same for each sync that is under way, oldest first. */
  readonly #syncing: (number | undefined)[] = []

  constructor(bytes: Uint8Array) {
    this.visible = bytes
    this.#durable = bytes.slice()
  }

  append(bytes: Uint8Array): void {
    const longer = resized(this.visible, this.visible.length + bytes.length)
    longer.set(bytes, this.visible.length)
    this.#dirtyFrom ??= this.visible.length
    this.visible = longer
  }

  truncate(length: number): void {
    this.visible = this.visible.slice(0, length)
    this.#dirtyFrom = Math.min(length, this.#dirtyFrom ?? length)
  }

  /** What is there now will be on the disk when the sync ends. Of what failed to get there no later sync knows. */
  beginSync(): (isDone: boolean) => void {
    const { visible } = this
    const from = this.#dirtyFrom
    this.#dirtyFrom = undefined
    this.#syncing.push(from)
    return (isDone) => {
      this.#syncing.shift()
      if (!isDone || from === undefined) return
      const durable = resized(this.#durable, visible.length)
      durable.set(visible.subarray(sectorOf(from)), sectorOf(from))
      this.#durable = durable
    }
  }
  /** Whoever asked for syncs was killed, and nobody will hear of their end. What they were to write is still to be written. */
  forgetSyncs(): void {
    const dirty = [this.#dirtyFrom, ...this.#syncing.splice(0)].filter((from) => from !== undefined)
    this.#dirtyFrom = dirty.length === 0 ? undefined : Math.min(...dirty)
  }

  /** The power is cut. Of each sector that was not synced, `choose` decides whether it was written. */
  crash(choose: Choose): void {
    this.forgetSyncs()
    if (this.#dirtyFrom !== undefined) this.#durable = this.#survivor(this.#dirtyFrom, choose)
    this.visible = this.#durable.slice()
    this.#dirtyFrom = undefined
  }

  #survivor(dirtyFrom: number, choose: Choose): Uint8Array {
    const { visible } = this
    const isCut = dirtyFrom < this.#durable.length && choose(2) === 1
    const kept = isCut ? this.#durable.subarray(0, dirtyFrom) : this.#durable
    const grown = Math.max(0, visible.length - kept.length)
    const survivor = resized(kept, kept.length + (grown === 0 ? 0 : choose(grown + 1)))
    for (let at = sectorOf(dirtyFrom); at < Math.min(visible.length, survivor.length); at += SECTOR_BYTES) {
      if (choose(2) === 1) survivor.set(visible.subarray(at, Math.min(at + SECTOR_BYTES, survivor.length)), at)
    }
    return survivor
  }

  flip(bit: number): void {
    for (const bytes of new Set([this.visible, this.#durable])) {
      const byte = bytes[bit >>> 3]
      if (byte !== undefined) bytes[bit >>> 3] = byte ^ (1 << (bit & 7))
    }
  }
}

/** A copy of another length. What is added reads as zeros. */
function resized(bytes: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(length)
  copy.set(bytes.subarray(0, length))
  return copy
}

/** Where the sector begins that this byte lies in. */
function sectorOf(at: number): number {
  return at - (at % SECTOR_BYTES)
}
