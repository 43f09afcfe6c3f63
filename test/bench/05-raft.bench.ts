/** What is measured for the first half of chapter 5, and what has to be so. */
import { coreCases, ONE_BY_ONE, PEER_ONE_BY_ONE, PEER_SIXTY_FOUR, SIXTY_FOUR } from './05-raft/cores.ts'
import { LOG_FILES, logFileCases, PLAIN } from './05-raft/log-files.ts'
import { memoryCases, OWN_ARRAYS, OWN_RESIDENT, SHARED_ARRAYS, SHARED_RESIDENT } from './05-raft/memory.ts'
import { IN_MEMORY, ON_LOGS, simulatedCases } from './05-raft/simulated-clusters.ts'
import type { Table } from './measure.ts'

export function tables(): readonly Table[] {
  return [
    {
      title: 'Entries committed by three cores in memory, without a network or a disk',
      note: 'Seconds of processor time of all three together.',
      unit: 'thousand/s',
      digits: 0,
      cases: coreCases(),
      bars: [
        { ours: SIXTY_FOUR, peers: [], atLeast: 300 },
        { ours: ONE_BY_ONE, peers: [], atLeast: 30 },
        { ours: SIXTY_FOUR, peers: [PEER_SIXTY_FOUR], atLeast: 2 },
        { ours: ONE_BY_ONE, peers: [PEER_ONE_BY_ONE], atLeast: 1 },
      ],
    },
    {
      title: 'Five servers in a simulation with all invariants, 100 commands a second',
      note: 'Simulated seconds in one second of processor time.',
      unit: 's/s',
      digits: 0,
      cases: simulatedCases(),
      bars: [
        { ours: IN_MEMORY, peers: [], atLeast: 100 },
        { ours: ON_LOGS, peers: [], atLeast: 10 },
      ],
    },
    {
      title: 'Memory of a server with 1,000,000 entries of 100 bytes',
      note: 'The whole process is its resident memory, with Node itself and what was not given back yet.',
      unit: 'MB',
      digits: 0,
      cases: memoryCases(),
      bars: [
        { ours: OWN_ARRAYS, peers: [], atMost: 400 },
        { ours: SHARED_ARRAYS, peers: [], atMost: 400 },
        { ours: OWN_RESIDENT, peers: [], atMost: 400 },
        { ours: SHARED_RESIDENT, peers: [], atMost: 400 },
      ],
    },
    {
      title: 'Saves of one entry of 100 bytes to the disk of this machine',
      note: 'By the clock on the wall. What a sync costs depends on the disk more than on the program.',
      unit: 'saves/s',
      digits: 0,
      cases: logFileCases(),
      bars: [{ ours: LOG_FILES[0], peers: [PLAIN], atLeast: 0.5 }],
    },
  ]
}
