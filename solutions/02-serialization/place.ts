/**
 * Where in a value a decoder is. When reading fails, the steps that have been
 * entered and not left are the path to the part that failed.
 */

/** Which bytes a part of the value was read from: `from` up to and without `to`. */
export interface Span {
  readonly path: string
  readonly from: number
  readonly to: number
}

export class Place {
  readonly #steps: string[] = []
  readonly #starts: number[] = []
  readonly #onSpan: ((span: Span) => void) | undefined

  constructor(onSpan?: (span: Span) => void) {
    this.#onSpan = onSpan
  }

  /** `entries[3].key`, or `''` at the root. */
  get path(): string {
    const path = this.#steps.join('')
    return path.startsWith('.') ? path.slice(1) : path
  }

  /** Goes to a part, whose bytes begin at `at`: `.key` for a field, `[3]` for an item. */
  enter(step: string, at: number): void {
    this.#steps.push(step)
    this.#starts.push(at)
  }

  /** Leaves the part, whose bytes end before `at`. */
  leave(at: number): void {
    const from = this.#starts.pop() ?? at
    if (this.#onSpan !== undefined) this.#onSpan({ path: this.path, from, to: at })
    this.#steps.pop()
  }
}
