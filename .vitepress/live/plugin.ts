/** Runs an exercise's checks when the reader saves a file, and tells the open pages. */
import type { Plugin } from 'vite'

export function liveChecks(_root: string): Plugin {
  return { name: 'quorum:live-checks', apply: 'serve' }
}
