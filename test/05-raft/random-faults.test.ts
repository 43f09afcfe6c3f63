/** Clusters under everything that can befall them at once, at random moments, while commands are proposed all along. */
import { expect, test } from 'vitest'
import { exponential } from '#message-passing/distributions'
import type { Simulation } from '#message-passing/simulation'
import { Cluster, type ClusterOptions, type ServerDisk } from '#raft/cluster'
import type { Message, ServerId } from '#raft/messages'
import { SimulatedWal } from '#raft/simulated-wal'
import { simulated } from '../simulated.ts'

/** `SEEDS=100` plays 1,000: chance needs more of them than a script. */
const SEEDS = 10 * Number(process.env.SEEDS ?? 1)
const DURATION_MS = 2_000
/** When the faults are over, it takes a few elections at most, with a network that is slow at times. */
const RECOVERY_MS = 2_000
const TIMEOUT_MS = SEEDS * 1_000 + 10_000

const world = {
  hosts: [3, 7] as const,
  durationMs: DURATION_MS,
  seeds: SEEDS,
  twiceEvery: 10,
  shrinkRunsMax: 50,
  copy: (message: Message) => message, // no server changes a message
  link: { latencyMs: exponential(5) },
  faults: {
    crash: 5,
    pause: 3,
    partition: 3,
    'one-way partition': 2,
    hold: 2,
    loss: 2,
    duplication: 2,
    delay: 2,
    drift: 2,
  },
}

test(
  'three to seven servers keep every rule through all faults at once, and agree when they end',
  async () => {
    let committed = 0
    await simulated<Message>(world, async (simulation, hosts) => {
      const cluster = new Cluster(simulation, hosts)
      committed += await playTo(simulation, cluster)
    })
    expect(committed, 'entries committed in all runs together').toBeGreaterThan(SEEDS * 10)
  },
  TIMEOUT_MS,
)

test(
  'so do they with logs in files, whose records are torn by crashes and whose syncs fail',
  async () => {
    let stopped = 0
    await simulated<Message>({ ...world, hosts: [3, 5] }, async (simulation, hosts) => {
      const disks = new Map<ServerId, SimulatedWal>()
      const cluster = new Cluster(simulation, hosts, onLogs(disks))
      failSyncs(simulation, disks, () => {
        stopped += 1
      })
      await playTo(simulation, cluster)
    })
    expect(stopped, 'servers that were down after their disk had failed, in all runs together').toBeGreaterThan(
      SEEDS / 2,
    )
  },
  TIMEOUT_MS,
)

/** Proposes to whoever leads until the run's end, and then lets everything heal. Returns how much was committed. */
async function playTo(simulation: Simulation<Message>, cluster: Cluster): Promise<number> {
  for (let atMs = 100, n = 0; atMs < DURATION_MS; atMs += 10) {
    simulation.at(atMs, () => {
      for (const leader of cluster.leaders()) cluster.propose(leader, new TextEncoder().encode(`${leader} ${n++}`))
    })
  }
  await simulation.run(DURATION_MS)
  for (const id of cluster.members) if (!simulation.isUp(id)) simulation.restart(id)
  await simulation.run(DURATION_MS + RECOVERY_MS)
  const before = cluster.invariants.committedCount
  const [leader, ...others] = cluster.leaders()
  expect(others, 'one server leads when all is well again').toEqual([])
  cluster.propose(leader ?? '', new TextEncoder().encode('the last one'))
  await simulation.run(simulation.nowMs + 500)
  expect(cluster.invariants.committedCount, 'a command that is proposed when all is well is committed').toBe(before + 1)
  for (const id of cluster.members) {
    const rule = `${id} has come to know all that was committed`
    expect(cluster.state(id).commitIndex, rule).toBe(cluster.invariants.committedCount)
  }
  return cluster.invariants.committedCount
}

function onLogs(disks: Map<ServerId, SimulatedWal>): ClusterOptions {
  const newDisk = (id: ServerId): ServerDisk => {
    const disk = new SimulatedWal({ segmentBytesMax: 600 }) // small ones, so that crashes meet many of them being made
    disks.set(id, disk)
    return disk
  }
  return { newDisk, syncMs: 2 }
}

/** Now and then a disk fails once. Its server stops, and is started again a while later. */
function failSyncs(
  simulation: Simulation<Message>,
  disks: ReadonlyMap<ServerId, SimulatedWal>,
  onStop: () => void,
): void {
  const random = simulation.random.fork('failing disks')
  for (let atMs = 400; atMs < DURATION_MS - 300; atMs += 400) {
    const ids = [...disks.keys()]
    const id = ids[random.integer(0, ids.length)] ?? ''
    simulation.at(atMs, () => disks.get(id)?.disk.failSyncs(1))
    simulation.at(atMs + 200, () => {
      disks.get(id)?.disk.failSyncs(0)
      if (simulation.isUp(id)) return
      onStop()
      simulation.restart(id)
    })
  }
}
