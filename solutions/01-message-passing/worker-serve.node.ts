/**
 * The worker's side of a `WorkerThread`.
 *
 * ```ts
 * await serveWorker<number, number>(async (jobs, results, signal) => {
 *   for await (const n of jobs) await results.send(n * n, signal)
 * })
 * ```
 *
 * A thread hears nothing while it computes. A worker whose jobs take long, and
 * who is to end early when it is cancelled, awaits something now and then.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { ChannelClosed } from '#message-passing/channel'
import { type Frame, type Post, RemoteError, reportOf, type Start } from '#message-passing/worker-frames'
import { Inbox, type InboxReceiver } from '#message-passing/worker-inbox'
import { Outbox } from '#message-passing/worker-outbox'

/** A worker's work: receive `jobs` until they are closed, send `results`, and end early when `signal` is aborted. */
export type Serve<Job, Result> = (
  jobs: InboxReceiver<Job>,
  results: Outbox<Result>,
  signal: AbortSignal,
) => Promise<void>

/**
 * Called once, in the worker's file. Runs `serve`, then closes the results and
 * tells the main thread how it ended. When the worker is cancelled, `signal` is
 * aborted, and receiving rejects with its reason once the jobs that have arrived
 * are taken. To end with the signal's reason is to end as asked. A thread exits when nothing holds it any more: a timer that `serve`
 * leaves behind keeps it, and its `join`, waiting.
 */
export async function serveWorker<Job, Result>(serve: Serve<Job, Result>): Promise<void> {
  if (parentPort === null) throw new Error('serveWorker runs on a worker thread: give this file to a WorkerThread')
  const port = parentPort
  const { capacity } = workerData as Start // given by WorkerThread's constructor
  const post: Post = (frame, transfer) => port.postMessage(frame, transfer)
  const jobs = new Inbox<Job>(capacity, (count) => post({ kind: 'credits', count }, []))
  const results = new Outbox<Result>(capacity, post)
  const controller = new AbortController()
  const cancel = (reason: RemoteError) => {
    controller.abort(reason)
    jobs.end(() => reason) // for whoever waits in a `for await`, and so without the signal
  }
  port.on('message', (frame: Frame<Job>) => {
    if (frame.kind === 'messages') jobs.deliver(frame.messages)
    else if (frame.kind === 'credits') results.grant(frame.count)
    else if (frame.kind === 'closed') jobs.end()
    else if (frame.kind === 'cancel') cancel(new RemoteError(frame.reason))
  })
  const failure = await failureOf(serve(jobs.receiver, results, controller.signal), controller.signal)
  if (failure === undefined) results.close()
  else results.end(() => new ChannelClosed())
  post({ kind: 'ended', failure: failure && reportOf(failure.error) }, [])
  port.close()
}

async function failureOf(work: Promise<void>, signal: AbortSignal): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return signal.aborted && error === signal.reason ? undefined : { error }
  }
}
