/**
 * What can become of a message between two hosts.
 *
 * A `Link` leads one way, from one host to another. It decides the fate of each
 * message that is put on it, and knows neither the hosts nor what a message says.
 */
import { constant, type Distribution } from '#message-passing/distributions'
import type { Random } from '#message-passing/random'

export interface LinkSettings {
  /**
   * How long a message travels. With a spread, later messages overtake earlier ones, unless the link is `ordered`.
   * A draw below 0 counts as 0.
   */
  readonly latencyMs: Distribution
  /** The probability, from 0 to 1, that a message is lost. */
  readonly loss: number
  /** The probability that a message arrives twice, each copy with a latency of its own. */
  readonly duplication: number
  /** The probability that a message is changed on its way. */
  readonly corruption: number
  /** Whether messages arrive in the order in which they were sent, as on a TCP connection. */
  readonly ordered: boolean
  /** How many bytes a millisecond carries. Messages queue up behind one another when it is too few. */
  readonly bytesPerMs: number
  /** How many bytes may queue up, those that are leaving included. A message that does not fit in whole is lost. */
  readonly queueBytesMax: number
}

export const PERFECT_LINK: LinkSettings = {
  latencyMs: constant(1),
  loss: 0,
  duplication: 0,
  corruption: 0,
  ordered: false,
  bytesPerMs: Infinity,
  queueBytesMax: Infinity,
}

/** Why a message was lost. */
export type LossReason = 'cut' | 'lost' | 'queue full'

/** What becomes of one copy of a message: the moment of its arrival, or why there is none. */
export type Fate = number | LossReason

export class Link {
  readonly #random: Random
  #settings: LinkSettings
  #isCut = false
  /** When the last byte that was put on the link will have left. */
  #busyUntilMs = 0
  #lastArrivalMs = 0

  /** Throws a `RangeError` that names a setting which is out of range. */
  constructor(settings: LinkSettings, random: Random) {
    this.#settings = checked(settings)
    this.#random = random
  }

  get settings(): LinkSettings {
    return this.#settings
  }

  get isCut(): boolean {
    return this.#isCut
  }

  cut(): void {
    this.#isCut = true
  }

  repair(): void {
    this.#isCut = false
  }

  /** Replaces some of the settings, for messages that are sent from now on. */
  change(settings: Partial<LinkSettings>): void {
    this.#settings = checked({ ...this.#settings, ...settings })
  }

  /**
   * The fate of a message of `bytes` bytes that is sent at `nowMs`.
   *
   * @exercise 1.5b A cut link and bad luck lose it; a full queue refuses it; latency delays it; order holds it back.
   */
  fate(nowMs: number, bytes: number): Fate {
    const { loss, latencyMs, ordered, bytesPerMs, queueBytesMax } = this.#settings
    if (this.#isCut) return 'cut'
    if (this.#random.chance(loss)) return 'lost'
    const isNarrow = bytesPerMs < Infinity
    const startMs = isNarrow ? Math.max(nowMs, this.#busyUntilMs) : nowMs
    const queuedBytes = isNarrow ? Math.round((startMs - nowMs) * bytesPerMs) : 0
    if (queuedBytes + bytes > queueBytesMax) return 'queue full'
    this.#busyUntilMs = startMs + bytes / bytesPerMs
    const arrivalMs = this.#busyUntilMs + Math.max(0, latencyMs(this.#random))
    if (!ordered) return arrivalMs
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs)
    return this.#lastArrivalMs
  }

  /** Whether the message that is sent now is to arrive twice. */
  duplicates(): boolean {
    return this.#random.chance(this.#settings.duplication)
  }

  /** Whether the copy that is sent now is changed on its way. */
  corrupts(): boolean {
    return this.#random.chance(this.#settings.corruption)
  }
}

function checked(settings: LinkSettings): LinkSettings {
  for (const name of ['loss', 'duplication', 'corruption'] as const) {
    const probability = settings[name]
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`${name} is a probability from 0 to 1, not ${probability}`)
    }
  }
  for (const name of ['bytesPerMs', 'queueBytesMax'] as const) {
    if (!(settings[name] > 0)) throw new RangeError(`${name} is a number above 0, not ${settings[name]}`)
  }
  return settings
}
