/**
 * Where the parts of the book are, by their paths, and what package.json says
 * about chapters and exercises. For rules: it reads nothing but the tree.
 */
import type { Tree } from './tree.ts'

/** A finished module: `solutions/NN-name/module.ts`. */
export const solution = /^solutions\/\d\d-[\w-]+\/[\w.-]+\.ts$/

export const demo = /^chapters\/\d\d-[\w-]+\/demo\.ts$/

/**
 * A file that the reader works in. It is made from a solution, which is held to
 * every rule; once the reader has touched it, its style is nobody's business.
 */
export const readersFile = /^chapters\/\d\d-[\w-]+\/(?!demo\.ts$)[\w.-]+\.ts$/

/** Only these may touch the world: time, chance, network, disk, threads. */
export const edge = /\.(?:node|browser)\.ts$/

export const testFile = /^test\/.*\.test\.ts$/

/** A page of the site. */
export const page = /^docs\/.*\.md$/

/** The rules name what they forbid, and their examples do it. */
export const ruleFile = /^test\/tidy\//

/** Whether this is TypeScript that we wrote. `.vue` files count: tree.syntax reads their scripts. */
export function isOurCode(path: string): boolean {
  return /\.(?:ts|vue)$/.test(path) && !path.endsWith('.d.ts') && !readersFile.test(path)
}

export interface ExerciseEntry {
  /** `'1.1'` */
  readonly number: string
  /** `'01-message-passing'` */
  readonly folder: string
  /** `'channel.ts'`, … */
  readonly modules: readonly string[]
}

/** The exercises that the `imports` of package.json list. */
export function exercisesOf(tree: Tree): readonly ExerciseEntry[] {
  const found = new Map<string, ExerciseEntry>()
  for (const target of Object.values(tree.manifest().imports ?? {})) {
    if (typeof target === 'string') continue
    for (const [condition, path] of Object.entries(target)) {
      const number = /^mine-(\d+\.\d+)$/.exec(condition)?.[1]
      const [, folder, module] = /^\.\/chapters\/([^/]+)\/(.+)$/.exec(path) ?? []
      if (number === undefined || folder === undefined || module === undefined) continue
      const before = found.get(number)?.modules ?? []
      found.set(number, { number, folder, modules: [...before, module] })
    }
  }
  return [...found.values()]
}

/** The number of the chapter that a file belongs to: 1 for `solutions/01-message-passing/channel.ts`. */
export function chapterOf(path: string): number | undefined {
  const digits = /^[\w.]+\/(?:[a-z]+\/)?(\d\d)-/.exec(path)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The reference's file that a specifier such as `#raft/election` leads to, or nothing when the table has no such entry. */
export function resolveSpecifier(tree: Tree, specifier: string): string | undefined {
  const imports = tree.manifest().imports ?? {}
  const exact = imports[specifier]
  if (exact !== undefined) return pathOf(exact)
  for (const [pattern, target] of Object.entries(imports)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !specifier.startsWith(before) || !specifier.endsWith(after)) continue
    return pathOf(target)?.replace('*', specifier.slice(before.length, specifier.length - after.length))
  }
  return undefined
}

function pathOf(target: string | Readonly<Record<string, string>>): string | undefined {
  const path = typeof target === 'string' ? target : target.default
  return path?.replace(/^\.\//, '')
}
