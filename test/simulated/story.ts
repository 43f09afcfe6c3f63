/**
 * Tells why a simulated check failed, to somebody who is tired: the rule, what
 * was so instead, the smallest run that shows it, and what to type next.
 */
import { describeFault } from '#message-passing/fault'
import { RuleBroken } from '#message-passing/rules'
import { HostFailed } from '#message-passing/run-failures'
import type { Scenario } from '#message-passing/scenario'
import { drawSpaceTime, namesIn } from '#message-passing/space-time'
import type { TraceEvent } from '#message-passing/trace'
import type { Failure } from './explore.ts'

/** Where the failed check stands: what runs one seed of it again, and the page that shows the run. */
export interface Whereabouts {
  command(seed: number): string
  readonly replay: string
}

const ROWS_MAX = 14
const LANES_MAX = 5

/** The failure as plain text, 80 columns wide. */
export function tell(failure: Failure, { command, replay }: Whereabouts): string {
  const { scenario } = failure
  const next = ['', `again:  ${command(scenario.seed)}`, `look:   npm start, then ${replay}`]
  if (failure.kind === 'differs') {
    const { first = 'nothing: it was over', second = 'nothing: it was over', cause } = failure.difference
    const title = `two runs with seed ${scenario.seed} were not the same, so no run can be had again`
    return [title, `  first run:  ${first}`, `  second run: ${second}`, '', cause, ...next].join('\n')
  }
  const events = failure.trace.events()
  const [rule, seen] = ruleOf(failure.error)
  const drawing = drawSpaceTime(events, { hosts: involved(events, seen, scenario.hosts), rowsMax: ROWS_MAX })
  return [
    rule,
    ...(seen === '' ? [] : [`  but ${seen}`]),
    '',
    ...describeRun(failure),
    '',
    drawing.trimEnd(),
    ...next,
  ].join('\n')
}

/** The rule that an error says is broken, and what was so instead, if it says that. */
export function ruleOf(error: unknown): readonly [rule: string, seen: string] {
  if (error instanceof RuleBroken) return [error.rule, `at ${round(error.atMs)} ms: ${error.seen}`]
  if (error instanceof HostFailed && error.cause instanceof RuleBroken) return ruleOf(error.cause)
  if (error instanceof HostFailed) return ['no program fails', error.message]
  return [error instanceof Error ? error.message : String(error), '']
}

/** Which run it is, and what befell it: the faults as stage directions. One without any that isn't shrunk has a script. */
function describeRun({ scenario, found, shrinkRuns, events }: Extract<Failure, { readonly kind: 'broken' }>): string[] {
  if (shrinkRuns === 0 && scenario.faults.length === 0) {
    return [
      `With seed ${scenario.seed}, after ${events.toLocaleString('en-GB')} events. The check itself directs the run.`,
    ]
  }
  const faults = scenario.faults.map((fault) => `  at ${fault.atMs} ms  ${describeFault(fault)}`)
  return [
    `With seed ${scenario.seed} it takes ${measure(scenario)}`,
    `(found with ${measure(found)}; ${shrinkRuns} smaller runs tried):`,
    ...(faults.length === 0 ? ['  nothing befalls anybody'] : faults),
  ]
}

function measure({ hosts, durationMs, faults }: Scenario): string {
  return `${hosts.length} hosts, ${round(durationMs)} ms, ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`
}

/** The hosts that the finding names, and those with whom they spoke last. */
function involved(events: readonly TraceEvent[], seen: string, hosts: readonly string[]): readonly string[] {
  const all = namesIn(events)
  const words = new Set(seen.match(/[\w-]+/g))
  const named = all.filter((name) => words.has(name))
  const chosen = new Set(named.length > 0 ? named : all.length > 0 ? [] : hosts)
  for (let index = events.length - 1; index >= 0 && chosen.size < LANES_MAX; index--) {
    const event = events[index]
    if (event?.kind !== 'send' && event?.kind !== 'receive') continue
    const other = event.kind === 'send' ? event.to : event.from
    if (named.length > 0 && !named.includes(event.host) && !named.includes(other)) continue
    chosen.add(event.host).add(other)
  }
  return [...chosen].sort().slice(0, LANES_MAX)
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
