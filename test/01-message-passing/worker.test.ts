import { describe, expect, test } from 'vitest'
import { CLOSED } from '#message-passing/channel'
import type { Receiver } from '#message-passing/receiver'
import { VirtualClock } from '#message-passing/virtual-clock'
import { WorkerThread } from '#message-passing/worker.node'
import { RemoteError, WorkerFailed } from '#message-passing/worker-frames'
import { observe } from '../observe.ts'

const entry = (name: string) => new URL(`workers/${name}.ts`, import.meta.url)

async function all<T>(results: Receiver<T>): Promise<T[]> {
  const received: T[] = []
  for await (const result of results) received.push(result)
  return received
}

describe('messages', () => {
  test('numbers, strings and objects come back in the order in which they were sent', async () => {
    await using worker = new WorkerThread<unknown, unknown>(new VirtualClock(), entry('echo'), { capacity: 16 })
    const jobs = Array.from({ length: 2_000 }, (_, n) => (n % 3 === 0 ? { n } : n % 3 === 1 ? `${n}` : n))
    const received = all(worker.results)
    for (const job of jobs) await worker.jobs.send(job)
    worker.jobs.close()
    expect(await received).toEqual(jobs)
    await worker.join()
    expect(await worker.results.receive(), 'after the last result, CLOSED again and again').toBe(CLOSED)
  })

  test('a large buffer is moved and a part of a shared one is copied', async () => {
    await using worker = new WorkerThread<unknown, unknown>(new VirtualClock(), entry('echo'))
    const large = new Uint8Array(1 << 12).fill(7)
    await worker.jobs.send({ name: 'photo', parts: [large] })
    expect(large.byteLength, 'the sender no longer has what it sent').toBe(0)
    expect(await worker.results.receive()).toEqual({ name: 'photo', parts: [new Uint8Array(1 << 12).fill(7)] })

    const page = new Uint8Array([1, 2, 3, 4])
    await worker.jobs.send(page.subarray(1, 3))
    expect([...page], 'the message is a part: somebody may hold the rest').toEqual([1, 2, 3, 4])
    expect(await worker.results.receive()).toEqual(new Uint8Array([2, 3]))

    const pooled = Buffer.from('hello')
    await worker.jobs.send(pooled)
    expect(pooled.toString(), 'its memory belongs to other buffers too').toBe('hello')
    expect(await worker.results.receive()).toEqual(new Uint8Array(Buffer.from('hello')))
  })

  test('the worker cannot send more than the main thread has room for', async () => {
    await using worker = new WorkerThread<never, number>(new VirtualClock(), entry('eager'), { capacity: 4 })
    expect(await all(worker.results), 'four went through, the fifth had to wait').toEqual([0, 1, 2, 3, -4])
    await worker.join()
  })
})

describe('cancelling', () => {
  test('every task of the worker hears the signal, tidies up, and what it says arrives', async () => {
    const controller = new AbortController()
    const clock = new VirtualClock()
    const options = { signal: controller.signal, capacity: 8 }
    await using worker = new WorkerThread<string, string>(clock, entry('obedient'), options)
    expect(await worker.results.receive()).toBe('ready')
    const reason = new Error('deploying')
    controller.abort(reason)
    expect(await all(worker.results)).toEqual(new Array(2).fill('a task ended: Error, deploying'))
    await expect(worker.join(), 'a cancelled worker has not done its work').rejects.toBe(reason)
    expect(clock.pending, 'no timer is left').toBe(0)
  })

  test('a worker that does not listen is terminated when the grace period is over', async () => {
    const clock = new VirtualClock()
    const worker = new WorkerThread<never, string>(clock, entry('deaf'), { graceMs: 300 })
    expect(await worker.results.receive()).toBe('ready')
    const joined = observe(worker.join())
    worker.cancel()
    await clock.advance(299)
    expect(joined.state).toBe('waiting')
    await clock.advance(1)
    await expect(worker.join()).rejects.toThrow('the worker was cancelled 300 ms ago and still ran')
    await worker[Symbol.asyncDispose]()
  })

  test('a worker that waits for jobs without its signal hears of it too', async () => {
    const worker = new WorkerThread<number, number>(new VirtualClock(), entry('echo'))
    await worker.jobs.send(1)
    expect(await worker.results.receive()).toBe(1)
    await worker[Symbol.asyncDispose]()
    await expect(worker.join()).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('an aborted signal starts no worker', () => {
    const signal = AbortSignal.abort(new Error('too late'))
    expect(() => new WorkerThread(new VirtualClock(), entry('echo'), { signal })).toThrow('too late')
  })

  test('leaving the block ends the worker, and leaves nothing on the signal', async () => {
    const controller = new AbortController()
    const listeners = new Set<unknown>()
    const { signal } = controller
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    Object.assign(signal, {
      addEventListener: (type: 'abort', listener: () => void) => listeners.add(listener) && add(type, listener),
      removeEventListener: (type: 'abort', listener: () => void) =>
        listeners.delete(listener) && remove(type, listener),
    })
    const clock = new VirtualClock()
    const waiting = await (async () => {
      await using worker = new WorkerThread<string, string>(clock, entry('obedient'), { signal })
      await worker.results.receive()
      return { send: worker.jobs, receive: worker.results }
    })()
    expect([listeners.size, clock.pending]).toEqual([0, 0])
    await expect(waiting.send.send('late')).rejects.toThrow('the channel is closed')
  })
})

describe('failing', () => {
  test('a worker that throws fails every wait with its error, after the results that it had sent', async () => {
    const worker = new WorkerThread<string, string>(new VirtualClock(), entry('failing'), { capacity: 2 })
    for (const job of ['one', 'throw']) await worker.jobs.send(job)
    const sends = ['never taken', 'nor this', 'not even sent'].map((job) => observe(worker.jobs.send(job)))
    expect(await worker.results.receive()).toBe('first: one')
    const failure = await worker.results.receive().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(WorkerFailed)
    expect(failure).toMatchObject({ code: 'WORKER_FAILED', message: 'the worker failed: the disk is on fire' })
    const { cause } = failure as WorkerFailed // asserted two lines above
    expect(cause).toBeInstanceOf(RemoteError)
    expect(cause).toMatchObject({ name: 'Broken', code: 'BROKEN', message: 'the disk is on fire' })
    await expect(worker.join()).rejects.toBe(failure)
    expect(sends.map((send) => send.state)).toEqual(['done', 'done', 'failed'])
    expect(sends[2]?.error).toBe(failure)
    await worker[Symbol.asyncDispose]()
  })

  test('a worker that exits is named with its exit code', async () => {
    const worker = new WorkerThread<string, string>(new VirtualClock(), entry('failing'))
    for (const job of ['one', 'exit']) await worker.jobs.send(job)
    await expect(worker.join()).rejects.toThrow('the worker exited with code 3 before its work was done')
  })

  test('a worker without a file fails, and says which file is missing', async () => {
    const worker = new WorkerThread(new VirtualClock(), entry('nowhere'))
    await expect(worker.results.receive()).rejects.toThrow('nowhere')
    await worker[Symbol.asyncDispose]()
  })

  test('leaving the block reports a failure that nobody was told', async () => {
    const worker = new WorkerThread(new VirtualClock(), entry('nowhere'))
    await expect(worker[Symbol.asyncDispose]()).rejects.toBeInstanceOf(WorkerFailed)
  })
})
