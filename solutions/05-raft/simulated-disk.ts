/**
 * A disk in memory that keeps what a `Disk` promises, and not a byte more: in a
 * power cut, chance decides about everything that was not synced.
 *
 * After a sync that has failed it does as ext4 and XFS do: the bytes can be read as
 * before, and no later sync brings them to the disk.
 */

import { type Clock, sleep } from '#message-passing/clock'
import type { Disk } from '#raft/disk'
import { type Choose, SimulatedFile } from '#raft/simulated-file'

/** How long an operation takes. What it does is visible at once, and durable when the wait is over. */
export type Wait = (operation: keyof Disk) => Promise<void>

/** Syncs take `latencyMs`, and everything else no time. */
export function syncsTaking(clock: Clock, latencyMs: number): Wait {
  return (operation) => (/^sync/.test(operation) ? sleep(clock, latencyMs) : Promise.resolve())
}

/** A sync that the disk could not do. */
export class SyncFailed extends Error {
  override readonly name = 'SyncFailed'
  readonly code = 'EIO'
}

/** What a disk was asked for, each as often. */
export interface Counts {
  appends: number
  syncs: number
}

/** Survives its machine's crashes: make it outside of the program, `crash` it with the machine, and `open` it inside. */
export class SimulatedDisk {
  /** Since it was made. */
  readonly counts: Counts = { appends: 0, syncs: 0 }
  readonly #files = new Map<string, SimulatedFile>()
  /** Those whose names are in the directory that is on the disk. */
  #entered = new Set<string>()
  #opened: Opened | undefined
  #failing = 0

  /** The disk for a program that starts now. The one of an earlier program is dead: its operations never end. */
  open(wait: Wait = atOnce): Disk {
    for (const file of this.#files.values()) file.forgetSyncs()
    const opened = new Opened(this, wait, (one) => this.#opened === one)
    this.#opened = opened
    return opened
  }

  /** The power is cut. `choose` decides what is left of all that was not synced. */
  crash(choose: Choose): void {
    this.#opened = undefined
    for (const [name, file] of this.#files) {
      if (this.#entered.has(name) || choose(2) === 1) file.crash(choose)
      else this.#files.delete(name)
    }
    this.#entered = new Set(this.#files.keys())
  }

  /** The next `count` syncs fail, of files or the directory. */
  failSyncs(count: number): void {
    this.#failing = count
  }

  /** One bit of a file is another one from now on. Bit 0 is the lowest of byte 0. */
  flip(name: string, bit: number): void {
    this.file(name).flip(bit)
  }

  /** The names of all files. */
  get names(): readonly string[] {
    return [...this.#files.keys()]
  }

  /** The file of this name. Throws when there is none, as a real disk does. */
  file(name: string): SimulatedFile {
    const file = this.#files.get(name)
    if (file === undefined) throw new Error(`ENOENT: no such file: ${name}`)
    return file
  }

  create(name: string, bytes = new Uint8Array(0)): void {
    if (this.#files.has(name)) throw new Error(`EEXIST: the file exists: ${name}`)
    this.#files.set(name, new SimulatedFile(bytes))
  }

  /** The end of a sync of the directory, in which these names were. */
  enter(names: readonly string[]): void {
    for (const name of names) this.#entered.add(name)
  }

  /** Whether the sync that ends now fails. */
  takeFailure(): boolean {
    if (this.#failing === 0) return false
    this.#failing -= 1
    return true
  }
}

/** The disk, for one life of a program. */
class Opened implements Disk {
  readonly #disk: SimulatedDisk
  readonly #wait: Wait
  readonly #isOpen: (opened: Opened) => boolean

  constructor(disk: SimulatedDisk, wait: Wait, isOpen: (opened: Opened) => boolean) {
    this.#disk = disk
    this.#wait = wait
    this.#isOpen = isOpen
  }

  async list(): Promise<readonly string[]> {
    await this.#begin('list')
    return this.#disk.names
  }

  async read(name: string): Promise<Uint8Array> {
    await this.#begin('read')
    return this.#disk.file(name).visible.slice()
  }

  async create(name: string): Promise<void> {
    await this.#begin('create')
    this.#disk.create(name)
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await this.#begin('append')
    this.#disk.counts.appends += 1
    this.#disk.file(name).append(bytes)
  }

  async truncate(name: string, length: number): Promise<void> {
    await this.#begin('truncate')
    this.#disk.file(name).truncate(length)
  }

  async sync(name: string): Promise<void> {
    const file = this.#disk.file(name)
    const end = file.beginSync()
    await this.#begin('sync')
    this.#disk.counts.syncs += 1
    const isDone = !this.#disk.takeFailure()
    end(isDone)
    if (!isDone) throw new SyncFailed(`EIO: the disk has not written ${name}`)
  }

  async syncDirectory(): Promise<void> {
    const { names } = this.#disk
    await this.#begin('syncDirectory')
    if (this.#disk.takeFailure()) throw new SyncFailed('EIO: the disk has not written the directory')
    this.#disk.enter(names)
  }

  /** Waits as long as the operation takes. For ever, once the machine has crashed. */
  async #begin(operation: keyof Disk): Promise<void> {
    await this.#wait(operation)
    if (!this.#isOpen(this)) await new Promise(() => {})
  }
}

function atOnce(): Promise<void> {
  return Promise.resolve()
}
