/**
 * Runs in the worker beside the checks, and says which of them is about to run.
 *
 * Vitest gathers such news and sends it a tenth of a second later, which is too
 * late when the next thing to happen is an endless loop. A `BroadcastChannel`
 * delivers at once.
 */
import { BroadcastChannel } from 'node:worker_threads'
import { beforeEach } from 'vitest'
import { type Sign, signChannel } from './messages.ts'
import { nameOf } from './names.ts'

const channel = new BroadcastChannel(signChannel)
channel.unref()

function show(sign: Sign): void {
  channel.postMessage(sign)
}

show({ doing: 'loading' })
beforeEach(({ task }) => show({ doing: 'checking', check: nameOf(task) }))
