/** Histories of saves for the checks of the write-ahead log, and every way in which the power can be cut in them. */
import { macrotask } from '#message-passing/macrotask'
import type { Disk } from '#raft/disk'
import type { Save } from '#raft/effects'
import { emptyLog } from '#raft/log'
import type { SimulatedDisk } from '#raft/simulated-disk'
import type { Choose } from '#raft/simulated-file'
import type { Saved } from '#raft/storage'
import { Wal } from '#raft/wal'

/** Saves that are asked for at once. The next ones are asked for when these are done. */
export type History = readonly (readonly Save[])[]

/** What a save may say. `commands` are the commands of its entries, which have its term. */
export interface Words {
  readonly term: number
  readonly votedFor?: string
  readonly from?: number
  readonly commands?: readonly string[]
}

/** Saves with these words, numbered as a server numbers them. */
export function historyOf(...groups: readonly (readonly Words[])[]): History {
  let number = 0
  return groups.map((group) =>
    group.map(({ term, votedFor, from, commands = [] }) => {
      number += 1
      const entries = commands.map((text) => ({ term, command: new TextEncoder().encode(text) }))
      return { kind: 'save', save: number, term, votedFor, from, entries }
    }),
  )
}

/** What a log must have after each number of saves, the first before any: as words, to be compared. */
export function statesOf(history: History): readonly string[] {
  const states = [inWords(undefined)]
  let saved: Saved | undefined
  for (const { term, votedFor, from, entries } of history.flat()) {
    const before = saved?.log ?? emptyLog()
    const log = from === undefined ? before : { entries: [...before.entries.slice(0, from - 1), ...entries] }
    saved = { term, votedFor, log }
    states.push(inWords(saved))
  }
  return states
}

/** `term 2, vote for b: 1 hello, 2 world`. Long commands are cut short. */
export function inWords(saved: Saved | undefined): string {
  if (saved === undefined) return 'nothing'
  const entries = saved.log.entries.map(({ term, command }) => {
    const text = new TextDecoder().decode(command)
    return text.length > 20 ? `${term} ${text.slice(0, 10)}… (${text.length})` : `${term} ${text}`
  })
  return `term ${saved.term}, vote for ${saved.votedFor ?? 'nobody'}: ${entries.join(', ') || 'no entries'}`
}

/** A rule, and below it two states in words, whole: the message of a check cuts long lines short. */
export function comparing(rule: string, found: string, expected = 'nothing'): string {
  return `${rule}\n  found:   ${found}\n  must be: ${expected}\n`
}

/** What became of a history whose disk may have stopped in the middle of it. */
export interface Life {
  /** How many of its saves were done. */
  readonly done: number
  /** What it had found on the disk when it began, in words. Undefined if it never came so far. */
  readonly found: string | undefined
}

/**
 * Opens a log and asks for all saves of a history. Ends when all are done, or when the fuse of the disk has
 * blown. Rejects when the log says that the disk has failed, which this one never does, or when nothing happens.
 */
export async function live(disk: Fused, history: History, segmentBytesMax: number): Promise<Life> {
  let onFatal: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    onFatal = reject
  })
  failed.catch(() => {}) // it may fail when nobody looks any more
  const wal = await Promise.race([Wal.open(disk, { segmentBytesMax, onFatal }), disk.blown])
  if (wal === undefined) return { done: 0, found: undefined }
  const found = inWords(wal.saved)
  let done = 0
  for (const group of history) {
    const saves = group.map(
      (save) =>
        new Promise<true>((resolve) => {
          wal.save(save, () => {
            done += 1
            resolve(true)
          })
        }),
    )
    const over = Promise.race([Promise.all(saves), disk.blown, failed])
    if ((await Promise.race([over, stuck(disk, over)])) === undefined) break
  }
  return { done, found }
}

/** A log that asks its disk for nothing in so many turns never will. */
const IDLE_TURNS_MAX = 100

