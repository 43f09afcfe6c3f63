/**
 * Runs in the worker beside the checks, and says at once which of them begins
 * and how it ends. Vitest gathers such news and sends it a tenth of a second
 * later, which is too late when the next thing to happen is an endless loop. A
 * `BroadcastChannel` delivers even then.
 *
 * It also cuts a hopeless run short: a fault that makes one check wait for ever
 * often makes thirty of them wait, each for its full time.
 */
import { BroadcastChannel } from 'node:worker_threads'
import { beforeEach } from 'vitest'
import { type Sign, signChannel } from './messages.ts'
import { nameOf } from './names.ts'

const timeoutsMax = 3

class Witness {
  readonly #channel = new BroadcastChannel(signChannel)
  #timeouts = 0

  constructor() {
    this.#channel.unref()
  }

  show(sign: Sign): void {
    this.#channel.postMessage(sign)
  }

  /** Whether so many checks never ended that the others need not try. */
  get hopeless(): boolean {
    return this.#timeouts >= timeoutsMax
  }

  ended(check: string, state: string | undefined, message: string | undefined): void {
    if (message?.startsWith('Test timed out')) this.#timeouts++
    this.show({ doing: 'between checks', check, passed: state === 'pass' })
  }
}

const witness = new Witness()
witness.show({ doing: 'loading' })

beforeEach(({ task, skip, onTestFinished }) => {
  const check = nameOf(task)
  if (witness.hopeless) skip(`not tried, for ${timeoutsMax} checks before it never ended`)
  witness.show({ doing: 'checking', check })
  onTestFinished(({ task: { result } }) => witness.ended(check, result?.state, result?.errors?.[0]?.message))
})
