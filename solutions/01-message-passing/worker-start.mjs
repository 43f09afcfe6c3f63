/**
 * The first thing that runs on a worker thread: it lets Node read TypeScript,
 * which tsx does for the main thread only, and then loads the worker's file.
 */
import { workerData } from 'node:worker_threads'

if (workerData.entry.endsWith('.ts')) {
  const { register } = await import('tsx/esm/api')
  register()
}
await import(workerData.entry)
