/** Adds up what it is sent, and answers the sum when it is asked. */
import { serveWorker } from '#message-passing/worker-serve.node'
import type { Job } from '../threads.ts'

await serveWorker<Job, number>(async (jobs, results) => {
  let sum = 0
  for await (const job of jobs) {
    if (job === 'sum') {
      await results.send(sum)
      sum = 0
    } else sum += amountOf(job)
  }
})

function amountOf(job: Exclude<Job, 'sum'>): number {
  if (typeof job === 'number') return job
  if ('n' in job) return job.n
  let sum = 0
  for (const { n } of job) sum += n
  return sum
}
