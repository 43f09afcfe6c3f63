/**
 * Runs a world with many seeds, each of them twice, and makes the first failure
 * as small as it gets. Knows nothing of the test runner, and so runs anywhere.
 */
import type { NetworkOptions } from '#message-passing/network'
import { RuleBroken } from '#message-passing/rules'
import { HostFailed } from '#message-passing/run-failures'
import { planScenario, type Scenario, type ScenarioOptions, stage } from '#message-passing/scenario'
import { shrink } from '#message-passing/shrink'
import { Simulation } from '#message-passing/simulation'
import type { Trace } from '#message-passing/trace'
import { type Difference, firstDifference } from './determinism.ts'
import { CountingTrace, newTally, type Tally, tallyRun } from './tally.ts'

/** Which runs to make. */
export interface ExploreOptions<M> extends ScenarioOptions, NetworkOptions<M> {
  /** How many seeds are run, from 1 up (200), or which. */
  readonly seeds?: number | readonly number[]
  /** Every how manieth seed is run a second time, and compared (1: each of them). */
  readonly twiceEvery?: number
  /** How many smaller scenarios are tried once one has failed (200). */
  readonly shrinkRunsMax?: number
}

/**
 * Puts programs and rules into a world. Called for each run, with the names of
 * the hosts that the faults will befall; it may add others, to which none will.
 */
export type World<M> = (simulation: Simulation<M>, hosts: readonly string[]) => void | Promise<void>

/** Why not every run was as it should be. */
export type Failure =
  | {
      readonly kind: 'broken'
      readonly error: unknown
      /** The smallest run that fails in this way. */
      readonly scenario: Scenario
      readonly trace: Trace
      /** The run with which it was found, and how many smaller ones were tried. */
      readonly found: Scenario
      readonly shrinkRuns: number
      /** How many events it took with that run. */
      readonly events: number
    }
  | {
      readonly kind: 'differs'
      readonly difference: Difference
      readonly scenario: Scenario
      readonly trace: Trace
      readonly events: number
    }

interface Outcome {
  readonly events: number
  readonly trace: Trace
  readonly nowMs: number
  readonly error?: unknown
}

/**
 * Nothing, when every run kept every rule. Rejects with an `Unimplemented` as soon as a run meets one.
 * `tally` adds up what the runs came to.
 */
export async function explore<M>(
  options: ExploreOptions<M>,
  world: World<M>,
  tally: Tally = newTally(),
): Promise<Failure | undefined> {
  const { seeds = 200, twiceEvery = 1 } = options
  const chosen = typeof seeds === 'number' ? Array.from({ length: seeds }, (_, index) => index + 1) : seeds
  for (const [index, seed] of chosen.entries()) {
    const scenario = planScenario(seed, options)
    const outcome = await run(scenario, options, world, tally)
    const { events } = outcome
    if (index % twiceEvery === 0 || 'error' in outcome) {
      const difference = await compare(scenario, outcome, options, world)
      if (difference !== undefined) return { kind: 'differs', difference, scenario, trace: outcome.trace, events }
    }
    if ('error' in outcome) return shrunk(scenario, outcome, options, world)
  }
  return undefined
}

async function run<M>(
  scenario: Scenario,
  options: ExploreOptions<M>,
  world: World<M>,
  tally: Tally = newTally(),
): Promise<Outcome> {
  const trace = new CountingTrace()
  const simulation = new Simulation<M>({ ...options, seed: scenario.seed, trace })
  stage(simulation, scenario)
  try {
    await world(simulation, scenario.hosts)
    await simulation.run(scenario.durationMs)
    return { trace, nowMs: simulation.nowMs, events: simulation.happened }
  } catch (error) {
    throwUnimplemented(error)
    return { trace, nowMs: simulation.nowMs, events: simulation.happened, error }
  } finally {
    tallyRun(tally, simulation, scenario, trace.faults)
  }
}

async function compare<M>(
  scenario: Scenario,
  { trace }: Outcome,
  options: ExploreOptions<M>,
  world: World<M>,
): Promise<Difference | undefined> {
  const again = await run(scenario, options, world)
  if (trace.hash() === again.trace.hash()) return undefined
  return firstDifference(trace.events(), again.trace.events())
}

async function shrunk<M>(
  found: Scenario,
  outcome: Outcome,
  options: ExploreOptions<M>,
  world: World<M>,
): Promise<Failure> {
  const hostsMin = typeof options.hosts === 'number' ? options.hosts : options.hosts[0]
  const fails = async (smaller: Scenario) => isAlike((await run(smaller, options, world)).error, outcome.error)
  const untilBroken = { ...found, durationMs: Math.min(found.durationMs, Math.max(1, Math.ceil(outcome.nowMs))) }
  const runsMax = options.shrinkRunsMax ?? 200
  const { scenario, runs } = await shrink(untilBroken, fails, { runsMax, hostsMin })
  const { trace, error = outcome.error } = await run(scenario, options, world)
  return { kind: 'broken', error, scenario, trace, found, shrinkRuns: runs, events: outcome.events }
}

/** Whether a smaller run fails for the same reason, and not for another one. */
function isAlike(error: unknown, original: unknown): boolean {
  if (error instanceof RuleBroken && original instanceof RuleBroken) return error.rule === original.rule
  if (error instanceof HostFailed && original instanceof HostFailed) return isAlike(error.cause, original.cause)
  return nameOf(error) === nameOf(original)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

const CAUSES_MAX = 8

/** A part of the exercise that isn't written yet is no failure of a rule: shrinking it would say nothing. */
function throwUnimplemented(error: unknown): void {
  let cause = error
  for (let depth = 0; depth < CAUSES_MAX && cause instanceof Error; depth++) {
    if ('code' in cause && cause.code === 'UNIMPLEMENTED') throw cause
    cause = cause.cause
  }
}
