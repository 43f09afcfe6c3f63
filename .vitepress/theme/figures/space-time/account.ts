/** What the figure of logical clocks says in words. */
import { type LogicalEvent, relation, type Stamps } from './causality.ts'
import type { Diagram } from './diagram.ts'
import { type ClockName, labelOf, textOf } from './labels.ts'

/** *ada sends note to grace* */
export function deedOf(event: LogicalEvent): string {
  switch (event.kind) {
    case 'send':
      return `${event.host} sends ‘${event.message}’ to ${event.to}`
    case 'receive':
      return `${event.host} receives ‘${event.message}’ from ${event.from}`
    case 'note':
      return `${event.host} ${event.text}`
  }
}

export interface Question {
  readonly diagram: Diagram
  readonly stamps: ReadonlyMap<number, Stamps>
  readonly picked: readonly number[]
  readonly chain: readonly number[] | undefined
}

/** How the picked events stand to each other, or what to do next. */
export function verdictOf({ diagram, picked, chain }: Omit<Question, 'stamps'>): string {
  const [one, other] = picked.map((index) => diagram.events[index] as LogicalEvent) // only logical events can be picked
  if (one === undefined) return 'Choose an event to see what could have caused it, and what it could have caused.'
  if (other === undefined) {
    return `“${deedOf(one)}”: what happened before it, and what after it, is marked. Choose a second event to compare.`
  }
  if (chain === undefined) {
    return `“${deedOf(one)}” and “${deedOf(other)}” are concurrent: no chain of events leads from one to the other.`
  }
  const [first, last] = chain[0] === picked[0] ? [one, other] : [other, one]
  return `“${deedOf(first)}” happened before “${deedOf(last)}”, ${wayOf(chain, diagram)}.`
}

/** Which kind of chain it is: a step from one host to another is a message. */
function wayOf(chain: readonly number[], { events }: Diagram): string {
  const hosts = chain.map((index) => (events[index] as LogicalEvent).host) // only logical events are in a chain
  const messages = hosts.filter((host, index) => index > 0 && host !== hosts[index - 1]).length
  if (messages === 0) return 'on the same host'
  return messages === 1 ? 'along one message' : `along ${messages} messages`
}

/** What the chosen clock makes of the two picked events. */
export function clockVerdictOf({ diagram, stamps, picked, chain }: Question, clock: ClockName): string {
  const [one, other] = chain === undefined ? picked : [chain[0], chain.at(-1)]
  if (one === undefined || other === undefined || one === other) return about[clock]
  const [first, second] = [one, other].map((index) => {
    const stamp = stamps.get(index)
    const host = (diagram.events[index] as LogicalEvent).host // as above
    return stamp === undefined ? '' : textOf(labelOf(stamp, clock, host, diagram.lanes))
  })
  if (clock === 'vector') {
    return relation(stamps, one, other) === 'concurrent'
      ? `Vector clocks know it: of ${first} and ${second}, each has a number that is greater than the other's.`
      : `Vector clocks know it: no number of ${first} is greater than the one of ${second} in its place.`
  }
  const name = clock === 'lamport' ? 'Lamport' : 'Hybrid'
  return chain !== undefined
    ? `${name} clocks agree, as they must: ${first} is less than ${second}.`
    : `${name} clocks can't tell: they say ${first} and ${second}, but that would have been possible either way.`
}

const about: Readonly<Record<ClockName, string>> = {
  lamport: 'The numbers are Lamport times: one more than everything that the event could have heard of.',
  vector: 'The numbers are vector times: how many events of ada, grace and alan are known at this one.',
  hybrid:
    "The numbers are hybrid times: the greatest wall clock heard of, in ms, and a counter where that isn't enough.",
}
