/**
 * Hybrid logical clocks (Kulkarni, Demirbas, Madeppa, Avva and Leone, "Logical
 * Physical Clocks", 2014): timestamps that respect causality as Lamport's do,
 * and stay close to what the clock on the wall says.
 *
 * A timestamp is a pair: the greatest wall-clock reading that the event could
 * have heard of, and a counter that orders events within one reading.
 */

/** Compared by `wallMs`, then by `counter`. Plain data: it travels in messages. */
export interface HybridTime {
  readonly wallMs: number
  readonly counter: number
}

/** A timestamp lies further in the future than any clock of the system may be wrong. */
export class ClockTooFarAhead extends Error {
  override readonly name = 'ClockTooFarAhead'
  readonly code = 'CLOCK_TOO_FAR_AHEAD'
  readonly aheadMs: number

  constructor(aheadMs: number, offsetMsMax: number) {
    super(`a timestamp is ${aheadMs} ms ahead of this host's clock; at most ${offsetMsMax} ms are allowed`)
    this.aheadMs = aheadMs
  }
}

export class HybridClock {
  readonly #readWallMs: () => number
  readonly #offsetMsMax: number
  #time: HybridTime = { wallMs: 0, counter: 0 }

  /** `offsetMsMax` bounds how far two wall clocks of the system are ever apart. */
  constructor(readWallMs: () => number, offsetMsMax: number) {
    if (!(offsetMsMax >= 0)) throw new RangeError(`a clock offset is a number of ms from 0 up, not ${offsetMsMax}`)
    this.#readWallMs = readWallMs
    this.#offsetMsMax = offsetMsMax
  }

  /** The time of the latest event. */
  get time(): HybridTime {
    return this.#time
  }

  /**
   * The time of an event of this host: after every event before it, even when the wall clock was set back.
   * The counter is 0 at a reading that is greater than any before.
   *
   * @exercise 1.6e Take the wall clock's reading when it is news, and otherwise count.
   */
  tick(): HybridTime {
    const wallMs = this.#readWallMs()
    const { time } = this
    this.#time = wallMs > time.wallMs ? { wallMs, counter: 0 } : { wallMs: time.wallMs, counter: time.counter + 1 }
    return this.#time
  }

  /**
   * The time of the receipt of a message that was sent at `sentAt`: after both `sentAt` and every event here.
   * The counter is 0 when the wall clock's reading is greater than theirs.
   *
   * Throws `ClockTooFarAhead`, and changes nothing, when the reading in `sentAt` can't be true, or is no number:
   * one broken clock would pull every other one into the future with it. Throws a `RangeError`, and changes
   * nothing, when the counter in `sentAt` is not a safe integer from 0 up.
   *
   * @exercise 1.6e Refuse what can't be true; then take the greatest reading, and a counter above those that share it.
   */
  receive(sentAt: HybridTime): HybridTime {
    const wallMs = this.#readWallMs()
    const aheadMs = sentAt.wallMs - wallMs
    if (!(aheadMs <= this.#offsetMsMax)) throw new ClockTooFarAhead(aheadMs, this.#offsetMsMax)
    if (!Number.isSafeInteger(sentAt.counter) || sentAt.counter < 0) {
      throw new RangeError(`the counter of a hybrid time is a safe integer from 0 up, not ${sentAt.counter}`)
    }
    const { time } = this
    const latestMs = Math.max(wallMs, time.wallMs, sentAt.wallMs)
    const counters = [time, sentAt].filter((known) => known.wallMs === latestMs).map((known) => known.counter + 1)
    this.#time = { wallMs: latestMs, counter: Math.max(0, ...counters) }
    return this.#time
  }
}

/** Below 0 when `a` comes first, above 0 when `b` does, 0 when they are equal. */
export function compareHybrid(a: HybridTime, b: HybridTime): number {
  return a.wallMs - b.wallMs || a.counter - b.counter
}
