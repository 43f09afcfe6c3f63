/**
 * Makes a failing scenario smaller while it still fails: a person can follow one
 * fault among three hosts, and not seven among five.
 *
 * Greedy, the largest cuts first, as in delta debugging (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002). The result is the
 * smallest in the sense that none of the single cuts tried makes it smaller.
 */
import type { Fault } from '#message-passing/fault'
import type { Scenario } from '#message-passing/scenario'

export interface ShrinkOptions {
  /** How many smaller scenarios may be tried: 200, by default. */
  readonly runsMax?: number
  /** How many hosts stay at the least: 1, by default. */
  readonly hostsMin?: number
}

/** The smallest scenario that was found to fail, and how many were tried to find it. */
export interface Shrunk {
  readonly scenario: Scenario
  readonly runs: number
}

/** `fails` says of a smaller scenario whether it fails, and in the same way. */
export async function shrink(
  scenario: Scenario,
  fails: (smaller: Scenario) => Promise<boolean>,
  { runsMax = 200, hostsMin = 1 }: ShrinkOptions = {},
): Promise<Shrunk> {
  let smallest = scenario
  let runs = 0
  const tried = new Set<string>()
  const nextFailure = async (): Promise<Scenario | undefined> => {
    for (const candidate of smaller(smallest, hostsMin)) {
      const key = JSON.stringify(candidate)
      if (tried.has(key)) continue
      if (runs === runsMax) return undefined
      tried.add(key)
      runs += 1
      if (await fails(candidate)) return candidate
    }
    return undefined
  }
  for (let found = await nextFailure(); found !== undefined; found = await nextFailure()) smallest = found
  return { scenario: smallest, runs }
}

/** Scenarios with a part cut away, the largest parts first. */
function* smaller(scenario: Scenario, hostsMin: number): Generator<Scenario> {
  const { hosts, faults, durationMs } = scenario
  for (let size = faults.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < faults.length; start += size) {
      yield { ...scenario, faults: faults.filter((_, index) => index < start || index >= start + size) }
    }
  }
  if (hosts.length > hostsMin) {
    for (const host of hosts.toReversed()) yield withoutHost(scenario, host)
  }
  for (const share of [1 / 2, 3 / 4, 7 / 8]) {
    const shorterMs = Math.ceil(durationMs * share)
    if (shorterMs < durationMs) yield { ...scenario, durationMs: shorterMs }
  }
}

function withoutHost(scenario: Scenario, host: string): Scenario {
  return {
    ...scenario,
    hosts: scenario.hosts.filter((each) => each !== host),
    faults: scenario.faults.flatMap((fault) => faultWithout(fault, host)),
  }
}

/** What is left of a fault when a host takes no part: a partition goes on among the others. */
function faultWithout(fault: Fault, host: string): readonly Fault[] {
  if ('some' in fault) {
    const some = fault.some.filter((each) => each !== host)
    const others = fault.others.filter((each) => each !== host)
    return some.length > 0 && others.length > 0 ? [{ ...fault, some, others }] : []
  }
  if ('host' in fault) return fault.host === host ? [] : [fault]
  if ('from' in fault) return fault.from === host || fault.to === host ? [] : [fault]
  return [fault]
}
