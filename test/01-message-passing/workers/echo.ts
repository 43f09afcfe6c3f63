/** Sends each job back, until there are no more. */
import { serveWorker } from '#message-passing/worker-serve.node'

await serveWorker<unknown, unknown>(async (jobs, results, signal) => {
  for await (const job of jobs) await results.send(job, signal)
})
