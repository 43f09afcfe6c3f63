/** The book as the theme sees it: the page being read, its chapter, and its neighbours. */
import { useData } from 'vitepress'
import { type ComputedRef, computed } from 'vue'
import type { BookTheme, ChapterEntry, PageEntry } from '../navigation.ts'

export interface Place {
  readonly chapters: readonly ChapterEntry[]
  readonly appendix: readonly PageEntry[]
  readonly page: PageEntry | undefined
  readonly chapter: ChapterEntry | undefined
  readonly previous: PageEntry | undefined
  readonly next: PageEntry | undefined
}

const contents: PageEntry = { title: 'The book’s contents', link: '/' }

/** Where the reader is. */
export function usePlace(): ComputedRef<Place> {
  const { page, theme } = useData<BookTheme>()
  return computed(() => {
    const { chapters, appendix } = theme.value
    const order = [contents, ...chapters.flatMap((chapter) => chapter.pages), ...appendix]
    const link = `/${page.value.relativePath.replace(/(?:index)?\.md$/, '')}`
    const index = order.findIndex((entry) => entry.link === link)
    const chapter = chapters.find((each) => each.pages.some((entry) => entry.link === link))
    if (index < 0) return { chapters, appendix, page: undefined, chapter, previous: undefined, next: contents }
    // The last page leads back to the contents, so that there is always a way on.
    const next = order[index + 1] ?? contents
    return { chapters, appendix, page: order[index], chapter, previous: order[index - 1], next }
  })
}

/** The address of a page of the book as the server knows it. */
export function addressOf(link: string): string {
  return link.endsWith('/') ? link : `${link}.html`
}
