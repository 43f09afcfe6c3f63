/** Mistakes that people make in a select, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/01-message-passing/select.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'races the operations like promises, and leaves the losers waiting',
    file,
    find: 'waitForFirst(operations, names, signal, settle, reject)',
    replace: `for (const name of names) {
        operations[name]?.wait({ complete: (value) => settle(name, value), fail: reject })
      }`,
    caughtBy: 'a receive that lost takes no later message',
    lists: ['CH8'],
  },
  {
    name: 'withdraws the losers a moment later',
    file,
    find: 'for (const [name, withdraw] of withdrawals) if (name !== winner) withdraw()',
    replace: `void Promise.resolve().then(() => {
      for (const [name, withdraw] of withdrawals) if (name !== winner) withdraw()
    })`,
    caughtBy: 'of two that complete in the same turn only the first happens',
    lists: ['CH8'],
  },
  {
    name: 'always takes the first that is ready, and starves the others',
    file,
    find: 'this.#last = name',
    replace: '',
    caughtBy: 'sources that are always ready are chosen equally often, however busy the first is',
    lists: ['CH10'],
  },
  {
    name: 'begins the next search at the last winner instead of behind it',
    file,
    find: 'names.indexOf(this.#last) + 1',
    replace: 'Math.max(0, names.indexOf(this.#last))',
    caughtBy: 'sources that are always ready are chosen equally often, however busy the first is',
    lists: ['CH10'],
  },
  {
    name: 'keeps whose turn it is for all Selectors together',
    file,
    find: 'const next = this.#last === undefined ? 0 : names.indexOf(this.#last) + 1',
    replace: `globalThis.turns = (globalThis.turns ?? 0) + 1
    const next = globalThis.turns % names.length`,
    caughtBy: 'two Selectors do not share whose turn it is',
    lists: [],
  },
  {
    name: 'attempts every operation, and returns the first that completed',
    file,
    find: `  for (const name of names) {
    const outcome = operations[name]?.attempt()
    if (outcome !== NOT_READY) return { name, value: outcome }
  }
  return undefined`,
    replace: `  const outcomes = names.map((name) => ({ name, value: operations[name]?.attempt() }))
  return outcomes.find(({ value }) => value !== NOT_READY)`,
    caughtBy: 'one operation happens, and the others do not',
    lists: [],
  },
  {
    name: 'mistakes a send that completed for one that is not ready, for it completes with undefined',
    file,
    find: 'if (outcome !== NOT_READY) return { name, value: outcome }',
    replace: 'if (outcome !== NOT_READY && outcome !== undefined) return { name, value: outcome }',
    caughtBy: 'a send that completes at once wins, although a send completes with undefined',
    lists: [],
  },
  {
    name: 'waits without having attempted anything',
    file,
    find: 'const ready = firstReady(operations, names)',
    replace: 'const ready = undefined',
    caughtBy: 'select returns the name and the value of the operation that happened',
    lists: [],
  },
  {
    name: 'attempts and waits one operation at a time, and meets itself in a rendezvous',
    file,
    find: '    const withdraw = operations[name]?.wait({',
    replace: `    const outcome = operations[name]?.attempt()
    if (outcome !== NOT_READY) {
      end(name)
      return complete(name, outcome)
    }
    const withdraw = operations[name]?.wait({`,
    caughtBy: 'a select never sends to itself',
    lists: [],
  },
  {
    name: 'leaves the others waiting when one fails',
    file,
    find: `        end(name)
        fail(error)`,
    replace: '        fail(error)',
    caughtBy: 'a failure during the wait withdraws the others',
    lists: ['CH8'],
  },
  {
    name: 'withdraws the others a moment after one has failed',
    file,
    find: `        end(name)
        fail(error)`,
    replace: `        queueMicrotask(() => end(name))
        fail(error)`,
    caughtBy: 'a message that comes in the same turn as the failure, but after it, is not lost',
    lists: ['CH8'],
  },
  {
    name: 'begins the waits in another order than the one that is written',
    file,
    find: `  for (const name of names) {
    const withdraw`,
    replace: `  for (const name of names.toReversed()) {
    const withdraw`,
    caughtBy: 'of two timers that are due at the same moment the first in written order wins',
    lists: [],
  },
  {
    name: 'goes on with the other operations when one fails',
    file,
    find: 'const outcome = operations[name]?.attempt()',
    replace: `let outcome: unknown = NOT_READY
    try {
      outcome = operations[name]?.attempt()
    } catch {}`,
    caughtBy: 'select rejects with its error, and none of the others happens',
    lists: [],
  },
  {
    name: 'waits although its signal was aborted before',
    file,
    find: 'if (signal?.aborted) return reject(signal.reason)',
    replace: '',
    caughtBy: 'a select that is cancelled before it begins does nothing',
    lists: [],
  },
  {
    name: 'does not hear that its signal is aborted while it waits',
    file,
    find: "signal?.addEventListener('abort', abort, { once: true })",
    replace: '',
    caughtBy: 'a select that is cancelled while it waits withdraws every operation',
    lists: [],
  },
  {
    name: 'rejects when it is aborted, and leaves its operations waiting',
    file,
    find: '    end(undefined)\n',
    replace: '',
    caughtBy: 'a select that is cancelled while it waits withdraws every operation',
    lists: ['CH11'],
  },
  {
    name: 'withdraws its operations a moment after it was aborted',
    file,
    find: '    end(undefined)\n',
    replace: '    queueMicrotask(() => end(undefined))\n',
    caughtBy: 'a message that comes in the same turn as the cancellation, but after it, is not lost',
    lists: ['CH11'],
  },
  {
    name: 'leaves a listener on the signal after each select',
    file,
    find: "signal?.removeEventListener('abort', abort)",
    replace: '',
    caughtBy: 'a select that is over no longer listens to its signal',
    lists: [],
  },
]
