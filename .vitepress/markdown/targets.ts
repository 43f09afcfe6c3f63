/** Which file a quote means: a module of the book, through the `imports` of package.json, or a path from the root. */
import { existsSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'

/** Always the reference's file, as a path from the root. Throws an error that names the target when there is none. */
export function resolveQuoted(root: string, target: string): string {
  const file = target.startsWith('#') ? resolveSpecifier(root, target) : normalize(target)
  if (file.startsWith('..') || !existsSync(join(root, file))) throw new Error(`${target}: there is no file ${file}`)
  return file
}

type Target = string | Readonly<Record<string, string>>

function resolveSpecifier(root: string, specifier: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, Target>> // the shape that Node demands
  }
  const exact = manifest.imports[specifier]
  if (exact !== undefined) return reference(exact)
  for (const [pattern, target] of Object.entries(manifest.imports)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !specifier.startsWith(before) || !specifier.endsWith(after)) continue
    return reference(target).replace('*', specifier.slice(before.length, specifier.length - after.length))
  }
  throw new Error(`the imports of package.json have no ${specifier}`)
}

function reference(target: Target): string {
  const file = typeof target === 'string' ? target : target.default
  if (file === undefined) throw new Error('the imports of package.json have an entry without "default"')
  return normalize(file)
}
