/** Pages and papers, read line by line: what is prose, what is a fence, where a link leads. */

import type { Line } from './tree.ts'

/** The lines outside of fences and HTML comments. */
export function proseLines(text: string): readonly Line[] {
  return split(text).prose
}

/** The first lines of fences, without their backticks: `'ts quote #a/b C'`. */
export function fenceLines(text: string): readonly Line[] {
  return split(text).fences
}

function split(text: string): { readonly prose: readonly Line[]; readonly fences: readonly Line[] } {
  const prose: Line[] = []
  const fences: Line[] = []
  let closing: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, ticks, rest = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (closing !== undefined) {
      if (ticks?.startsWith(closing) && rest.trim() === '') closing = undefined
    } else if (ticks !== undefined) {
      closing = ticks
      fences.push({ number: index + 1, text: rest.trim() })
    } else {
      prose.push({ number: index + 1, text: line })
    }
  }
  return { prose, fences }
}

/** A line without what is quoted rather than said: inline code, addresses, tags of HTML. */
export function saidIn(line: string): string {
  return line
    .replace(/`[^`]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<[^>]*>/g, '')
    .replace(/https?:\/\/\S+/g, '')
}

/** Where the links and pictures of a line lead. */
export function linksIn(line: string): readonly string[] {
  const said = line.replace(/`[^`]*`/g, '')
  const written = [...said.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
  const tags = [...said.matchAll(/(?<![:\w-])(?:href|src)="([^"{]+)"/g)]
  return [...written, ...tags].map((match) => match[1] ?? '')
}

/** The anchors that a page offers: its headings, and every id. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const { text: line } of proseLines(text)) {
    for (const [, id = ''] of line.matchAll(/\bid="([^"]+)"/g)) anchors.add(id)
    const [, heading] = /^#{1,6}\s+(.+?)\s*$/.exec(line) ?? []
    if (heading === undefined) continue
    const [, custom] = /\{#([\w-]+)\}$/.exec(heading) ?? []
    anchors.add(custom ?? unused(slugOf(heading), anchors))
  }
  return anchors
}

/** A second heading of the same text gets `-1`, a third `-2`. */
function unused(slug: string, anchors: ReadonlySet<string>): string {
  if (!anchors.has(slug)) return slug
  let count = 1
  while (anchors.has(`${slug}-${count}`)) count++
  return `${slug}-${count}`
}

/** The anchor that VitePress gives to a heading. */
function slugOf(heading: string): string {
  const text = heading
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[*_]{1,2}(\S.*?\S|\S)[*_]{1,2}/g, '$1')
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(\d)/, '_$1')
    .toLowerCase()
}
