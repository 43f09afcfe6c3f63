/** Answers one job, and then does what the next one says: `throw` or `exit`. */
import { serveWorker } from '#message-passing/worker-serve.node'

class Broken extends Error {
  override readonly name = 'Broken'
  readonly code = 'BROKEN'
}

await serveWorker<string, string>(async (jobs, results, signal) => {
  await results.send(`first: ${String(await jobs.receive(signal))}`, signal)
  const job = await jobs.receive(signal)
  if (job === 'throw') throw new Broken('the disk is on fire')
  if (job === 'exit') process.exit(3)
})
