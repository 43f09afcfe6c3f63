/**
 * The page's side of a run: it orders one from a worker and hears, piece by
 * piece, what happened in it. A run that says nothing for `SILENCE_MS` is caught
 * in an endless loop; its worker is ended, which nothing can refuse.
 */

/** What to run. Both sides count runs, so that pieces of a run that is no longer wanted are dropped. */
export interface Order<Setup, Input> {
  readonly run: number
  readonly setup: Setup
  readonly inputs: readonly Input[]
  readonly untilMs: number
}

export interface Trouble {
  readonly atMs: number
  readonly sentence: string
}

/** A piece of a run, from where the one before ended to `reachedMs`. */
export interface Piece<Fact> {
  readonly run: number
  readonly facts: readonly Fact[]
  readonly reachedMs: number
  readonly trouble?: Trouble | undefined
}

const SILENCE_MS = 3_000

export class Recorder<Setup, Input, Fact> {
  readonly #open: () => Worker
  readonly #hear: (piece: Piece<Fact>) => void
  #worker: Worker | undefined
  #run = 0
  #reachedMs = 0
  #untilMs = 0
  #watchdog: ReturnType<typeof setTimeout> | undefined

  constructor(open: () => Worker, hear: (piece: Piece<Fact>) => void) {
    this.#open = open
    this.#hear = hear
  }

  /** Starts a run and answers its number. The one before it is forgotten. */
  record(setup: Setup, inputs: readonly Input[], untilMs: number): number {
    const order: Order<Setup, Input> = { run: ++this.#run, setup, inputs, untilMs }
    this.#reachedMs = 0
    this.#untilMs = untilMs
    this.#worker ??= this.#start()
    this.#worker.postMessage(order)
    this.#watch()
    return order.run
  }

  /** Ends the worker. A later `record` opens another. */
  close(): void {
    clearTimeout(this.#watchdog)
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #start(): Worker {
    const worker = this.#open()
    worker.onmessage = (event: MessageEvent<Piece<Fact>>) => {
      const piece = event.data
      if (piece.run !== this.#run) return
      this.#reachedMs = piece.reachedMs
      if (piece.trouble !== undefined || piece.reachedMs >= this.#untilMs) clearTimeout(this.#watchdog)
      else this.#watch()
      this.#hear(piece)
    }
    // a file that can't be loaded, by a syntax error for instance, gives an event without a message
    worker.onerror = (event) => {
      this.#fail(
        `The code behind this figure could not be run: ${event.message ?? 'it does not load. Look for a syntax error'}.`,
      )
    }
    return worker
  }

  #watch(): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(
      () => this.#fail(`The code behind this figure was stopped: it ran for ${SILENCE_MS / 1_000} s without end.`),
      SILENCE_MS,
    )
  }

  #fail(sentence: string): void {
    this.close()
    const atMs = this.#reachedMs
    this.#hear({ run: this.#run, facts: [], reachedMs: atMs, trouble: { atMs, sentence } })
  }
}
