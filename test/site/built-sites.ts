/** The sites that were built for all tests of this run, by `builds.ts`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inject } from 'vitest'
import type {} from './builds.ts' // names what it provides

export interface BuiltSite {
  /** Ends without a slash. */
  readonly address: string
  /** Every page, as a path: `'/01-message-passing/1.1-channel.html'`. */
  readonly pages: readonly string[]
  /** The size of what stands at that address, compressed, in bytes. */
  compressedSize(address: string): number
}

/** The book. */
export function builtSite(): BuiltSite {
  const { address, folder } = inject('builtSite')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const pages = names.filter((name) => name.endsWith('.html') && name !== '404.html')
  return {
    address,
    pages: pages.sort().map((name) => `/${name.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')}`),
    compressedSize: (url) => gzipSync(readFileSync(join(folder, new URL(url).pathname))).length,
  }
}

/** The pages of `figure-page`: a figure each. */
export function builtFigures(): { readonly address: string } {
  return inject('builtFigures')
}
