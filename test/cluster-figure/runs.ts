/** Runs of the cluster figure, and how to ask what was to be seen in them. */
import type { TraceEvent } from '#message-passing/trace'
import { ClusterHistory } from '../../.vitepress/theme/figures/cluster/history.ts'
import { type Sight, sightOf } from '../../.vitepress/theme/figures/cluster/portraits.ts'
import type { Scene, ServerScene } from '../../.vitepress/theme/figures/cluster/scene.ts'
import { type Input, RUN_MS, type Setup, serverNames } from '../../.vitepress/theme/figures/cluster/setups.ts'
import { simulate } from '../../.vitepress/theme/figures/cluster/simulate.ts'

export interface Run {
  readonly events: readonly TraceEvent[]
  readonly history: ClusterHistory
  readonly trouble: string | undefined
}

/** What a server has said of itself. */
export interface Said extends Sight {
  readonly atMs: number
  readonly id: string
}

/** Plays a run. `play` is `simulate`, or that of servers that make a mistake. */
export async function run(
  setup: Setup,
  inputs: readonly Input[] = [],
  untilMs = RUN_MS,
  play = simulate,
): Promise<Run> {
  const events: TraceEvent[] = []
  const history = new ClusterHistory(serverNames(setup.servers))
  let problem: string | undefined
  await play(setup, inputs, untilMs, (more, _, trouble) => {
    events.push(...more)
    history.add(more)
    problem = trouble?.sentence
    return true
  })
  return { events, history, trouble: problem }
}

export function saidIn({ events }: Run): readonly Said[] {
  return events.flatMap((event) => {
    const sight = event.kind === 'state' ? sightOf(event.state) : undefined
    return sight === undefined || event.kind !== 'state' ? [] : [{ atMs: event.atMs, id: event.host, ...sight }]
  })
}

/** Who was in this role in which term: `'a 1'`. */
export function everIn(run: Run, role: Sight['role']): ReadonlySet<string> {
  return new Set(saidIn(run).flatMap((said) => (said.role === role ? [`${said.id} ${said.term}`] : [])))
}

export function leadersOf(scene: Scene): readonly ServerScene[] {
  return scene.servers.filter((server) => server.condition === 'up' && server.role === 'leader')
}

export function serverOf(scene: Scene, id: string): ServerScene {
  const server = scene.servers.find((each) => each.id === id)
  if (server === undefined) throw new RangeError(`there is no server ${id}`)
  return server
}

/** The term of an entry that is shown, by its index. */
export function termAt({ terms, firstIndex }: ServerScene, index: number): number | undefined {
  return terms[index - firstIndex]
}

/** One leader, whom all follow, and all have committed the same whole log. */
export function isSettled(scene: Scene): boolean {
  const [leader, ...others] = leadersOf(scene)
  if (leader === undefined || others.length > 0) return false
  const agrees = (each: ServerScene) => {
    const isSameLog = each.terms.join(' ') === leader.terms.join(' ') && each.firstIndex === leader.firstIndex
    const lastIndex = each.firstIndex - 1 + each.terms.length
    return each.condition === 'up' && each.term === leader.term && isSameLog && each.commitIndex === lastIndex
  }
  return scene.servers.every(agrees)
}
