/** The machine's own disk: a directory of its file system. */
import { constants, type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Disk } from '#raft/disk'

/** Files stay open from the first write on, so that a record costs two calls: `write` and `fdatasync`. */
export class NodeDisk implements Disk {
  readonly #directory: string
  readonly #handles = new Map<string, FileHandle>()

  private constructor(directory: string) {
    this.#directory = directory
  }

  /** The disk of this directory, which is made if it isn't there, and survives a power cut from then on. */
  static async open(directory: string): Promise<NodeDisk> {
    const first = await mkdir(directory, { recursive: true })
    if (first !== undefined) {
      for (let made = resolve(directory); made !== dirname(resolve(first)); made = dirname(made)) {
        await syncDirectory(dirname(made))
      }
    }
    return new NodeDisk(directory)
  }

  async list(): Promise<readonly string[]> {
    const files = await readdir(this.#directory, { withFileTypes: true })
    return files.filter((file) => file.isFile()).map(({ name }) => name)
  }

  read(name: string): Promise<Uint8Array> {
    return readFile(join(this.#directory, name))
  }

  async create(name: string): Promise<void> {
    await this.close() // whoever begins a file is done with the one before
    this.#handles.set(name, await open(join(this.#directory, name), 'ax'))
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await (await this.#handle(name)).appendFile(bytes) // goes on after a short write
  }

  async truncate(name: string, length: number): Promise<void> {
    await (await this.#handle(name)).truncate(length)
  }

  /** `fdatasync` writes the bytes and what is needed to find them, the length among it, and leaves out the times. */
  async sync(name: string): Promise<void> {
    await (await this.#handle(name)).datasync()
  }

  syncDirectory(): Promise<void> {
    return syncDirectory(this.#directory)
  }

  /** Closes all files. They are opened again when somebody writes to them. */
  async close(): Promise<void> {
    const handles = [...this.#handles.values()]
    this.#handles.clear()
    for (const handle of handles) await handle.close()
  }

  async #handle(name: string): Promise<FileHandle> {
    const known = this.#handles.get(name)
    if (known !== undefined) return known
    const opened = await open(join(this.#directory, name), constants.O_WRONLY | constants.O_APPEND) // makes no file
    this.#handles.set(name, opened)
    return opened
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
