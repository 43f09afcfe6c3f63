/**
 * What a check in a simulated world uses: many seeds, each of them twice; and
 * when one fails, the smallest run that shows it, told as a story.
 *
 *     test('no two clients hold the lock at once', () =>
 *       simulated({ hosts: [3, 5], durationMs: 2_000, faults: { pause: 2 } }, (simulation, hosts) => { … }))
 *
 * The check of an exercise has two seconds for all its runs, and for those that
 * shrink a failure: 200,000 events or so, with async functions as hosts.
 */
import { inject, type TaskMeta, TestRunner } from 'vitest'
import { describeFault } from '#message-passing/fault'
import { type ExploreOptions, explore, type Failure, type World } from './simulated/explore.ts'
import { ruleOf, tell, type Whereabouts } from './simulated/story.ts'
import { addTally, newTally, type Tally } from './simulated/tally.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The only seed to run, when somebody looks at one failure. */
    seed: number | undefined
  }
  interface TaskMeta {
    /** The run that a failed check leaves behind, for whoever writes it into a file. */
    replay?: Replay
    /** In which run a rule broke. */
    broken?: Broken
    /** What the runs of the check came to. */
    tally?: Tally
  }
}

/** The first run in which a rule broke, and how many events that took. */
export interface Broken {
  readonly seed: number
  readonly events: number
}

/** The run of a failed check, as JSON Lines. */
export interface Replay {
  /** What the file is called, without its ending: `1.5-no-two-clients-hold-the-lock`. */
  readonly name: string
  readonly lines: string
}

/** What a simulated check fails with. */
export class SimulatedRunFailed extends Error {
  override readonly name = 'AssertionError' // so that its message is shown as it stands
}

const REPLAY_NAME_LENGTH_MAX = 80

/** Runs the world with every seed. Rejects with the story of the first failure. */
export async function simulated<M>(options: ExploreOptions<M>, world: World<M>): Promise<void> {
  const seed = inject('seed')
  const tally = newTally()
  const failure = await explore(seed === undefined ? options : { ...options, seeds: [seed] }, world, tally)
  const check = currentCheck()
  if (check !== undefined) {
    check.meta.tally ??= newTally() // a check may come here more than once
    addTally(check.meta.tally, tally)
  }
  if (failure === undefined) return
  const place = whereabouts(check)
  if (check !== undefined) {
    check.meta.replay = { name: check.replayName, lines: linesOf(failure, check.name, place) }
    const { seed } = failure.kind === 'broken' ? failure.found : failure.scenario
    check.meta.broken = { seed, events: failure.events }
  }
  throw new SimulatedRunFailed(tell(failure, place))
}

interface Check {
  readonly name: string
  /** The test file, from the root. */
  readonly file: string
  /** `1.5`, when the file belongs to an exercise and runs on the reader's modules. */
  readonly exercise: string | undefined
  readonly replayName: string
  readonly meta: TaskMeta
}

function currentCheck(): Check | undefined {
  const task = TestRunner.getCurrentTest()
  if (task === undefined) return undefined
  const { name: file, projectName } = task.file
  const number = /\/(\d+\.\d+)-[^/]+$/.exec(file)?.[1]
  const exercise = projectName === 'reference' ? undefined : number
  const slug = task.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const replayName = `${number === undefined ? '' : `${number}-`}${slug}`.slice(0, REPLAY_NAME_LENGTH_MAX)
  return { name: task.name, file, exercise, replayName: replayName.replaceAll(/^-|-$/g, ''), meta: task.meta }
}

function whereabouts(check: Check | undefined): Whereabouts {
  const command = (seed: number) =>
    check?.exercise === undefined
      ? `SEED=${seed} npx vitest run --project reference ${check?.file ?? ''}`.trimEnd()
      : `npm run check ${check.exercise} -- --seed ${seed}`
  return { command, replay: `/replay?run=${check?.replayName ?? ''}` }
}

/** The trace, under a header that says what the page needs to tell the story without the terminal. */
function linesOf(failure: Failure, check: string, { command }: Whereabouts): string {
  const { scenario, trace } = failure
  const faults = scenario.faults.map((fault) => ({ ...fault, text: `at ${fault.atMs} ms ${describeFault(fault)}` }))
  const [rule, seen] =
    failure.kind === 'broken' ? ruleOf(failure.error) : ['two runs of one seed are the same', failure.difference.cause]
  return trace.toJsonLines({ check, rule, seen, command: command(scenario.seed), ...scenario, faults })
}
