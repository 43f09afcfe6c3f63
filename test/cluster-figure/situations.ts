/** What the prepared situations of the cluster figure must show: each is a story that its seed must go on telling. */
import type { TraceEvent } from '#message-passing/trace'
import { RUN_MS } from '../../.vitepress/theme/figures/cluster/setups.ts'
import { everIn, isSettled, leadersOf, type Run, saidIn, serverOf, termAt } from './runs.ts'

/** What each prepared situation must show. Returns what is missing. */
export const MUST_SHOW: Readonly<Record<string, (run: Run) => string | undefined>> = {
  election: (run) => {
    const candidates = everIn(run, 'candidate')
    if (candidates.size !== 1) return `one candidate, and not ${[...candidates].join(', ')}`
    if (!isSettled(run.history.sceneAt(2_000))) return 'all have the same committed log after 2 s'
    return undefined
  },

  'split-vote': (run) => {
    const said = saidIn(run)
    const candidates = [...everIn(run, 'candidate')].filter((each) => each.endsWith(' 1'))
    if (candidates.length !== 2) return `two candidates in term 1, and not ${candidates.join(', ')}`
    const votes = new Set(
      said.flatMap(({ id, term, votedFor }) => (term === 1 && votedFor ? [`${id} ${votedFor}`] : [])),
    )
    const counts = candidates.map((each) => [...votes].filter((vote) => vote.endsWith(` ${each[0]}`)).length)
    if (counts.join() !== '2,2') return `two votes for each, and not ${counts.join()}`
    const leaders = [...everIn(run, 'leader')]
    if (leaders.some((each) => each.endsWith(' 1'))) return 'no leader in term 1'
    if (!isSettled(run.history.sceneAt(2_000))) return 'a leader later'
    return undefined
  },

  'leader-crash': (run) => {
    const leaders = [...everIn(run, 'leader')]
    if (leaders.length !== 2 || leaders[0] !== 'a 1' || leaders[1]?.startsWith('a'))
      return `a leads, then another, and not ${leaders}`
    const meanwhile = run.history.sceneAt(1_400)
    if (leadersOf(meanwhile)[0]?.commitIndex !== 4) return 'the new leader has committed the command before a is back'
    if (!isSettled(run.history.sceneAt(2_500))) return 'a has caught up'
    return undefined
  },

  'stale-leader': (run) => {
    const { history } = run
    const meanwhile = history.sceneAt(1_500)
    const leaders = leadersOf(meanwhile).map(({ id, term }) => `${id} ${term}`)
    if (leaders.length !== 2 || !leaders.includes('a 1')) return `a and another lead, and not ${leaders}`
    const stale = serverOf(meanwhile, 'a')
    if (termAt(stale, 3) !== 1 || stale.commitIndex !== 2) return 'a has an entry that is not committed'
    if (!leadersOf(meanwhile).some(({ commitIndex }) => commitIndex === 4)) return 'the other leader commits'
    const end = history.sceneAt(2_500)
    if (!isSettled(end)) return 'all agree in the end'
    if (termAt(serverOf(end, 'a'), 3) === 1) return "a's entry is replaced"
    if ([...everIn(run, 'leader')].length !== 2) return 'two leaders in all'
    return undefined
  },

  'log-repair': (run) => {
    const { history, events } = run
    if (termAt(serverOf(history.sceneAt(1_590), 'a'), 6) !== 1) return 'a has six entries of term 1'
    const isRefusal = (event: TraceEvent) => event.kind === 'send' && event.host === 'a' && isRefused(event.message)
    if (!events.some((event) => isRefusal(event) && event.atMs > 1_600)) return 'a refuses an append'
    const end = history.sceneAt(2_500)
    if (!isSettled(end) || serverOf(end, 'a').terms.filter((term) => term === 1).length !== 2)
      return 'its log is repaired'
    if ([...everIn(run, 'leader')].join() !== 'a 1,c 2,b 3') return 'a leads, then c, then b'
    return undefined
  },

  'figure-8': (run) => {
    const { history } = run
    const onMajority = history.marksMs().filter((atMs) => {
      const { servers } = history.sceneAt(atMs)
      return servers.filter((server) => termAt(server, 2) === 1).length >= 3
    })
    const [firstMs] = onMajority
    if (firstMs === undefined) return 'the entry is on a majority'
    const end = history.sceneAt(RUN_MS)
    if (end.servers.some((server) => termAt(server, 2) === 1)) return 'it is overwritten everywhere'
    const last = onMajority.at(-1) ?? 0
    const knows = history.marksMs().some((atMs) => {
      if (atMs < firstMs || atMs > last) return false
      return leadersOf(history.sceneAt(atMs)).some((leader) => leader.term > 1 && termAt(leader, 2) === 1)
    })
    if (!knows) return 'a later leader brings it to a majority'
    if (!isSettled(end)) return 'all agree in the end'
    return undefined
  },
}

function isRefused(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'refused'
}
