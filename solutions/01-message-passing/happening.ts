/**
 * What the event queue of a simulation holds: things that will happen, and to whom.
 * Messages on their way are in `network`.
 */
import type { Scheduled } from '#message-passing/event-queue'

/** Something that will happen, to one of the hosts or to the world as a whole. */
export interface Happening extends Scheduled {
  /** The host that it happens to. While that host is paused, it waits. */
  readonly host: string | undefined
  happen(): void
}

/** A timer of a host that rings only if the host is still alive. */
export class HostTimer implements Happening {
  readonly atMs: number
  order = 0
  readonly host: string
  readonly #isAlive: () => boolean
  #wake: (() => void) | undefined

  constructor(atMs: number, host: string, wake: () => void, isAlive: () => boolean) {
    this.atMs = atMs
    this.host = host
    this.#wake = wake
    this.#isAlive = isAlive
  }

  cancel(): void {
    this.#wake = undefined
  }

  happen(): void {
    if (this.#isAlive()) this.#wake?.()
  }
}

/** What was due while its machine was paused. */
export class Late implements Happening {
  readonly atMs: number
  order = 0
  readonly host: string | undefined
  readonly #event: Happening

  constructor(event: Happening, atMs: number) {
    this.atMs = atMs
    this.host = event.host
    this.#event = event
  }

  happen(): void {
    this.#event.happen()
  }
}

/** A stage direction: something that happens to the world as a whole. */
export class Direction implements Happening {
  readonly atMs: number
  order = 0
  readonly host = undefined
  readonly happen: () => void

  constructor(atMs: number, happen: () => void) {
    this.atMs = atMs
    this.happen = happen
  }
}
