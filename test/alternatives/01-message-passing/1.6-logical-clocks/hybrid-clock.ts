/**
 * Another hybrid clock: the time of an event is the successor of the greatest
 * time before it, unless the wall clock is ahead of that.
 */

export interface HybridTime {
  readonly wallMs: number
  readonly counter: number
}

export class ClockTooFarAhead extends Error {
  override readonly name = 'ClockTooFarAhead'
  readonly code = 'CLOCK_TOO_FAR_AHEAD'
  readonly aheadMs: number

  constructor(aheadMs: number) {
    super(`${aheadMs} ms ahead of this host's clock: no clock of the system is as wrong as that`)
    this.aheadMs = aheadMs
  }
}

export class HybridClock {
  readonly #readWallMs: () => number
  readonly #offsetMsMax: number
  #latest: HybridTime = { wallMs: 0, counter: 0 }

  constructor(readWallMs: () => number, offsetMsMax: number) {
    if (Number.isNaN(offsetMsMax) || offsetMsMax < 0) throw new RangeError(`clocks can't be ${offsetMsMax} ms apart`)
    this.#readWallMs = readWallMs
    this.#offsetMsMax = offsetMsMax
  }

  get time(): HybridTime {
    return this.#latest
  }

  tick(): HybridTime {
    return this.#follow(this.#latest, this.#readWallMs())
  }

  receive(sentAt: HybridTime): HybridTime {
    const wallMs = this.#readWallMs()
    const aheadMs = sentAt.wallMs - wallMs
    if (Number.isNaN(aheadMs) || aheadMs > this.#offsetMsMax) throw new ClockTooFarAhead(aheadMs)
    const isCount = Number.isSafeInteger(sentAt.counter) && sentAt.counter >= 0
    if (!isCount) throw new RangeError(`${sentAt.counter} is no count of events`)
    return this.#follow(compareHybrid(sentAt, this.#latest) > 0 ? sentAt : this.#latest, wallMs)
  }

  #follow({ wallMs, counter }: HybridTime, readingMs: number): HybridTime {
    const isNews = readingMs > wallMs
    this.#latest = isNews ? { wallMs: readingMs, counter: 0 } : { wallMs, counter: counter + 1 }
    return this.#latest
  }
}

export function compareHybrid(a: HybridTime, b: HybridTime): number {
  if (a.wallMs === b.wallMs) return a.counter - b.counter
  return a.wallMs < b.wallMs ? -1 : 1
}
