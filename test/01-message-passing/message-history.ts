/**
 * Histories of hosts that do things and send each other messages, made at random
 * and played in plain code, without a simulation. What happened before what is
 * known from the history itself, and any clock can be compared with it.
 */
import fc from 'fast-check'

const HOSTS_MAX = 4

/** One step of a history, by host number. A receipt takes one of the messages that have not arrived at the host. */
export type Step =
  | { readonly kind: 'local'; readonly host: number }
  | { readonly kind: 'send'; readonly host: number; readonly to: number }
  | { readonly kind: 'receive'; readonly host: number; readonly which: number }

const host = fc.nat(HOSTS_MAX - 1)

export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('local'), host }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('send'), host, to: host }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('receive'), host, which: fc.nat(7) }) },
  ),
  { maxLength: 40, size: 'max' },
)

/** What keeps time on a host of a history: how it stamps an event, and the receipt of a message. */
export interface Stamper<T> {
  tick(): T
  receive(sentAt: T): T
}

/** An event, how its host stamped it, and the numbers of the events that happened before it. */
export interface HistoryEvent<T> {
  readonly host: string
  readonly stamp: T
  readonly past: ReadonlySet<number>
}

/** Plays a history with a clock for each host. Events are numbered in the order in which they are played. */
export function play<T>(steps: readonly Step[], makeClock: (host: string) => Stamper<T>): readonly HistoryEvent<T>[] {
  const events: HistoryEvent<T>[] = []
  const none: number[] = []
  const hosts = Array.from({ length: HOSTS_MAX }, (_, index) => {
    const name = `host-${index}`
    return { name, clock: makeClock(name), latest: none, arriving: [...none] }
  })
  for (const step of steps) {
    const here = hosts[step.host]
    if (here === undefined) continue
    const [sending] = step.kind === 'receive' ? here.arriving.splice(step.which % (here.arriving.length || 1), 1) : []
    if (step.kind === 'receive' && sending === undefined) continue // nothing is on its way to this host
    const causes = sending === undefined ? here.latest : [...here.latest, sending]
    const past = new Set(causes.flatMap((cause) => [cause, ...(events[cause]?.past ?? [])]))
    const sent = sending === undefined ? undefined : events[sending]
    const stamp = sent === undefined ? here.clock.tick() : here.clock.receive(sent.stamp)
    here.latest = [events.length]
    if (step.kind === 'send') hosts[step.to]?.arriving.push(events.length)
    events.push({ host: here.name, stamp, past })
  }
  return events
}

/** How one event stands to another, by the history alone. */
export type Relation = 'before' | 'after' | 'concurrent'

/** The first pair of events of which `isRight` is false, in words. Each pair is looked at in both orders. */
export function wrongPair<T>(
  events: readonly HistoryEvent<T>[],
  isRight: (a: HistoryEvent<T>, b: HistoryEvent<T>, relation: Relation) => boolean,
): string | undefined {
  for (const [index, a] of events.entries()) {
    for (const [otherIndex, b] of events.entries()) {
      if (index === otherIndex) continue
      const relation = b.past.has(index) ? 'before' : a.past.has(otherIndex) ? 'after' : 'concurrent'
      if (isRight(a, b, relation)) continue
      const [first, second] = [a, b].map(({ host, stamp }) => `${JSON.stringify(stamp)} on ${host}`)
      return relation === 'concurrent' ? `${first} is concurrent with ${second}` : `${first} came ${relation} ${second}`
    }
  }
  return undefined
}
