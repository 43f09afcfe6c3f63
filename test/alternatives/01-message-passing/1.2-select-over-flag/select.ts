/**
 * Another right answer to exercise 1.2: a flag says that the select is over,
 * and an array keeps the withdrawals by position. Whose turn it is is counted:
 * how often each name was passed over since it was chosen last.
 */
import { NOT_READY, type Operation, type Withdraw } from '#message-passing/operation'

export type Operations = Readonly<Record<string, Operation<unknown>>>

export type Selected<O extends Operations> = {
  [Name in keyof O & string]: { readonly name: Name; readonly value: O[Name] extends Operation<infer T> ? T : never }
}[keyof O & string]

export function select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
  return new Selector().select(operations, signal)
}

export class Selector {
  readonly #passedOver = new Map<string, number>()

  select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw signal.reason
      const written = Object.entries(operations)
      if (written.length === 0) throw new RangeError('a select without an operation would never end')
      const entries = written.sort(([a], [b]) => this.#patience(b) - this.#patience(a)) // equals stay as written
      const choose = (name: string, value: unknown) => {
        for (const [each] of entries) this.#passedOver.set(each, this.#patience(each) + 1)
        this.#passedOver.set(name, -1)
        resolve({ name, value } as Selected<O>) // the value came from the operation of that name
      }
      for (const [name, operation] of entries) {
        const value = operation.attempt()
        if (value !== NOT_READY) return choose(name, value)
      }
      waitForAll(entries, signal, choose, reject)
    })
  }

  #patience(name: string): number {
    return this.#passedOver.get(name) ?? 0
  }
}

function waitForAll(
  entries: readonly (readonly [string, Operation<unknown>])[],
  signal: AbortSignal | undefined,
  choose: (name: string, value: unknown) => void,
  reject: (error: unknown) => void,
): void {
  let over = false
  const withdrawals: Withdraw[] = []
  const once = (winner: number, then: () => void) => {
    if (over) return
    over = true
    withdrawals.forEach((withdraw, index) => {
      if (index !== winner) withdraw()
    })
    signal?.removeEventListener('abort', onAbort)
    then()
  }
  const onAbort = () => once(-1, () => reject(signal?.reason))
  signal?.addEventListener('abort', onAbort)
  for (const [index, [name, operation]] of entries.entries()) {
    withdrawals[index] = operation.wait({
      complete: (value) => once(index, () => choose(name, value)),
      fail: (error) => once(index, () => reject(error)),
    })
  }
}
