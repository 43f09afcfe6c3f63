// Exercise 1.2, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.2-select.md, then let `npm run check 1.2` tell you how far you are.
// Stub 3bcd92ec: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Waiting for the first of several operations.
 *
 * `Promise.race` looks like it would do, and it loses messages: the promises
 * that lose the race go on waiting, and each swallows a message that nobody
 * will read. `select` withdraws the losers in the same turn in which the winner
 * completes, so exactly one of the operations happens, and the others never did.
 */
import { NOT_READY, type Operation, type Withdraw } from '#message-passing/operation'
import { unimplemented } from '#unimplemented'

/** Operations to choose from, by name. Names that are numbers come first, whatever is written: JavaScript orders them so. */
export type Operations = Readonly<Record<string, Operation<unknown>>>

/** The one that happened: its name, and the value it completed with. */
export type Selected<O extends Operations> = {
  [Name in keyof O & string]: { readonly name: Name; readonly value: O[Name] extends Operation<infer T> ? T : never }
}[keyof O & string]

/**
 * Performs one of `operations`, the first that completes, and withdraws the
 * others: they leave no waiter, no timer and no listener behind. When several can complete at once, the first in written order wins.
 *
 * Rejects with the signal's reason when `signal` is aborted first, and with the
 * operation's error when one fails first. Either way none of them happened.
 */
export function select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
  return new Selector().select(operations, signal)
}

/**
 * `select` for a loop. It remembers whose turn it is, so that a source that is
 * always ready can't starve the others: of n steadily ready operations each is
 * chosen once in n selects.
 */
export class Selector {
  /** The name chosen last. The next search begins behind it. */
  #last: string | undefined

  select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
    const names = this.#inTurn(Object.keys(operations))
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const settle = (name: string, value: unknown) => {
        this.#last = name
        resolve({ name, value } as Selected<O>) // the value came from the operation of that name
      }
      const ready = firstReady(operations, names)
      if (ready !== undefined) return settle(ready.name, ready.value)
      waitForFirst(operations, names, signal, settle, reject)
    })
  }

  /** The names, beginning with the one behind the last winner. */
  #inTurn(names: string[]): string[] {
    if (names.length === 0) throw new RangeError('select needs at least one operation: nothing would ever complete')
    const next = this.#last === undefined ? 0 : names.indexOf(this.#last) + 1
    return [...names.slice(next), ...names.slice(0, next)]
  }
}

/**
 * Attempts the operations in the order of `names`. Returns the first that completes, and throws what an attempt throws.
 *
 * @exercise 1.2a Attempt each operation in turn, and stop at the first that completes.
 */
function firstReady(operations: Operations, names: readonly string[]): { name: string; value: unknown } | undefined {
  throw unimplemented('1.2a', 'Attempt each operation in turn, and stop at the first that completes.')
}

/**
 * Waits for all of the operations, in the order of `names`, and withdraws those that did not win.
 *
 * @exercise 1.2b Wait for all of them; when the first one ends, withdraw every other before anything else runs.
 */
function waitForFirst(
  operations: Operations,
  names: readonly string[],
  signal: AbortSignal | undefined,
  complete: (name: string, value: unknown) => void,
  fail: (error: unknown) => void,
): void {
  throw unimplemented(
    '1.2b',
    'Wait for all of them; when the first one ends, withdraw every other before anything else runs.',
  )
}
