/**
 * Another right answer to exercise 1.2: each operation is performed with a
 * signal of its own making, and the winner aborts it. `perform` then withdraws
 * the losers. Turns are kept by noting when each name was chosen last.
 */
import { NOT_READY, type Operation, perform } from '#message-passing/operation'

export type Operations = Readonly<Record<string, Operation<unknown>>>

export type Selected<O extends Operations> = {
  [Name in keyof O & string]: { readonly name: Name; readonly value: O[Name] extends Operation<infer T> ? T : never }
}[keyof O & string]

export async function select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
  return new Selector().select(operations, signal)
}

export class Selector {
  readonly #chosenAt = new Map<string, number>()
  #selects = 0

  async select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
    const longestAgo = (name: string) => this.#chosenAt.get(name) ?? -1
    const entries = Object.entries(operations).sort(([a], [b]) => longestAgo(a) - longestAgo(b))
    if (entries.length === 0) throw new RangeError('name at least one operation to select from')
    signal?.throwIfAborted()
    const { name, value } = attemptEach(entries) ?? (await race(entries, signal))
    this.#chosenAt.set(name, this.#selects++)
    return { name, value } as Selected<O> // the value came from the operation of that name
  }
}

type Entry = readonly [string, Operation<unknown>]

interface Won {
  readonly name: string
  readonly value: unknown
}

function attemptEach(entries: readonly Entry[]): Won | undefined {
  for (const [name, operation] of entries) {
    const value = operation.attempt()
    if (value !== NOT_READY) return { name, value }
  }
  return undefined
}

async function race(entries: readonly Entry[], signal: AbortSignal | undefined): Promise<Won> {
  const over = new AbortController()
  const end = () => over.abort(signal?.reason)
  signal?.addEventListener('abort', end, { once: true, signal: over.signal })
  return Promise.race(
    entries.map(async ([name, operation]) => ({ name, value: await perform(waiting(operation, end), over.signal) })),
  )
}

/** `operation` without its attempt, which calls `end` when it has completed or failed. */
function waiting<T>(operation: Operation<T>, end: () => void): Operation<T> {
  return {
    attempt: () => NOT_READY,
    wait: (completion) =>
      operation.wait({
        complete(value) {
          completion.complete(value)
          end()
        },
        fail(error) {
          completion.fail(error)
          end()
        },
      }),
  }
}
