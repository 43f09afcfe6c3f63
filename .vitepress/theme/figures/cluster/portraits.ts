/** What a server says of itself in a trace, read back. See `#raft/portrait`. */
import type { TraceEvent } from '#message-passing/trace'
import type { Portrait } from '#raft/portrait'
import type { ServerScene } from './scene.ts'

/** A portrait with its log as numbers. */
export interface Sight extends Omit<ServerScene, 'id' | 'condition' | 'waitLeft'> {
  /** When it stands for election, or sends its next heartbeat, by its own clock. */
  readonly dueMs: number
}

/** A server of which nothing is known. */
export const BLANK: Sight = {
  role: 'follower',
  term: 0,
  votedFor: undefined,
  terms: [],
  firstIndex: 1,
  commitIndex: 0,
  dueMs: Infinity,
}

const ROLES: readonly unknown[] = ['follower', 'candidate', 'leader']

/** Whether the states in a trace are portraits of Raft servers, so that a cluster can be drawn of it. */
export function isRaftTrace(events: readonly TraceEvent[]): boolean {
  const first = events.find((event) => event.kind === 'state')
  return first?.kind === 'state' && sightOf(first.state) !== undefined
}

/** What a state shows, or `undefined` if it isn't a portrait. */
export function sightOf(state: unknown): Sight | undefined {
  if (!isPortrait(state)) return undefined
  const { role, term, votedFor, committed, dueMs } = state
  const { terms, firstIndex } = logOf(state.log)
  return {
    role,
    term,
    votedFor: votedFor === 'nobody' ? undefined : votedFor,
    terms,
    firstIndex,
    commitIndex: committed,
    dueMs,
  }
}

function isPortrait(state: unknown): state is Portrait {
  if (typeof state !== 'object' || state === null) return false
  const { role, term, votedFor, committed, dueMs, log } = state as Partial<Record<keyof Portrait, unknown>> // any object has keys
  const numbers = [term, committed, dueMs].every((value) => typeof value === 'number')
  return numbers && ROLES.includes(role) && typeof votedFor === 'string' && typeof log === 'string'
}

/** `40 and 3 3 4` is a log whose 41st entry has the term 3. */
function logOf(log: string): Pick<Sight, 'terms' | 'firstIndex'> {
  const [before, shown] = log.includes(' and ') ? log.split(' and ') : ['0', log]
  const terms = (shown ?? '').split(' ').filter((term) => term !== '')
  return { terms: terms.map(Number), firstIndex: Number(before) + 1 }
}
