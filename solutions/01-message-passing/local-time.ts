/** A machine's own idea of the time: it may run fast or slow, and its wall clock may jump. */

/** How a host's own time follows that of the world. It survives crashes: it is a chip on the board. */
export class LocalTime {
  /** Local milliseconds in a millisecond of the world: 1.01 for a clock that runs 1 % fast. */
  #rate = 1
  #sinceMs = 0
  #elapsedBeforeMs = 0
  #jumpedMs = 0

  get rate(): number {
    return this.#rate
  }

  elapsedMs(nowMs: number): number {
    return this.#elapsedBeforeMs + (nowMs - this.#sinceMs) * this.#rate
  }

  wallMs(nowMs: number): number {
    return this.elapsedMs(nowMs) + this.#jumpedMs
  }

  /** Lets the clock run at another rate from now on. Timers that are set keep their moment. */
  drift(nowMs: number, rate: number): void {
    if (!(rate > 0) || rate === Infinity) throw new RangeError(`a clock's rate is a number above 0, not ${rate}`)
    this.#elapsedBeforeMs = this.elapsedMs(nowMs)
    this.#sinceMs = nowMs
    this.#rate = rate
  }

  jump(byMs: number): void {
    if (!Number.isFinite(byMs)) throw new RangeError(`a clock jumps by a finite number of milliseconds, not ${byMs}`)
    this.#jumpedMs += byMs
  }
}
