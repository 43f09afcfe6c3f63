/** A copy of the project in a temporary folder, for tests that write into it. The installed packages are shared. */
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const leftOut = new Set(['node_modules', '.git', '.progress.json', '.data', '.ci'])
const leftOutOfSite = new Set(['cache', 'dist', '.temp'])

export interface ProjectCopy {
  readonly root: string
  remove(): void
}

export function copyProject(): ProjectCopy {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'quorum-site-')))
  for (const name of readdirSync(root)) {
    if (leftOut.has(name)) continue
    const site = join(root, '.vitepress')
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (from) => !(from.startsWith(site) && leftOutOfSite.has(from.slice(site.length + 1))),
    })
  }
  symlinkSync(realpathSync(join(root, 'node_modules')), join(copy, 'node_modules'), 'dir')
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) }
}
