/**
 * A throw-away copy of the book for tests that play a reader: they edit, break
 * and delete files without touching those that the real reader works on.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const entries = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'chapters', 'solutions', 'docs', 'test']

/** Leaves out what no script of a reader needs. */
const filter = (path: string) => !/\/test\/(?:bench|site)$/.test(path)

export class Workbench implements Disposable {
  /** The folder of the copy. */
  readonly root = mkdtempSync(join(tmpdir(), 'quorum-'))

  /** Copies all that checks and scripts need, or that without some of it. */
  constructor({ without = [] }: { readonly without?: readonly string[] } = {}) {
    for (const entry of entries) {
      if (!without.includes(entry)) cpSync(join(root, entry), join(this.root, entry), { recursive: true, filter })
    }
    symlinkSync(join(root, 'node_modules'), join(this.root, 'node_modules'), 'dir')
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8')
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text)
  }

  /** Replaces `find`, which must be there, in one file. */
  edit(file: string, find: string, replacement: string): void {
    const text = this.read(file)
    if (!text.includes(find)) throw new Error(`${file} does not contain ${JSON.stringify(find)}`)
    this.write(
      file,
      text.replace(find, () => replacement),
    )
  }

  /** Copies a folder from the book again. */
  restore(folder: string): void {
    cpSync(join(root, folder), join(this.root, folder), { recursive: true })
  }

  /** Does an exercise file as the reference does it: the whole of it is copied. */
  solve(reference: string): void {
    this.write(reference.replace(/^solutions/, 'chapters'), this.read(reference))
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
