/** What was measured, and on what. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

/** The version of an installed package, or `undefined` when it isn't installed. */
export function versionOf(name: string, folder = join(import.meta.dirname, '../../node_modules')): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'))
    return (manifest as { readonly version: string }).version // npm demands it of every package
  } catch {
    return undefined
  }
}

/** The version of the Rust compiler, or `undefined` when there is none. */
export function rustVersion(): string | undefined {
  try {
    return execFileSync('rustc', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(' ')[1]
  } catch {
    return undefined
  }
}

export interface Machine {
  readonly node: string
  readonly processor: string
  readonly cores: number
}

export function machine(): Machine {
  const cores = cpus()
  return { node: process.version.slice(1), processor: cores[0]?.model.trim() ?? 'unknown', cores: cores.length }
}

/** A hash of the solutions of all chapters. Two runs that agree in it have measured the same program. */
export function programHash(root: string): string {
  const hash = createHash('sha256')
  const folder = join(root, 'solutions')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  for (const path of paths) {
    if (/\.m?ts$/.test(path)) hash.update(path).update(readFileSync(join(folder, path)))
  }
  return hash.digest('hex').slice(0, 12)
}
