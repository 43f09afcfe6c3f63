/** Sends 0, 1, 2, … for as long as there is room, and then how many that were, as a negative number. */
import { serveWorker } from '#message-passing/worker-serve.node'

await serveWorker<never, number>(async (_jobs, results, signal) => {
  let sent = 0
  while (results.trySend(sent)) sent++
  await results.send(-sent, signal)
})
