/**
 * The worker that runs the cluster, and one for each famous mistake, whose servers
 * make it. There is no file for those: the plugin in `.vitepress/mistakes` makes
 * them, and only the one that is opened is loaded.
 */

const MISTAKEN: Readonly<Record<string, () => Worker>> = {
  'two-votes': () => new Worker(new URL('./cluster.worker.two-votes.ts', import.meta.url), { type: 'module' }),
  'forgotten-vote': () =>
    new Worker(new URL('./cluster.worker.forgotten-vote.ts', import.meta.url), { type: 'module' }),
  'any-log': () => new Worker(new URL('./cluster.worker.any-log.ts', import.meta.url), { type: 'module' }),
  'earlier-terms': () => new Worker(new URL('./cluster.worker.earlier-terms.ts', import.meta.url), { type: 'module' }),
  'kept-conflict': () => new Worker(new URL('./cluster.worker.kept-conflict.ts', import.meta.url), { type: 'module' }),
  'any-term': () => new Worker(new URL('./cluster.worker.any-term.ts', import.meta.url), { type: 'module' }),
  'own-end': () => new Worker(new URL('./cluster.worker.own-end.ts', import.meta.url), { type: 'module' }),
  'hasty-answer': () => new Worker(new URL('./cluster.worker.hasty-answer.ts', import.meta.url), { type: 'module' }),
}

/** Opens a worker for a setup's `mistake`. One that serves another mistake must be ended before. */
export function openWorker(mistake: string | undefined): Worker {
  const open = mistake === undefined ? undefined : MISTAKEN[mistake]
  return open?.() ?? new Worker(new URL('./cluster.worker.ts', import.meta.url), { type: 'module' })
}
