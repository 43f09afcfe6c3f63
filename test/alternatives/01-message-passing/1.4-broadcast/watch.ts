/**
 * Another watch: each value lies in a box of its own, and a watcher has seen
 * the value if it has seen the box. Who waits is a function in a set.
 */
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { NOT_READY } from '#message-passing/operation'
import { Receiver } from '#message-passing/receiver'

interface Box<T> {
  readonly value: T
}

export class Watch<T> {
  readonly #listeners = new Set<() => void>()
  #box: Box<T>
  #open = true

  constructor(initial: T) {
    this.#box = { value: initial }
  }

  get value(): T {
    return this.#box.value
  }

  get closed(): boolean {
    return !this.#open
  }

  set(value: T): void {
    if (!this.#open) throw new ChannelClosed()
    this.#box = { value }
    this.#tellAll()
  }

  close(): void {
    this.#open = false
    this.#tellAll()
  }

  watcher(): Receiver<T> {
    let seen: Box<T> | undefined
    const look = (): T | typeof CLOSED | typeof NOT_READY => {
      if (seen === this.#box) return this.#open ? NOT_READY : CLOSED
      seen = this.#box
      return seen.value
    }
    return new Receiver<T>({
      attempt: look,
      wait: (completion) => {
        const listener = () => {
          const outcome = look()
          if (outcome === NOT_READY) return
          this.#listeners.delete(listener)
          completion.complete(outcome)
        }
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    })
  }

  #tellAll(): void {
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener()
  }
}
