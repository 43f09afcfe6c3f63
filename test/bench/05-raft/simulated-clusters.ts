/** How much faster than real time five servers live in a simulation. */
import { exponential } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { Cluster, type ClusterOptions } from '#raft/cluster'
import type { Message } from '#raft/messages'
import { SimulatedWal } from '#raft/simulated-wal'
import { type Case, cpuMicros } from '../measure.ts'

export const IN_MEMORY = 'Saves in memory'
export const ON_LOGS = 'Logs on simulated disks'

const COMMAND_EVERY_MS = 10

export function simulatedCases(): readonly Case[] {
  return [
    simulatedCase(IN_MEMORY, 60, {}),
    simulatedCase(ON_LOGS, 20, { newDisk: () => new SimulatedWal({ segmentBytesMax: 16_384 }) }),
  ]
}

function simulatedCase(name: string, durationS: number, options: ClusterOptions): Case {
  return {
    name,
    measure: async () => {
      await simulate(durationS / 4, options)
      const start = process.cpuUsage()
      await simulate(durationS, options)
      return (durationS / cpuMicros(start)) * 1e6
    },
  }
}

async function simulate(durationS: number, options: ClusterOptions): Promise<void> {
  const link = { latencyMs: exponential(2) }
  const simulation = new Simulation<Message>({ seed: 1, copy: (message) => message, link })
  const cluster = new Cluster(simulation, ['a', 'b', 'c', 'd', 'e'], options)
  const endMs = durationS * 1_000
  for (let atMs = 1_000; atMs < endMs; atMs += COMMAND_EVERY_MS) {
    simulation.at(atMs, () => {
      const [leader] = cluster.leaders()
      if (leader !== undefined) cluster.propose(leader, new Uint8Array(100))
    })
  }
  await simulation.run(endMs)
  const expected = (endMs - 1_000) / COMMAND_EVERY_MS
  const { committedCount } = cluster.invariants
  if (committedCount < expected * 0.9) throw new Error(`${committedCount} of ${expected} commands were committed`)
}
