/**
 * What can befall a simulated world, as plain values. So the faults of a run can
 * be drawn from a seed, read by a person, and left out one by one.
 *
 * Each lasts from a moment to another and then heals by itself, except for a
 * jump of a clock, which has no end.
 */
import type { LinkSettings } from '#message-passing/link'
import type { Simulation } from '#message-passing/simulation'

/** One fault, from `atMs` until `untilMs`. */
export type Fault = Hardship & { readonly atMs: number; readonly untilMs: number }

type Hardship =
  /** The machine is down, and starts its program again at the end. */
  | { readonly kind: 'crash'; readonly host: string }
  /** The machine stands still, and makes up for it at the end. */
  | { readonly kind: 'pause'; readonly host: string }
  /** Nothing gets from one side to the other; if one-way, nothing from `some` to `others`. */
  | { readonly kind: 'partition' | 'one-way partition'; readonly some: Names; readonly others: Names }
  /** What would arrive arrives at the end, in order. */
  | { readonly kind: 'hold'; readonly from: string; readonly to: string }
  /** On every link, a message is lost, or arrives twice, with this probability. */
  | { readonly kind: 'loss' | 'duplication'; readonly probability: number }
  /** On every link, a message takes longer by something from 0 to `byMsMax`. */
  | { readonly kind: 'delay'; readonly byMsMax: number }
  /** The machine's clocks run so many times as fast. */
  | { readonly kind: 'drift'; readonly host: string; readonly rate: number }
  /** The machine's wall clock is set forward, or back. */
  | { readonly kind: 'jump'; readonly host: string; readonly byMs: number }

/** What kind of fault it is: *crash*, *partition*, … */
export type FaultKind = Fault['kind']

type Names = readonly string[]

/**
 * Lets a fault begin now, in a world of these hosts, and returns what ends it.
 * Of two that overlap on the same host, or on the same links, the end of one may end the other too.
 */
export function strike<M>(simulation: Simulation<M>, hosts: Names, fault: Fault): () => void {
  const { network } = simulation
  switch (fault.kind) {
    case 'crash': {
      const { host } = fault
      if (simulation.isUp(host)) simulation.crash(host)
      return () => {
        if (!simulation.isUp(host)) simulation.restart(host)
      }
    }
    case 'pause':
      simulation.pause(fault.host)
      return () => simulation.resume(fault.host)
    case 'partition':
      network.partition(fault.some, fault.others)
      return () => {
        network.repairOneWay(fault.some, fault.others)
        network.repairOneWay(fault.others, fault.some)
      }
    case 'one-way partition':
      network.partitionOneWay(fault.some, fault.others)
      return () => network.repairOneWay(fault.some, fault.others)
    case 'hold':
      network.hold(fault.from, fault.to)
      return () => network.release(fault.from, fault.to)
    case 'loss':
      return changeLinks(simulation, hosts, 'loss', () => fault.probability)
    case 'duplication':
      return changeLinks(simulation, hosts, 'duplication', () => fault.probability)
    case 'delay':
      return changeLinks(simulation, hosts, 'latencyMs', (usual) => {
        return (random) => usual(random) + random.uniform() * fault.byMsMax
      })
    case 'drift':
      simulation.drift(fault.host, fault.rate)
      return () => simulation.drift(fault.host, 1)
    case 'jump':
      simulation.jump(fault.host, fault.byMs)
      return () => {}
  }
}

/** Changes one setting of every link between two hosts, and returns what puts it back. */
function changeLinks<M, S extends keyof LinkSettings>(
  { network }: Simulation<M>,
  hosts: Names,
  setting: S,
  change: (usual: LinkSettings[S]) => LinkSettings[S],
): () => void {
  const links = hosts.flatMap((from) => hosts.filter((to) => to !== from).map((to) => network.link(from, to)))
  const usual = links.map((link) => link.settings[setting])
  for (const link of links) link.change({ [setting]: change(link.settings[setting]) })
  return () => {
    for (const [index, link] of links.entries()) link.change({ [setting]: usual[index] })
  }
}

/** What a fault befalls: two of the same key must not overlap. */
export function targetOf(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
    case 'pause':
      return `machine ${fault.host}`
    case 'partition':
    case 'one-way partition':
      return 'partition'
    case 'hold':
      return `hold ${fault.from} ${fault.to}`
    case 'drift':
    case 'jump':
      return `${fault.kind} ${fault.host}`
    case 'loss':
    case 'duplication':
    case 'delay':
      return fault.kind
  }
}

/** A fault as a stage direction: *b crashes, and restarts at 480 ms*. */
export function describeFault(fault: Fault): string {
  const until = `until ${fault.untilMs} ms`
  switch (fault.kind) {
    case 'crash':
      return `${fault.host} crashes, and restarts at ${fault.untilMs} ms`
    case 'pause':
      return `${fault.host} stands still ${until}`
    case 'partition':
      return `${list(fault.some)} and ${list(fault.others)} are cut off from each other ${until}`
    case 'one-way partition':
      return `nothing gets from ${list(fault.some)} to ${list(fault.others)} ${until}`
    case 'hold':
      return `what ${fault.from} sends to ${fault.to} is held ${until}`
    case 'loss':
      return `${percent(fault.probability)} of the messages are lost ${until}`
    case 'duplication':
      return `${percent(fault.probability)} of the messages arrive twice ${until}`
    case 'delay':
      return `messages take up to ${fault.byMsMax} ms longer ${until}`
    case 'drift':
      return `the clocks of ${fault.host} run ${percent(Math.abs(fault.rate - 1))} too ${fault.rate > 1 ? 'fast' : 'slow'} ${until}`
    case 'jump':
      return `the wall clock of ${fault.host} jumps ${Math.abs(fault.byMs)} ms ${fault.byMs > 0 ? 'forward' : 'back'}`
  }
}

/** *a, b, c*, in braces when there are several, so that two lists in one sentence stay apart. */
function list(names: Names): string {
  return names.length === 1 ? names.join() : `{${names.join(', ')}}`
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`
}
