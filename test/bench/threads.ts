/** Messages to another thread: by our channel between threads, and by `postMessage` for each. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CLOSED } from '#message-passing/channel'
import { RealClock } from '#message-passing/clock.node'
import { WorkerThread } from '#message-passing/worker.node'
import { type Case, millionsPerWallSecond } from './measure.ts'

export const AWAITED_BETWEEN = 'WorkerThread: await jobs.send, numbers'
export const TRIED_BETWEEN = 'WorkerThread: trySend and tryReceive, await when they fail, numbers'
export const POSTED = 'Worker: postMessage for each number (unbounded)'

const CAPACITY = 1_024

export function threadCases(): readonly Case[] {
  return [
    { name: AWAITED_BETWEEN, measure: () => toThread(2_000_000, sendNumbers) },
    { name: TRIED_BETWEEN, measure: () => toThread(8_000_000, pushNumbers, 'pulling') },
    { name: 'WorkerThread: objects, in arrays of 64', measure: () => toThread(1_280_000, sendArrays) },
    { name: 'WorkerThread: await jobs.send, objects', measure: () => toThread(400_000, sendObjects) },
    { name: POSTED, measure: () => posted(500_000, postNumbers) },
    { name: 'Worker: postMessage for each object (unbounded)', measure: () => posted(400_000, postObjects) },
  ]
}

/** What the thread adds up: numbers, objects that hold one, or many of these. `sum` asks for the sum so far. */
export type Job = number | { readonly n: number } | readonly { readonly n: number }[] | 'sum'

type Thread = WorkerThread<Job, number>

/** Messages a second to a thread that is already running. */
async function toThread(
  count: number,
  send: (thread: Thread, count: number) => Promise<void>,
  worker = 'adding',
): Promise<number> {
  const entry = new URL(`workers/${worker}.ts`, import.meta.url)
  await using thread: Thread = new WorkerThread(new RealClock(), entry, { capacity: CAPACITY })
  return await millionsPerWallSecond(count, async (messages) => {
    await send(thread, messages)
    await thread.jobs.send('sum')
    const sum = await thread.results.receive()
    return sum === CLOSED ? Number.NaN : sum
  })
}

async function sendNumbers({ jobs }: Thread, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await jobs.send(n)
}

async function pushNumbers({ jobs }: Thread, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    if (!jobs.trySend(n)) await jobs.send(n)
  }
}

async function sendObjects({ jobs }: Thread, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await jobs.send({ n })
}

async function sendArrays({ jobs }: Thread, count: number): Promise<void> {
  for (let n = 0; n < count; n += 64) await jobs.send(Array.from({ length: 64 }, (_, index) => ({ n: n + index })))
}

/** The same without a bound, and without anything of ours. */
async function posted(count: number, postAll: (worker: Worker, count: number) => void): Promise<number> {
  const worker = new Worker(new URL('workers/posted.mjs', import.meta.url))
  const perSecond = await millionsPerWallSecond(count, async (messages) => {
    postAll(worker, messages)
    worker.postMessage('sum')
    const [sum] = await once(worker, 'message')
    return Number(sum)
  })
  await worker.terminate()
  return perSecond
}

function postNumbers(worker: Worker, count: number): void {
  for (let n = 0; n < count; n++) worker.postMessage(n)
}

function postObjects(worker: Worker, count: number): void {
  for (let n = 0; n < count; n++) worker.postMessage({ n })
}
