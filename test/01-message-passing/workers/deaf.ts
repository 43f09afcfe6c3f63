/** Never looks at its signal, nor at anything else. */
import { serveWorker } from '#message-passing/worker-serve.node'

await serveWorker<never, string>(async (_jobs, results) => {
  await results.send('ready')
  await new Promise<void>(() => {})
})
