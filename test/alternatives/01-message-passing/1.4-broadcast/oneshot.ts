/** Another oneshot: a small state machine, without a channel. */
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { type Completion, NOT_READY, type Operation, perform } from '#message-passing/operation'

type State<T> =
  | { readonly name: 'open'; readonly waiting: Set<Completion<T | typeof CLOSED>> }
  | { readonly name: 'sent'; readonly value: T }
  | { readonly name: 'over' }

export class Oneshot<T> {
  #state: State<T> = { name: 'open', waiting: new Set() }

  get closed(): boolean {
    return this.#state.name !== 'open'
  }

  send(value: T): void {
    if (this.#state.name !== 'open') throw new ChannelClosed()
    const { waiting } = this.#state
    const [first] = waiting
    if (first === undefined) {
      this.#state = { name: 'sent', value }
      return
    }
    this.#state = { name: 'over' }
    waiting.delete(first)
    first.complete(value)
    endAll(waiting)
  }

  close(): void {
    if (this.#state.name !== 'open') return
    const { waiting } = this.#state
    this.#state = { name: 'over' }
    endAll(waiting)
  }

  receive(signal?: AbortSignal): Promise<T | typeof CLOSED> {
    return perform(this.receiving(), signal)
  }

  receiving(): Operation<T | typeof CLOSED> {
    return {
      attempt: () => {
        if (this.#state.name === 'open') return NOT_READY
        if (this.#state.name === 'over') return CLOSED
        const { value } = this.#state
        this.#state = { name: 'over' }
        return value
      },
      wait: (completion) => {
        const waiting = this.#state.name === 'open' ? this.#state.waiting : undefined
        waiting?.add(completion)
        return () => waiting?.delete(completion)
      },
    }
  }
}

/** Tells everybody who waits that nothing will come. One who is told may take others out of the set. */
function endAll<T>(waiting: Set<Completion<T | typeof CLOSED>>): void {
  for (const completion of waiting) {
    waiting.delete(completion)
    completion.complete(CLOSED)
  }
}
