/** The address of a page with the figure as it stands, to be handed on. */
import { readLink, type Saved, writeLink } from './link.ts'
import type { Wish } from './use-cluster-run.ts'

const NAME = 'cluster'

export type Found = { readonly ok: true; readonly saved: Saved } | { readonly ok: false; readonly sentence: string }

/** What the page's address says of the figure, if it says something. */
export function fromAddress(): Found | undefined {
  const text = new URLSearchParams(location.search).get(NAME)
  return text === null ? undefined : readLink(text)
}

/**
 * Writes the run and the moment into the address, and copies it. The address leads to the heading above
 * the figure, so that the browser goes there and the figure comes near. Returns what to tell the reader.
 */
export async function copyAddress(wish: Wish, atMs: number, place: Element | null): Promise<string> {
  const address = new URL(location.href)
  address.search = `?${NAME}=${writeLink({ ...wish, atMs: Math.round(atMs) })}`
  address.hash = place === null ? '' : headingAbove(place)
  history.replaceState(history.state, '', address)
  try {
    await navigator.clipboard.writeText(address.href)
    return 'copied'
  } catch {
    return 'The link stands in the address of the page; this browser doesn’t let it be copied.'
  }
}

/** The id of the last heading before an element. */
function headingAbove(place: Element): string {
  const headings = [...document.querySelectorAll(':is(h1, h2, h3)[id]')]
  return headings.findLast((each) => each.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)?.id ?? ''
}
