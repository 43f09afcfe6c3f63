/** Builds the book and the figures' own pages once for all browser tests of a run, and serves them as long as it lasts. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { copyFigurePage, vitepress } from './figure-page.ts'
import { copyProject } from './project-copy.ts'
import { serveFolder } from './static-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the book is served, and where its files are. */
    builtSite: { readonly address: string; readonly folder: string }
    builtFigures: { readonly address: string }
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [copy, page] = [copyProject(), await copyFigurePage()]
  const [site, figures] = [join(copy.root, '.vitepress/dist'), join(page.root, 'built')]
  await Promise.all([build(copy.root, site), build(page.root, figures)])
  const servers = await Promise.all([serveFolder(site), serveFolder(figures)])
  const [siteServer, figureServer] = servers
  project.provide('builtSite', { address: siteServer.address, folder: site })
  project.provide('builtFigures', { address: figureServer.address })
  return async () => {
    await Promise.all(servers.map((server) => server.close()))
    copy.remove()
    await page.remove()
  }
}

/** Rejects with what VitePress says when something doesn't build. */
async function build(root: string, folder: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: '', VITEST: '' }
  await promisify(execFile)(process.execPath, [vitepress, 'build', root, '--outDir', folder], { cwd: root, env })
}
