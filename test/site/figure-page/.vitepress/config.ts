/** A site of one page with one figure, for the figures' own tests. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitepress'
import { famousMistakes } from '../../../../.vitepress/mistakes.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A fault to put into the channel, `{ "find": …, "replace": … }`, as if the reader had written it. */
const fault: unknown = JSON.parse(process.env.QUORUM_FIGURE_FAULT ?? 'null')

function faultyChannel(): Plugin {
  return {
    name: 'faulty-channel',
    enforce: 'pre',
    load(id) {
      if (!isFault(fault) || !id.split('?')[0]?.endsWith('/channel.ts')) return undefined
      const source = readFileSync(id.split('?')[0] ?? id, 'utf8')
      if (!source.includes(fault.find)) throw new Error(`the channel has no "${fault.find}" to put a fault into`)
      return source.replace(fault.find, () => fault.replace)
    },
  }
}

function isFault(value: unknown): value is { find: string; replace: string } {
  return typeof value === 'object' && value !== null && 'find' in value && 'replace' in value
}

// biome-ignore lint/style/noDefaultExport: VitePress asks for one
export default defineConfig({
  title: 'A figure',
  appearance: true,
  vite: {
    plugins: [faultyChannel(), famousMistakes(root)],
    clearScreen: false,
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1' },
  },
})
