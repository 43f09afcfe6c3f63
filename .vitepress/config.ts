/** The site: what it reads, how its pages are rendered, and which plugins serve it. */
import { fileURLToPath } from 'node:url'
import { defineConfigWithTheme } from 'vitepress'
import { liveChecks } from './live/plugin.ts'
import { replayFiles } from './live/replays.ts'
import { literalInlineCode, patientHighlighting } from './markdown/code.ts'
import { quotingFences } from './markdown/fences.ts'
import { numberedTitles } from './markdown/heading.ts'
import { quizContainer } from './markdown/quiz.ts'
import { searchOptions } from './markdown/search.ts'
import { dark, light } from './markdown/shades.ts'
import { emptyCorners } from './markdown/tables.ts'
import { conditionsOf } from './mine.ts'
import { famousMistakes } from './mistakes.ts'
import { type BookTheme, readAppendix, readChapters, unwrittenFolders } from './navigation.ts'
import { readableWithoutScripts } from './not-found.ts'
import { pagesWithDots } from './pages-with-dots.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { exercises: mine, client, server } = conditionsOf(root)

export default defineConfigWithTheme<BookTheme>({
  title: 'Quorum',
  titleTemplate: ':title · Quorum',
  description:
    'A book that you run: distributed systems in TypeScript, from a message to a replicated key-value service.',
  lang: 'en-GB',
  srcDir: 'docs',
  srcExclude: [...unwrittenFolders(root)],
  outDir: '.vitepress/dist',
  cacheDir: '.vitepress/cache',
  router: { prefetchLinks: false }, // a page fetches what it shows, and nothing on suspicion
  head: [
    ['link', { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }],
    ['meta', { name: 'color-scheme', content: 'light dark' }],
  ],
  markdown: {
    theme: { light, dark },
    codeTransformers: [patientHighlighting],
    emoji: false,
    headers: { level: [2] },
    config(md) {
      literalInlineCode(md)
      quizContainer(md)
      numberedTitles(md)
      emptyCorners(md)
      quotingFences(root)(md)
    },
  },
  transformHtml: (html, _file, { page }) => (page === '404.md' ? readableWithoutScripts(html) : undefined),
  themeConfig: {
    chapters: readChapters(root),
    appendix: readAppendix(root),
    mine,
    search: { provider: 'local', options: searchOptions },
  },
  vite: {
    plugins: [pagesWithDots(root), liveChecks(root), replayFiles(root), famousMistakes(root)],
    resolve: { conditions: client },
    ssr: { resolve: { conditions: server } },
    server: { host: '127.0.0.1', cors: false },
    optimizeDeps: { include: ['minisearch'] },
  },
})
