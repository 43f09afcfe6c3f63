/**
 * Another right answer to exercise 1.2: when one operation ends, everybody is
 * withdrawn, the winner too, whose withdrawal does nothing any more. Whose turn
 * it is stands in a list of names, and the winner goes to its end.
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
  #turns: string[] = []

  async select<O extends Operations>(operations: O, signal?: AbortSignal): Promise<Selected<O>> {
    const asked = Object.keys(operations)
    if (asked.length === 0) throw new RangeError('an empty select would wait for ever: give it an operation')
    signal?.throwIfAborted()
    this.#turns = [...this.#turns, ...asked.filter((name) => !this.#turns.includes(name))]
    const names = this.#turns.filter((name) => asked.includes(name))
    const winner = attemptOne(operations, names) ?? (await firstToEnd(operations, names, signal))
    this.#turns = [...this.#turns.filter((name) => name !== winner.name), winner.name]
    return winner as Selected<O> // the value came from the operation of that name
  }
}

interface Winner {
  readonly name: string
  readonly value: unknown
}

function attemptOne(operations: Operations, names: readonly string[]): Winner | undefined {
  for (const name of names) {
    const value = operations[name]?.attempt()
    if (value !== NOT_READY) return { name, value }
  }
  return undefined
}

function firstToEnd(operations: Operations, names: readonly string[], signal?: AbortSignal): Promise<Winner> {
  const all = new Set<Withdraw>()
  return new Promise<Winner>((resolve, reject) => {
    const withEverybodyGone = (tell: () => void) => () => {
      for (const withdraw of all) withdraw()
      tell()
    }
    const stop = withEverybodyGone(() => reject(signal?.reason))
    signal?.addEventListener('abort', stop)
    all.add(() => signal?.removeEventListener('abort', stop))
    for (const name of names) {
      const withdraw = operations[name]?.wait({
        complete: (value) => withEverybodyGone(() => resolve({ name, value }))(),
        fail: (error) => withEverybodyGone(() => reject(error))(),
      })
      if (withdraw) all.add(withdraw)
    }
  })
}
