/** A cluster whose servers keep their logs in files, on disks that lose and tear what was not synced. */
import { expect, test } from 'vitest'
import { exponential } from '#message-passing/distributions'
import type { Simulation } from '#message-passing/simulation'
import { Cluster, type ServerDisk } from '#raft/cluster'
import type { Message, ServerId } from '#raft/messages'
import { SimulatedWal } from '#raft/simulated-wal'
import { simulated } from '../simulated.ts'

const DURATION_MS = 2_000
/** Small segments, so that crashes meet many of them being made. */
const SEGMENT_BYTES_MAX = 600
const seeds = Number(process.env.SEEDS ?? 20)
const TIMEOUT_MS = 1_500 * Math.max(20, seeds)

const world = {
  hosts: [3, 5] as const,
  durationMs: DURATION_MS,
  seeds,
  twiceEvery: 10,
  shrinkRunsMax: 20,
  copy: (message: Message) => message, // no server changes a message
  link: { latencyMs: exponential(5) },
}

test(
  'survives crashes that tear records, on a network that partitions, loses, delays and duplicates',
  async () => {
    let committed = 0
    const faults = {
      crash: 6,
      partition: 2,
      'one-way partition': 1,
      loss: 2,
      duplication: 2,
      delay: 2,
      pause: 2,
      drift: 1,
    }
    await simulated<Message>({ ...world, faults }, async (simulation, hosts) => {
      const cluster = clusterOf(simulation, hosts)
      await simulation.run(DURATION_MS)
      await expectRecovery(simulation, cluster)
      committed += cluster.invariants.committedCount
    })
    expect(committed, 'in all runs together').toBeGreaterThan(seeds * 10)
  },
  TIMEOUT_MS,
)

test(
  'survives disks that fail to sync: their servers stop, and never acknowledge what was lost',
  async () => {
    let stops = 0
    await simulated<Message>({ ...world, faults: { crash: 1 } }, async (simulation, hosts) => {
      const disks = new Map<ServerId, SimulatedWal>()
      const cluster = clusterOf(simulation, hosts, disks)
      const random = simulation.random.fork('failing disks')
      for (let atMs = 400; atMs < DURATION_MS - 500; atMs += 300) {
        const id = hosts[random.integer(0, hosts.length)] ?? ''
        simulation.at(atMs, () => disks.get(id)?.disk.failSyncs(1))
        simulation.at(atMs + 200, () => {
          for (const host of hosts) {
            if (simulation.isUp(host)) continue
            stops += 1
            simulation.restart(host)
          }
        })
      }
      await simulation.run(DURATION_MS)
      for (const { disk } of disks.values()) disk.failSyncs(0)
      await expectRecovery(simulation, cluster)
    })
    expect(stops, 'servers that were stopped by their disks, in all runs together').toBeGreaterThan(seeds)
  },
  TIMEOUT_MS,
)

/** A cluster to whose leaders commands are proposed all the time. */
function clusterOf(
  simulation: Simulation<Message>,
  hosts: readonly ServerId[],
  disks = new Map<ServerId, SimulatedWal>(),
): Cluster {
  const newDisk = (id: ServerId): ServerDisk => {
    const disk = new SimulatedWal({ segmentBytesMax: SEGMENT_BYTES_MAX })
    disks.set(id, disk)
    return disk
  }
  const cluster = new Cluster(simulation, hosts, { newDisk, syncMs: 2 })
  for (let atMs = 200, n = 0; atMs < DURATION_MS; atMs += 20) {
    simulation.at(atMs, () => {
      for (const leader of cluster.leaders()) cluster.propose(leader, new TextEncoder().encode(`${leader} ${n++}`))
    })
  }
  return cluster
}

/** Once faults have ended, there is one leader, and everybody commits all that was ever committed. */
async function expectRecovery(simulation: Simulation<Message>, cluster: Cluster): Promise<void> {
  for (const id of cluster.members) if (!simulation.isUp(id)) simulation.restart(id)
  await simulation.run(simulation.nowMs + 3_000)
  expect(cluster.leaders().length, 'servers that lead when all is well again').toBe(1)
  for (const id of cluster.members) {
    const rule = `${id} has come to know all that was committed`
    expect(cluster.state(id).commitIndex, rule).toBe(cluster.invariants.committedCount)
  }
}
