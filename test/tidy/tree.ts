/**
 * The project's files, as the rules see them: their paths, their texts and
 * their syntax trees. Read once from the disk for the project itself, or made
 * up from a few lines for the examples of a rule.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Files } from './rule.ts'

/** The exercises and chapters are read from this file. */
const manifestPath = 'package.json'

/** Read as text. Everything else is known by its path alone. */
const textual = /\.(?:ts|vue|md|json|css|txt|yml|yaml)$|(?:^|\/)(?:\.[a-z]+rc|\.gitignore|run|LICENSE)$/

/** Belongs to the reader, who may change it and delete it: `npm run reset` brings it back. */
const readersFile = /^chapters\/\d\d-/

const neverRead = new Set(['.git', 'node_modules', 'dist', 'cache'])

export interface Line {
  /** From 1 up. */
  readonly number: number
  readonly text: string
}

export class Tree {
  /** From the root, with forward slashes, sorted. */
  readonly paths: readonly string[]
  readonly #known: ReadonlySet<string>
  readonly #read: (path: string) => string
  readonly #texts = new Map<string, string>()
  readonly #syntax = new Map<string, ts.SourceFile>()

  private constructor(paths: readonly string[], read: (path: string) => string) {
    this.paths = paths.toSorted()
    this.#known = new Set(paths)
    this.#read = read
  }

  /** A tree made up of these files and nothing else. */
  static of(files: Files): Tree {
    return new Tree(Object.keys(files), (path) => files[path] ?? '')
  }

  /** The project under `root`: what git tracks, and what it doesn't track and doesn't ignore either. */
  static read(root: string): Tree {
    return new Tree(listed(root), (path) => (textual.test(path) ? readIfThere(join(root, path)) : ''))
  }

  has(path: string): boolean {
    return this.#known.has(path)
  }

  /** Paths that match, in order. */
  matching(pattern: RegExp): readonly string[] {
    return this.paths.filter((path) => pattern.test(path))
  }

  /** Empty for a file that is gone, and for one that isn't text. */
  text(path: string): string {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const text = this.#read(path).replaceAll('\r\n', '\n')
    this.#texts.set(path, text)
    return text
  }

  lines(path: string): readonly Line[] {
    return this.text(path)
      .split('\n')
      .map((text, index) => ({ number: index + 1, text }))
  }

  /** Of a `.ts` file, or of the scripts of a `.vue` file, with the line numbers of the whole file. */
  syntax(path: string): ts.SourceFile {
    const known = this.#syntax.get(path)
    if (known !== undefined) return known
    const text = path.endsWith('.vue') ? scriptsOnly(this.text(path)) : this.text(path)
    const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
    this.#syntax.set(path, parsed)
    return parsed
  }

  /** What package.json says, or an empty object. */
  manifest(): Manifest {
    return this.has(manifestPath) ? (JSON.parse(this.text(manifestPath)) as Manifest) : {} // the shape that npm demands
  }
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly imports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The line, from 1 up, on which a node of the file begins. */
export function lineOf(node: ts.Node, file: ts.SourceFile): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}

/** A node and everything in it, each before its children. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (each: ts.Node): void => {
    nodes.push(each)
    ts.forEachChild(each, visit)
  }
  visit(node)
  return nodes
}

function listed(root: string): readonly string[] {
  try {
    const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const paths = new Set(output.split('\0').filter((path) => path !== ''))
    return [...paths].filter((path) => existsSync(join(root, path)) || readersFile.test(path))
  } catch {
    return walk(root, '') // an unpacked archive has no git
  }
}

function walk(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (neverRead.has(entry.name)) return []
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // the reader deleted it
  }
}

/** Blanks out everything but the insides of `<script>`, so that each line keeps its number. */
function scriptsOnly(text: string): string {
  const scripts = [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)]
  let kept = text.replace(/[^\n]/g, ' ')
  for (const script of scripts) {
    const start = script.index + script[0].indexOf('>') + 1
    const inside = script[1] ?? ''
    kept = kept.slice(0, start) + inside + kept.slice(start + inside.length)
  }
  return kept
}
