/**
 * `/01-message-passing/1.1-channel` looks to a server like a file with the
 * ending `.1-channel`. This serves the page that is meant when somebody types
 * such an address; links end in `.html`.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Connect, Plugin } from 'vite'

export function pagesWithDots(root: string): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
    const [path = '', query] = (request.url ?? '').split('?')
    if (/^\/[\w-]+\/\d+\.\d+-[\w-]+$/.test(path) && existsSync(join(root, `docs${path}.md`))) {
      request.url = `${path}.html${query === undefined ? '' : `?${query}`}`
    }
    next()
  }
  return {
    name: 'quorum:pages-with-dots',
    configureServer(server) {
      server.middlewares.use(rewrite)
    },
  }
}
