/** One server's part of a trace, to be asked how it stood at any moment. */
import type { TraceEvent } from '#message-passing/trace'
import { Track } from '../channel/track.ts'
import { BLANK, type Sight, sightOf } from './portraits.ts'
import type { ServerScene } from './scene.ts'

interface Standing {
  readonly sight: Sight
  /** Since when it has waited for what is due. */
  readonly sinceMs: number
}

/** How its clock follows that of the world, from `sinceMs` on. */
interface Rate {
  readonly sinceMs: number
  readonly elapsedMs: number
  readonly rate: number
}

const CONDITIONS: Readonly<Partial<Record<TraceEvent['kind'], ServerScene['condition']>>> = {
  crash: 'down',
  restart: 'up',
  pause: 'paused',
  resume: 'up',
}

export class ServerHistory {
  readonly id: string
  readonly #standings = new Track<Standing>({ sight: BLANK, sinceMs: 0 })
  readonly #conditions = new Track<{ readonly is: ServerScene['condition'] }>({ is: 'up' })
  readonly #rates = new Track<Rate>({ sinceMs: 0, elapsedMs: 0, rate: 1 })

  constructor(id: string) {
    this.id = id
  }

  /** Takes an event of this server. Returns whether it looks otherwise from now on, its waiting time left aside. */
  take(event: TraceEvent): boolean {
    const { atMs } = event
    if (event.kind === 'state') return this.#stand(atMs, sightOf(event.state))
    if (event.kind === 'drift')
      this.#rates.set(atMs, { sinceMs: atMs, elapsedMs: this.#clockAt(atMs), rate: event.rate })
    const is = CONDITIONS[event.kind]
    if (is !== undefined) this.#conditions.set(atMs, { is })
    return is !== undefined
  }

  at(nowMs: number): ServerScene {
    const { sight, sinceMs } = this.#standings.at(nowMs)
    const { dueMs, ...shown } = sight
    const condition = this.#conditions.at(nowMs).is
    return {
      id: this.id,
      condition,
      ...shown,
      waitLeft: condition === 'down' ? 0 : this.#waitLeft(nowMs, sinceMs, dueMs),
    }
  }

  #stand(atMs: number, sight: Sight | undefined): boolean {
    if (sight === undefined) return false
    const before = this.#standings.last
    this.#standings.set(atMs, { sight, sinceMs: sight.dueMs === before.sight.dueMs ? before.sinceMs : atMs })
    return (
      sight.role !== before.sight.role ||
      sight.term !== before.sight.term ||
      lastIndexOf(sight) !== lastIndexOf(before.sight)
    )
  }

  #waitLeft(nowMs: number, sinceMs: number, dueMs: number): number {
    if (dueMs === Infinity) return 1
    const whole = dueMs - this.#clockAt(sinceMs)
    return whole > 0 ? Math.min(1, Math.max(0, (dueMs - this.#clockAt(nowMs)) / whole)) : 0
  }

  /** What its own clock says. */
  #clockAt(nowMs: number): number {
    const { sinceMs, elapsedMs, rate } = this.#rates.at(nowMs)
    return elapsedMs + (nowMs - sinceMs) * rate
  }
}

function lastIndexOf({ firstIndex, terms }: Sight): number {
  return firstIndex - 1 + terms.length
}
