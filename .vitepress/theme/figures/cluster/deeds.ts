/** What can be done to a cluster, as it stands. */
import type { Scene, ServerScene } from './scene.ts'
import { type Input, serverNames } from './setups.ts'
import type { Wish } from './use-cluster-run.ts'

/** The server that leads in the latest term, of those that are up. */
export function latestLeader({ servers }: Pick<Scene, 'servers'>): ServerScene | undefined {
  const leaders = servers.filter(({ condition, role }) => condition === 'up' && role === 'leader')
  return leaders.toSorted((a, b) => b.term - a.term)[0]
}

/** The same things done in another setup, apart from those to servers that it doesn't have. */
export function changed({ setup, inputs }: Wish): Wish {
  const names = new Set(serverNames(setup.servers))
  return { setup, inputs: inputs.filter((input) => concerned(input).every((id) => names.has(id))) }
}

function concerned({ action }: Input): readonly string[] {
  if (action.kind === 'partition') return action.servers
  return 'server' in action && action.server !== undefined ? [action.server] : []
}
