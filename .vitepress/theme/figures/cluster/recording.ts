/** A trace for the page: small messages, and a server's state only when it has changed. */
import { Trace, type TraceEvent } from '#message-passing/trace'

export class Recording extends Trace {
  #events: TraceEvent[] = []
  readonly #states = new Map<string, string>()
  #isBroken = false

  /** Whether a rule was found to be broken. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  override record(event: TraceEvent): void {
    if (event.kind === 'state') {
      const state = JSON.stringify(event.state)
      if (this.#states.get(event.host) === state) return
      this.#states.set(event.host, state)
    }
    if (event.kind === 'crash') this.#states.delete(event.host)
    if (event.kind === 'broken') this.#isBroken = true
    const isMessage = event.kind === 'send' || event.kind === 'receive'
    this.#events.push(isMessage ? { ...event, message: inBrief(event.message) } : event)
  }

  /** What has been recorded since it was taken last. */
  take(): readonly TraceEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }
}

/** The message with the number of its entries in their place: what is in them is of no use to a picture. */
function inBrief(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || !('entries' in message)) return message
  const { entries } = message
  return Array.isArray(entries) ? { ...message, entries: entries.length } : message
}
