/**
 * Fences whose text comes from a file:
 *
 * - ` ```ts quote #message-passing/channel Channel.trySend ` the declaration of that name;
 * - ` ```ts signatures #message-passing/channel Channel ` the same without bodies;
 * - ` ```text golden 01-message-passing/balance.txt 3-9 ` what a program printed;
 * - ` ```text measured 01-message-passing sleeping tasks ` the table of a bench with that title.
 *
 * Code is always the reference's. A file, name or line that isn't there fails
 * the build, and the error names the page and the line.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { memberMark } from './code.ts'
import { quoteDeclarations } from './declarations.ts'
import { readMeasured } from './measured.ts'
import { printedBlock } from './printed.ts'
import { resolveQuoted } from './targets.ts'

export interface Quoted {
  /** From the root. */
  readonly file: string
  readonly text: string
  /** Whether this is code, members of a class without the class around them, or what code printed. */
  readonly kind: 'code' | 'members' | 'output'
  /** Where it comes from. */
  readonly caption: string
}

/** What the words of a fence's first line ask for, or nothing when it is an ordinary fence. */
export function readFence(root: string, firstLine: string): Quoted | undefined {
  const [, kind, target, ...rest] = firstLine.trim().split(/\s+/)
  if (kind !== 'quote' && kind !== 'signatures' && kind !== 'golden' && kind !== 'measured') return undefined
  if (target === undefined) throw new Error(`\`${kind}\` needs to be told a file`)
  if (kind === 'golden') return readGolden(root, target, rest[0])
  if (kind === 'measured') return { ...readMeasured(root, target, rest.join(' ')), kind: 'output' }
  const file = resolveQuoted(root, target)
  const source = readFileSync(join(root, file), 'utf8')
  const text = quoteDeclarations(source, rest, kind === 'quote' ? 'whole' : 'signatures')
  const isMembers = rest.length > 0 && rest.every((name) => name.includes('.'))
  return { file, text, kind: isMembers ? 'members' : 'code', caption: file }
}

/** Golden files that tell what a long run on one machine came to, and the commands that made them. A test compares the page with what was saved. */
const measurements: Readonly<Record<string, string>> = {
  '02-serialization/fuzz-campaign.txt': 'npm run fuzz 2',
  '02-serialization/hostile-memory.txt': 'npm run fuzz 2 -- --memory',
  '05-raft/whole-campaign.txt': 'npm run campaign 5',
}

function readGolden(root: string, target: string, range: string | undefined): Quoted {
  const [folder = '', ...name] = target.split('/')
  const file = `test/${folder}/golden/${name.join('/')}`
  if (!existsSync(join(root, file))) throw new Error(`there is no golden file ${file}`)
  const text = readFileSync(join(root, file), 'utf8').trimEnd()
  const shown = range === undefined ? text : linesOf(text, range, file)
  return { file, text: shown, kind: 'output', caption: goldenCaption(target, text) }
}

function goldenCaption(target: string, text: string): string {
  const command = measurements[target]
  if (command === undefined) return 'output, checked by a test'
  const machine = /Node [\d.]+, [^,;\n]+/.exec(text)?.[0]
  return `measured by ${command}${machine === undefined ? '' : `: ${machine}`}`
}

function linesOf(text: string, range: string, file: string): string {
  const lines = text.split('\n')
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? []
  const first = Number(from)
  const last = Number(to ?? from)
  if (!(first >= 1 && first <= last && last <= lines.length)) {
    throw new Error(`${file} has lines 1-${lines.length}, not ${range}`)
  }
  return lines.slice(first - 1, last).join('\n')
}

const fenceInfo = { code: 'ts', members: `ts ${memberMark}` } as const

interface PageEnvironment {
  readonly relativePath?: string
  readonly path?: string
  readonly includes?: string[]
}

/** Fills such fences in, and frames each with a line that says where its text comes from. */
export function quotingFences(root: string): (md: MarkdownRenderer) => void {
  return (md) => {
    md.core.ruler.push('quoting_fences', (state) => {
      const page = state.env as PageEnvironment // what VitePress passes to every page
      const tokens: typeof state.tokens = []
      for (const token of state.tokens) {
        const quoted = token.type === 'fence' ? read(root, token.info, token.content, page) : undefined
        if (quoted === undefined) {
          tokens.push(token)
          continue
        }
        page.includes?.push(join(root, quoted.file))
        const html = (content: string) => Object.assign(new state.Token('html_block', '', 0), { content })
        if (quoted.kind === 'output') {
          tokens.push(html(printedBlock(quoted.text, quoted.caption)))
          continue
        }
        token.info = fenceInfo[quoted.kind]
        token.content = `${quoted.text}\n`
        const caption = `<figcaption>${quoted.caption}</figcaption></figure>\n`
        tokens.push(html('<figure class="quoted">\n'), token, html(caption))
      }
      state.tokens = tokens
    })
  }
}

function read(root: string, firstLine: string, body: string, page: PageEnvironment): Quoted | undefined {
  try {
    const quoted = readFence(root, firstLine)
    if (quoted !== undefined && body.trim() !== '')
      throw new Error('the fence must be empty: its text comes from a file')
    return quoted
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${placeOf(page, firstLine)}: \`\`\`${firstLine.trim()}: ${reason}`)
  }
}

/** Page and line. The line is looked up in the file, since the parser counts without the front matter. */
function placeOf(page: PageEnvironment, firstLine: string): string {
  const name = page.relativePath === undefined ? 'the page' : `docs/${page.relativePath}`
  if (page.path === undefined || !existsSync(page.path)) return name
  const lines = readFileSync(page.path, 'utf8').split('\n')
  const index = lines.findIndex((line) => line.includes(firstLine.trim()))
  return index < 0 ? name : `${name}:${index + 1}`
}