async function stuck(disk: Fused, over: Promise<unknown>): Promise<never> {
  let isOver = false
  const end = () => {
    isOver = true
  }
  over.then(end, end)
  for (let idleTurns = 0; idleTurns < IDLE_TURNS_MAX && !isOver; idleTurns++) {
    await macrotask()
    if (disk.underWay > 0) idleTurns = 0
  }
  if (isOver) return new Promise(() => {}) // others tell how
  throw new Error(
    'saves were asked for, the disk is idle, and they are neither done nor has the log failed: ' +
      'perhaps #isWriting is true while nobody writes, or who came during a write was forgotten',
  )
}

/** A disk that stops in the middle of things: after so many operations nothing happens any more. */
export class Fused implements Disk {
  /** Resolves when somebody waits for an operation that never happens. */
  readonly blown: Promise<undefined>
  /** The operations that have happened. */
  operations: string[] = []
  /** How many of them are not over. */
  underWay = 0
  /** How many were not over at once, at the most. */
  underWayMax = 0
  readonly #disk: Disk
  readonly #operationsMax: number
  #blow: (value: undefined) => void = () => {}

  constructor(disk: Disk, operationsMax = Infinity) {
    this.#disk = disk
    this.#operationsMax = operationsMax
    this.blown = new Promise((resolve) => {
      this.#blow = resolve
    })
  }

  list(): Promise<readonly string[]> {
    return this.#happen('list', () => this.#disk.list())
  }
  read(name: string): Promise<Uint8Array> {
    return this.#happen(`read ${name}`, () => this.#disk.read(name))
  }
  create(name: string): Promise<void> {
    return this.#happen(`create ${name}`, () => this.#disk.create(name))
  }
  append(name: string, bytes: Uint8Array): Promise<void> {
    return this.#happen(`append ${bytes.length} bytes to ${name}`, () => this.#disk.append(name, bytes))
  }
  truncate(name: string, length: number): Promise<void> {
    return this.#happen(`truncate ${name} to ${length}`, () => this.#disk.truncate(name, length))
  }
  sync(name: string): Promise<void> {
    return this.#happen(`sync ${name}`, () => this.#disk.sync(name))
  }
  syncDirectory(): Promise<void> {
    return this.#happen('sync the directory', () => this.#disk.syncDirectory())
  }

  async #happen<T>(operation: string, happen: () => Promise<T>): Promise<T> {
    if (this.operations.length >= this.#operationsMax) {
      this.#blow(undefined)
      return new Promise(() => {})
    }
    this.operations.push(operation)
    this.underWay += 1
    this.underWayMax = Math.max(this.underWayMax, this.underWay)
    return happen().finally(() => {
      this.underWay -= 1
    })
  }
}

/**
 * Plays once for each way in which `choose` can decide. Returns how many there were. Of more than `optionsMax`
 * options only some are tried: the ends, those around a header, and steps between.
 */
export async function everyChoice(play: (choose: Choose) => Promise<void>, optionsMax = 24): Promise<number> {
  let path: readonly number[] = []
  for (let played = 1; ; played++) {
    const taken: { choice: number; readonly count: number }[] = []
    await play((count) => {
      const options = optionsOf(count, optionsMax)
      const choice = path[taken.length] ?? 0
      taken.push({ choice, count: options.length })
      return options[choice] ?? 0
    })
    let last = taken.pop()
    while (last !== undefined && last.choice + 1 >= last.count) last = taken.pop()
    if (last === undefined) return played
    path = [...taken.map(({ choice }) => choice), last.choice + 1]
  }
}

function optionsOf(count: number, optionsMax: number): readonly number[] {
  const all = Array.from({ length: count }, (_, option) => option)
  if (count <= optionsMax) return all
  const step = Math.ceil(count / (optionsMax / 2))
  return all.filter((option) => option % step === 0 || [1, 11, 12, 13, count - 2, count - 1].includes(option))
}

/** What is in the files of a disk, in words: `0000000000000001.wal: 93 bytes`. */
export function filesOf(disk: SimulatedDisk): string {
  return disk.names.map((name) => `${name}: ${disk.file(name).visible.length} bytes`).join(', ') || 'no files'
}
