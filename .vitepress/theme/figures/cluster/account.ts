/** What the figure says in words about one moment: in a sentence or two, and server by server. */
import { quorumOf } from '#raft/state'
import type { Scene, ServerScene } from './scene.ts'

/** What is to be seen, for everybody. */
export function sentenceOf(scene: Scene): string {
  const { broken, servers } = scene
  if (broken !== undefined) return `A rule is broken: ${broken.rule}. But ${broken.seen}.`
  const up = servers.filter(isUp)
  const quorum = quorumOf({ members: servers.map((server) => server.id) })
  if (up.length === 0) return 'All servers are down. What is on their disks stays.'
  const candidates = up.filter((server) => server.role === 'candidate')
  const leaders = up.filter((server) => server.role === 'leader').sort((a, b) => b.term - a.term)
  const [leader, ...stale] = leaders
  const [candidate] = candidates.toSorted((a, b) => b.term - a.term)
  if (candidate !== undefined && candidate.term > (leader?.term ?? 0))
    return ofElection(candidates, candidate.term, servers, quorum)
  if (leader === undefined) return withoutLeader(up, servers, quorum)
  if (stale.length > 0) return `${ofStale(stale)}, while ${leader.id} leads term ${leader.term}.`
  if (up.length < quorum)
    return `${leader.id} leads term ${leader.term}, and commits nothing: only ${up.length} of ${servers.length} servers ${up.length === 1 ? 'is' : 'are'} up.`
  return `${leader.id} leads term ${leader.term}. ${ofLogs(leader, servers, quorum)}`
}

/** All of it, for whoever can't see it. */
export function descriptionOf(scene: Scene): string {
  const { flights, cuts } = scene
  const lost = flights.filter((flight) => flight.isLost).length
  const messages = flights.length === 1 ? '1 message is on its way' : `${flights.length} messages are on their way`
  const losses = lost === 0 ? '' : `, ${lost} of which ${lost === 1 ? 'is' : 'are'} lost`
  return [...scene.servers.map(ofServer), `${messages}${losses}.`, ...ofCuts(cuts)].join(' ')
}

/** The log as it is drawn, in words: `terms 1 1 2, the first 2 of them committed`. */
function ofServer(server: ServerScene): string {
  const { id, condition, role, term, votedFor } = server
  const vote = votedFor === undefined ? 'without a vote' : `vote for ${votedFor === id ? 'itself' : votedFor}`
  const how = condition === 'up' ? role : condition === 'down' ? 'down' : `paused as ${role}`
  return `${id}: ${how}, term ${term}, ${vote}, ${ofLog(server)}.`
}

function ofLog({ terms, firstIndex, commitIndex }: ServerScene): string {
  if (terms.length === 0) return 'an empty log'
  const before = firstIndex === 1 ? '' : `${firstIndex - 1} entries and `
  const committed = commitIndex === 0 ? 'nothing committed' : `committed up to ${commitIndex}`
  return `a log of ${before}terms ${terms.join(' ')}, ${committed}`
}

function ofCuts(cuts: Scene['cuts']): readonly string[] {
  const byServer = new Map<string, string[]>()
  for (const { from, to } of cuts) byServer.set(from, [...(byServer.get(from) ?? []), to])
  return [...byServer].map(([from, to]) => `Nothing gets from ${from} to ${listOf(to)}.`)
}

function ofElection(
  candidates: readonly ServerScene[],
  term: number,
  servers: readonly ServerScene[],
  quorum: number,
): string {
  const running = candidates.filter((candidate) => candidate.term === term)
  const votes = running.map(({ id }) => servers.filter((each) => each.term === term && each.votedFor === id).length)
  const [only] = running
  if (running.length === 1 && only !== undefined) {
    const has = votes[0] === 1 ? 'its own vote so far' : `${votes[0]} votes of ${servers.length}`
    return `${only.id} stands for election in term ${term}, and has ${has}.`
  }
  const counts = running.map(({ id }, index) => `${id} has ${votes[index]}`)
  const given = votes.reduce((sum, count) => sum + count, 0)
  const isSplit = given === servers.length && Math.max(...votes) < quorum
  const names = listOf(running.map(({ id }) => id))
  return `${names} stand for election in term ${term}. Of ${servers.length} votes, ${listOf(counts)}${isSplit ? ': the vote is split' : ''}.`
}

function withoutLeader(up: readonly ServerScene[], servers: readonly ServerScene[], quorum: number): string {
  if (up.length < quorum) {
    return `Only ${up.length} of ${servers.length} servers ${up.length === 1 ? 'is' : 'are'} up: nobody can be elected.`
  }
  return 'Nobody leads. The server whose waiting time is over first will stand for election.'
}

function ofStale(stale: readonly ServerScene[]): string {
  const each = stale.map(({ id, term }) => `${id} still believes that it leads term ${term}`)
  return listOf(each)
}

/** How far the logs agree with the leader's. */
function ofLogs(leader: ServerScene, servers: readonly ServerScene[], quorum: number): string {
  const next = nextToCommit(leader)
  const term = termAt(leader, next)
  if (term !== undefined) {
    const holders = servers.filter((server) => termAt(server, next) === term).length
    const isOld = term < leader.term
    const entry = isOld ? `Its entry ${next}, of term ${term},` : `Its entry ${next}`
    const then = isOld && holders >= quorum ? 'and not committed even so' : 'and not committed yet'
    return `${entry} is on ${holders} of ${servers.length} servers, ${then}.`
  }
  const others = servers.filter((server) => isUp(server) && server !== leader)
  const apart = others.filter((server) => !agrees(server, leader))
  if (apart.length > 0)
    return `The ${apart.length === 1 ? 'log' : 'logs'} of ${namesOf(apart)} still ${apart.length === 1 ? 'has' : 'have'} other entries than its own.`
  const behind = others.filter((server) => lastIndexOf(server) < lastIndexOf(leader))
  if (behind.length > 0)
    return `${namesOf(behind)} ${behind.length === 1 ? 'has' : 'have'} not got all of its entries yet.`
  if (others.some((server) => server.commitIndex < leader.commitIndex)) {
    return `It has committed entry ${leader.commitIndex}, and the others will hear of it.`
  }
  const whose = others.length + 1 < servers.length ? 'All logs agree, of those who are up' : 'All logs agree'
  return lastIndexOf(leader) === 1
    ? `${whose}, and their entry is committed.`
    : `${whose}, and all ${lastIndexOf(leader)} entries are committed.`
}

/** The entry to look at: the last one of earlier terms while they aren't committed, and then the first that isn't. */
function nextToCommit(leader: ServerScene): number {
  const own = leader.terms.indexOf(leader.term)
  const lastOfEarlier = own < 0 ? lastIndexOf(leader) : leader.firstIndex + own - 1
  return Math.max(lastOfEarlier, leader.commitIndex + 1)
}

/** Whether all that both show of their logs is the same. */
function agrees(server: ServerScene, leader: ServerScene): boolean {
  return server.terms.every((term, offset) => {
    const index = server.firstIndex + offset
    return index < leader.firstIndex || termAt(leader, index) === term
  })
}

function isUp({ condition }: ServerScene): boolean {
  return condition !== 'down'
}

function lastIndexOf({ firstIndex, terms }: ServerScene): number {
  return firstIndex - 1 + terms.length
}

function termAt({ firstIndex, terms }: ServerScene, index: number): number | undefined {
  return terms[index - firstIndex]
}

function namesOf(servers: readonly ServerScene[]): string {
  return listOf(servers.map(({ id }) => id))
}

/** *a*, *a and b*, *a, b and c* */
function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
