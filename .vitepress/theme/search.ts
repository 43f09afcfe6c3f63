/** Looks words up in the index that the build made. It is fetched when the search opens for the first time. */
import localSearchIndex from '@localSearchIndex'
import MiniSearch from 'minisearch'

export interface Found {
  readonly link: string
  readonly title: string
  /** The headings above it, the page's first. */
  readonly above: readonly string[]
  /** Some words before what was found, that, and some words behind. */
  readonly excerpt: readonly [string, string, string]
}

export type Search = (query: string) => readonly Found[]

const resultsMax = 12
const excerptCharacters = 130

export async function openSearch(): Promise<Search> {
  const load = localSearchIndex.root
  if (load === undefined) return () => []
  const index = MiniSearch.loadJSON((await load()).default, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles', 'text'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
  })
  return (query) =>
    index
      .search(query)
      .slice(0, resultsMax)
      .map((result) => ({
        link: String(result.id),
        title: String(result.title),
        above: Array.isArray(result.titles) ? result.titles.map(String) : [],
        excerpt: excerptOf(String(result.text ?? ''), result.terms),
      }))
}

function excerptOf(text: string, terms: readonly string[]): readonly [string, string, string] {
  const plain = decode(text).replace(/\s+/g, ' ').trim()
  const lower = plain.toLowerCase()
  const places = terms.map((term) => ({ at: lower.indexOf(term), length: term.length })).filter(({ at }) => at >= 0)
  const place = places.sort((left, right) => right.length - left.length)[0]
  if (place === undefined) return [plain.slice(0, excerptCharacters), '', '']
  const from = plain.lastIndexOf(' ', Math.max(0, place.at - excerptCharacters / 3)) + 1
  const end = place.at + place.length
  const last = plain.indexOf(' ', from + excerptCharacters)
  const behind = last < 0 ? plain.slice(end) : `${plain.slice(end, Math.max(end, last))} …`
  return [plain.slice(from, place.at), plain.slice(place.at, end), behind]
}

/** The index holds text as it stood in HTML. */
function decode(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#8203': '' }
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
