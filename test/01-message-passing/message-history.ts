/**
 * Histories of hosts that do things and send each other messages, made at random
 * and played in plain code, without a simulation. What happened before what is
 * known from the history itself, and any clock can be compared with it.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Story } from '../law.ts'

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

/**
 * Plays a history with a clock for each host. Events are numbered in the order in which they are played,
 * from 0 up; the story tells each in a line of its own, with what `aside` says of it.
 */
export function play<T>(
  steps: readonly Step[],
  story: Story,
  makeClock: (host: string) => Stamper<T>,
  aside: (event: number) => string = () => '',
): readonly HistoryEvent<T>[] {
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
    const line = `${here.name}${aside(events.length)} ${inWords(step, sending)}`
    const stamp = told(story, line, () => (sent === undefined ? here.clock.tick() : here.clock.receive(sent.stamp)))
    here.latest = [events.length]
    if (step.kind === 'send') hosts[step.to]?.arriving.push(events.length)
    events.push({ host: here.name, stamp, past })
  }
  return events
}

function inWords(step: Step, sending: number | undefined): string {
  if (step.kind === 'send') return `sends a message to host-${step.to}`
  return sending === undefined ? 'does something' : `receives the message of event ${sending + 1}`
}

/** Tells the story what an event is stamped, or that this fails. */
function told<T>(story: Story, line: string, stampEvent: () => T): T {
  try {
    const stamp = stampEvent()
    story.tell(`${line}: ${stampInWords(stamp)}`)
    return stamp
  } catch (error) {
    story.tell(`${line}: its clock throws`)
    throw error
  }
}

function stampInWords(stamp: unknown): string {
  return typeof stamp === 'object' ? JSON.stringify(stamp) : String(stamp)
}

/** An event as the story numbers it: `event 2 (5 on host-1)`. */
export function eventInWords<T>(events: readonly HistoryEvent<T>[], index: number): string {
  const event = events[index]
  return `event ${index + 1} (${stampInWords(event?.stamp)} on ${event?.host})`
}

/** How one event stands to another, by the history alone. */
export type Relation = 'before' | 'after' | 'concurrent'

/** Fails with `rule` and the first pair of events of which `isRight` is false. Each pair is looked at in both orders. */
export function expectOfEachPair<T>(
  events: readonly HistoryEvent<T>[],
  rule: string,
  isRight: (a: HistoryEvent<T>, b: HistoryEvent<T>, relation: Relation) => boolean,
): void {
  for (const [index, a] of events.entries()) {
    for (const [otherIndex, b] of events.entries()) {
      if (index === otherIndex) continue
      const relation = b.past.has(index) ? 'before' : a.past.has(otherIndex) ? 'after' : 'concurrent'
      if (isRight(a, b, relation)) continue
      const happened = relation === 'concurrent' ? 'is concurrent with' : `happened ${relation}`
      expect.fail(`${rule}: ${eventInWords(events, index)} ${happened} ${eventInWords(events, otherIndex)}`)
    }
  }
}
