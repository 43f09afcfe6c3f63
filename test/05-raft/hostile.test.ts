/** One member of a cluster lies. Which lies do no harm, and which do. */
import { describe, expect, test } from 'vitest'
import { exponential } from '#message-passing/distributions'
import { RuleBroken } from '#message-passing/rules'
import type { Simulation } from '#message-passing/simulation'
import { Cluster } from '#raft/cluster'
import type { Message, ServerId } from '#raft/messages'
import { explore } from '../simulated/explore.ts'
import { simulated } from '../simulated.ts'
import { HostileMember } from './hostile-member.ts'

/** `SEEDS=100` plays 1,000. */
const SEEDS = 10 * Number(process.env.SEEDS ?? 1)
const TIMEOUT_MS = SEEDS * 1_000 + 10_000
const DURATION_MS = 1_000
const LIES_EVERY_MS = 3

const network = { copy: (message: Message) => message, link: { latencyMs: exponential(2) } } // no server changes a message
const faults = { crash: 4, partition: 2, 'one-way partition': 1, loss: 2, duplication: 2, delay: 1, drift: 1 }
const world = { ...network, hosts: [2, 6] as const, durationMs: DURATION_MS, seeds: SEEDS, twiceEvery: 10, faults }

test(
  'a member that lies about everything, but votes once, acknowledges nothing and does not lead, breaks no rule',
  async () => {
    let committed = 0
    const counts: Record<string, number> = {}
    await simulated<Message>({ ...world, shrinkRunsMax: 30 }, async (simulation, hosts) => {
      const cluster = new Cluster(simulation, [...hosts, 'mallory'])
      await simulation.run(0)
      const mallory = new HostileMember(cluster, 'mallory')
      every(simulation, LIES_EVERY_MS, () => mallory.speak())
      propose(simulation, cluster)
      await simulation.run(DURATION_MS)
      await expectRecovery(simulation, cluster, hosts)
      committed += cluster.invariants.committedCount
      for (const [name, times] of Object.entries(mallory.counts)) counts[name] = (counts[name] ?? 0) + times
    })
    expect(committed, 'entries that were committed all the same, in all runs together').toBeGreaterThan(SEEDS * 2)
    expect(Object.values(counts).length, `each lie was told: ${JSON.stringify(counts)}`).toBe(11)
  },
  TIMEOUT_MS,
)

test(
  'a stranger breaks no rule, whatever it says, and does not disturb an election',
  async () => {
    await simulated<Message>({ ...world, seeds: Math.ceil(SEEDS / 2) }, async (simulation, hosts) => {
      const cluster = new Cluster(simulation, hosts)
      const shadow = new Cluster(simulation, ['stranger'])
      await simulation.run(0)
      const stranger = new HostileMember(shadow, 'stranger')
      every(simulation, LIES_EVERY_MS, () => {
        const to = stranger.pick(hosts) ?? ''
        const { term, log } = cluster.state(to)
        simulation.network.send(
          'stranger',
          to,
          stranger.anything(term + stranger.random.integer(0, 3), log.entries.length),
        )
      })
      propose(simulation, cluster)
      await simulation.run(DURATION_MS)
      await expectRecovery(simulation, cluster, hosts)
    })
  },
  TIMEOUT_MS,
)

/** Something happens again and again, until the faults are over. */
function every(simulation: Simulation<Message>, periodMs: number, happen: () => void): void {
  for (let atMs = periodMs; atMs < DURATION_MS; atMs += periodMs) simulation.at(atMs, happen)
}

function propose(simulation: Simulation<Message>, cluster: Cluster): void {
  let n = 0
  every(simulation, 10, () => {
    for (const leader of cluster.leaders()) cluster.propose(leader, new TextEncoder().encode(`${n++}`))
  })
}

/** Once nobody lies or fails any more, the honest servers elect a leader, and commit. */
async function expectRecovery(
  simulation: Simulation<Message>,
  cluster: Cluster,
  honest: readonly ServerId[],
): Promise<void> {
  for (const id of honest) if (!simulation.isUp(id)) simulation.restart(id)
  await simulation.run(simulation.nowMs + 2_000)
  const [leader, ...others] = cluster.leaders(honest)
  expect(others, 'one server leads when all is well again').toEqual([])
  const before = cluster.invariants.committedCount
  cluster.propose(leader ?? '', new TextEncoder().encode('the last one'))
  await simulation.run(simulation.nowMs + 500)
  expect(cluster.invariants.committedCount, 'what is proposed then is committed').toBe(before + 1)
  for (const id of honest) expect(cluster.state(id).commitIndex, `${id} has come to know it`).toBe(before + 1)
}

/** What a member does that breaks one of its three promises; `lie` sends a message as `mallory`. */
type Betrayal = (stage: {
  readonly cluster: Cluster
  lie(to: ServerId, message: Message): Promise<void>
}) => Promise<void>

const BROKEN_PROMISES: readonly (readonly [does: string, rule: string, betray: Betrayal])[] = [
  [
    'votes for two candidates of one term',
    'there is one leader a term at most',
    async ({ cluster, lie }) => {
      for (const candidate of ['a', 'b']) cluster.campaign(candidate)
      const { term } = cluster.state('a')
      for (const candidate of ['a', 'b']) await lie(candidate, { kind: 'vote', term, granted: true })
    },
  ],
  [
    'acknowledges an entry that it does not have',
    'what is committed is on the disks of a majority',
    async ({ cluster, lie }) => {
      cluster.campaign('a')
      const { term } = cluster.state('a')
      await lie('a', { kind: 'vote', term, granted: true })
      await lie('a', { kind: 'appended', term, matchIndex: 1 })
    },
  ],
  [
    'is elected for a log that it does not have, and leads each server somewhere else',
    'logs that agree in an index and a term agree up to there',
    async ({ lie }) => {
      for (const to of ['a', 'b']) {
        await lie(to, { kind: 'requestVote', term: 5, lastIndex: 9, lastTerm: 4 })
        const entries = [{ term: 5, command: new TextEncoder().encode(`for ${to}`) }]
        await lie(to, { kind: 'append', term: 5, prevIndex: 0, prevTerm: 0, entries, commitIndex: 0 })
      }
    },
  ],
  [
    'leads, and says that an entry is committed which nobody else has',
    'what is committed is on the disks of a majority',
    async ({ lie }) => {
      const entries = [{ term: 5 }]
      await lie('a', { kind: 'append', term: 5, prevIndex: 0, prevTerm: 0, entries, commitIndex: 1 })
    },
  ],
]

describe('Raft is not made for a member that', () => {
  test.each(BROKEN_PROMISES)('%s', async (_, rule, betray) => {
    const failure = await explore<Message>(
      { ...network, hosts: 2, durationMs: 100, seeds: 1 },
      async (simulation, hosts) => {
        const cluster = new Cluster(simulation, [...hosts, 'mallory'])
        await simulation.run(0)
        simulation.crash('mallory')
        simulation.network.partition(['a'], ['b']) // so that nobody can tell the other
        const lie = async (to: ServerId, message: Message) => {
          simulation.network.send('mallory', to, message)
          await simulation.run(simulation.nowMs + 30)
        }
        await betray({ cluster, lie })
      },
    )
    const error = failure?.kind === 'broken' ? failure.error : undefined
    const broken = error instanceof Error && error.cause instanceof RuleBroken ? error.cause : error
    expect(broken instanceof RuleBroken ? broken.rule : broken, 'one lie is enough').toBe(rule)
  })
})
