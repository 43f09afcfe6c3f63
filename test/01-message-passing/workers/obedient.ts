/** Waits in two tasks until it is cancelled, tidies up, and ends. Says in its results what it does. */
import { serveWorker } from '#message-passing/worker-serve.node'

await serveWorker<string, string>(async (jobs, results, signal) => {
  results.trySend('ready')
  const ends = await Promise.allSettled([jobs.receive(signal), jobs.receive(signal)])
  for (const end of ends) {
    if (end.status === 'rejected') results.trySend(`a task ended: ${end.reason.name}, ${end.reason.message}`)
  }
  signal.throwIfAborted()
})
