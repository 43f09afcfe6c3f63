/**
 * Another link: it keeps the bytes that are still to leave as an amount, which
 * drains as time passes, and not the moment at which they will have left.
 */
import { constant, type Distribution } from '#message-passing/distributions'
import type { Random } from '#message-passing/random'

export interface LinkSettings {
  readonly latencyMs: Distribution
  readonly loss: number
  readonly duplication: number
  readonly corruption: number
  readonly ordered: boolean
  readonly bytesPerMs: number
  readonly queueBytesMax: number
}

export const PERFECT_LINK: LinkSettings = {
  latencyMs: constant(1),
  loss: 0,
  duplication: 0,
  corruption: 0,
  ordered: false,
  bytesPerMs: Number.POSITIVE_INFINITY,
  queueBytesMax: Number.POSITIVE_INFINITY,
}

export type LossReason = 'cut' | 'lost' | 'queue full'

export type Fate = number | LossReason

const BOUNDS: readonly (readonly [keyof LinkSettings, (value: number) => boolean])[] = [
  ['loss', (value) => value >= 0 && value <= 1],
  ['duplication', (value) => value >= 0 && value <= 1],
  ['corruption', (value) => value >= 0 && value <= 1],
  ['bytesPerMs', (value) => value > 0],
  ['queueBytesMax', (value) => value > 0],
]

export class Link {
  readonly #random: Random
  #settings = PERFECT_LINK
  #state: 'whole' | 'cut' = 'whole'
  #queue = { bytes: 0, asOfMs: 0 }
  #latestArrivalMs = Number.NEGATIVE_INFINITY

  constructor(settings: LinkSettings, random: Random) {
    this.#random = random
    this.change(settings)
  }

  get settings(): LinkSettings {
    return this.#settings
  }

  get isCut(): boolean {
    return this.#state === 'cut'
  }

  cut(): void {
    this.#state = 'cut'
  }

  repair(): void {
    this.#state = 'whole'
  }

  change(settings: Partial<LinkSettings>): void {
    const changed = { ...this.#settings, ...settings }
    for (const [name, isInBounds] of BOUNDS) {
      const value = Number(changed[name])
      if (!isInBounds(value)) throw new RangeError(`${name} is out of range: ${value}`)
    }
    this.#settings = changed
  }

  fate(nowMs: number, bytes: number): Fate {
    if (this.#state === 'cut') return 'cut'
    if (this.#random.uniform() < this.#settings.loss) return 'lost'
    const waitMs = this.#enqueue(nowMs, bytes)
    if (waitMs === undefined) return 'queue full'
    const travelMs = this.#settings.latencyMs(this.#random)
    const arrivalMs = nowMs + waitMs + Math.max(travelMs, 0)
    if (this.#settings.ordered && arrivalMs < this.#latestArrivalMs) return this.#latestArrivalMs
    this.#latestArrivalMs = arrivalMs
    return arrivalMs
  }

  duplicates(): boolean {
    return this.#random.uniform() < this.#settings.duplication
  }

  corrupts(): boolean {
    return this.#random.uniform() < this.#settings.corruption
  }

  /** How long it takes until the last byte has left, or undefined if there is no room. */
  #enqueue(nowMs: number, bytes: number): number | undefined {
    const { bytesPerMs, queueBytesMax } = this.#settings
    if (bytesPerMs === Number.POSITIVE_INFINITY) return 0
    const left = Math.max(0, this.#queue.bytes - (nowMs - this.#queue.asOfMs) * bytesPerMs)
    const fits = left + bytes <= queueBytesMax
    this.#queue = { bytes: fits ? left + bytes : left, asOfMs: nowMs }
    return fits ? this.#queue.bytes / bytesPerMs : undefined
  }
}
