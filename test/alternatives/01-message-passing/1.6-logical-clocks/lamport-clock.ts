/** Another Lamport clock: a receipt catches up with the sender first, and is then an event like any other. */

export class LamportClock {
  #events = 0

  get time(): number {
    return this.#events
  }

  tick(): number {
    return ++this.#events
  }

  receive(sentAt: number): number {
    const isTime = Number.isSafeInteger(sentAt) && sentAt >= 0
    if (!isTime) throw new RangeError(`${sentAt} is no Lamport time`)
    if (sentAt > this.#events) this.#events = sentAt
    return this.tick()
  }
}

export interface Stamp {
  readonly time: number
  readonly host: string
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || Number(a.host > b.host) - Number(a.host < b.host)
}
