/** Adds up the numbers that it is sent, without waiting for each, and answers the sum when it is asked. */
import { CLOSED, EMPTY } from '#message-passing/channel'
import { serveWorker } from '#message-passing/worker-serve.node'

await serveWorker<number | 'sum', number>(async (jobs, results, signal) => {
  let sum = 0
  for (;;) {
    let job = jobs.tryReceive()
    if (job === EMPTY) job = await jobs.receive(signal)
    if (job === CLOSED) return
    if (job === 'sum') {
      await results.send(sum)
      sum = 0
    } else sum += job
  }
})
