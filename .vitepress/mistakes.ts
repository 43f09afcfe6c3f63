/**
 * Makes the workers of the cluster figure whose servers make a famous mistake:
 * the same modules, one of which has been changed in one place.
 *
 * A worker's entry, `cluster.worker.two-votes.ts`, stands for `cluster.worker.ts`
 * with the query `?mistake=two-votes`. The query travels along the imports of the
 * figure and of Raft, so that these modules are loaded once more for each mistake,
 * from the reference, whatever the reader has written.
 */
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { normalizePath, type Plugin, runnerImport } from 'vite'
import type { Mutant } from '../test/mutant.ts'
import { MISTAKES } from './theme/figures/cluster/mistakes.ts'

const ENTRY = /^(.*\/cluster\.worker)\.([a-z-]+)\.ts$/
const QUERY = /[?&]mistake=([a-z-]+)/
const MUTANTS = 'test/mutants/05-raft'
const RAFT = /^#raft\/([a-z-]+)$/

/** For the page's modules, and for those of its workers, which a build bundles apart. */
export function famousMistakes(root: string): Plugin[] {
  const forWorkers: Plugin = {
    name: 'quorum:famous-mistakes-in-workers',
    config: () => ({ worker: { plugins: () => [changedModules(root)] } }),
  }
  return [changedModules(root), forWorkers]
}

/** Resolves and loads what has the query. It alone is enough where nothing is bundled. */
export function changedModules(root: string): Plugin {
  const folders = ['solutions/05-raft', '.vitepress/theme/figures/cluster'].map((folder) =>
    normalizePath(join(root, folder)),
  )
  const isCopied = (path: string) => folders.includes(dirname(path))
  let mutants: Promise<readonly Mutant[]> | undefined
  return {
    name: 'quorum:famous-mistakes',
    enforce: 'pre',
    resolveId(source, importer) {
      const [path, query] = halves(source)
      if (isCopied(path) && mistakeOfEntry(path) !== undefined) return source
      const id = QUERY.exec(importer ?? '')?.[1] ?? mistakeOfEntry(halves(importer ?? '')[0])
      if (id === undefined || importer === undefined || query.includes('mistake='))
        return QUERY.test(source) ? source : undefined
      const module = RAFT.exec(path)?.[1]
      const file =
        module === undefined ? fileBeside(importer, path) : normalizePath(join(root, `solutions/05-raft/${module}.ts`))
      return file !== undefined && isCopied(file) ? `${file}?mistake=${id}` : undefined
    },
    async load(id) {
      const [path] = halves(id)
      const entry = isCopied(path) ? ENTRY.exec(path) : null
      if (entry !== null && mistakeOfEntry(path) !== undefined) return `import '${entry[1]}.ts?mistake=${entry[2]}'\n`
      const mistake = QUERY.exec(id)?.[1]
      if (mistake === undefined || !isCopied(path)) return undefined
      this.addWatchFile(path)
      mutants ??= mutantsOf(root)
      return changed(path, await readFile(path, 'utf8'), mutantOf(mistake, await mutants))
    },
  }
}

/** The text of a file with the mistake in it, if that is where it is made. Throws when the place isn't there. */
function changed(path: string, text: string, { name, file, find, replace }: Mutant): string {
  if (!path.endsWith(`/${file}`)) return text
  const parts = text.split(find)
  if (parts.length !== 2) throw new Error(`“${name}”: its text occurs ${parts.length - 1} times in ${file}`)
  return parts.join(replace)
}

/** The change that makes a mistake. Throws when it is not among the mistakes that the checks are tried on. */
function mutantOf(id: string, mutants: readonly Mutant[]): Mutant {
  const mistake = MISTAKES.find((each) => each.id === id)
  const mutant = mutants.find(({ name }) => name === mistake?.label)
  if (mutant === undefined) throw new Error(`there is no mistake ${mistake?.label ?? id} in ${MUTANTS}`)
  return mutant
}

async function mutantsOf(root: string): Promise<readonly Mutant[]> {
  const files = readdirSync(join(root, MUTANTS)).filter((name) => name.endsWith('.ts'))
  const lists = files.sort().map(async (name) => {
    const { module } = await runnerImport<{ readonly mutants: readonly Mutant[] }>(join(root, MUTANTS, name))
    return module.mutants
  })
  return (await Promise.all(lists)).flat()
}

/** The mistake that an entry is named for, unless there is a file of that name. */
function mistakeOfEntry(path: string): string | undefined {
  const id = ENTRY.exec(path)?.[2]
  return id === undefined || existsSync(path) ? undefined : id
}

function fileBeside(importer: string, path: string): string | undefined {
  if (path.startsWith('/')) return path
  return path.startsWith('.') ? normalizePath(resolve(dirname(halves(importer)[0]), path)) : undefined
}

/** A path and its query. */
function halves(id: string): readonly [string, string] {
  const at = id.indexOf('?')
  return at < 0 ? [id, ''] : [id.slice(0, at), id.slice(at)]
}
