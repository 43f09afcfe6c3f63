/** What is measured for exercise 1.5: events a second, and what a trace costs. */
import { ARRAY, HEAP, queueCases } from './event-queues.ts'
import type { Table } from './measure.ts'
import { DRAINED, handlerPeers, promisePeers, SORTED_ARRAY } from './simulation-peers.ts'
import { PROMISED, PURE, promisedCases, simulationCases } from './simulations.ts'
import { TRACE, traceMemoryCase, traceTimeCases } from './traces.ts'

export function tables(): readonly Table[] {
  return [
    {
      title: 'Events of a cluster of five, hosts that are handlers',
      unit: 'M/s',
      digits: 2,
      cases: [...simulationCases(), ...handlerPeers()],
      bars: [
        { ours: PURE, peers: [], atLeast: 1.5 },
        { ours: PURE, peers: [SORTED_ARRAY], atLeast: 0.4 },
      ],
    },
    {
      title: 'Events of a cluster of five, hosts that are async functions',
      unit: 'M/s',
      digits: 2,
      cases: [...promisedCases(), ...promisePeers()],
      bars: [
        { ours: PROMISED, peers: [], atLeast: 0.3 },
        { ours: PROMISED, peers: [DRAINED], atLeast: 0.5 },
      ],
    },
    queueTable(100, 1),
    queueTable(10_000, 1),
    {
      title: 'Memory of a trace, the heap',
      unit: 'MB',
      digits: 1,
      cases: [traceMemoryCase()],
      bars: [{ ours: TRACE, peers: [], atMost: 50 }],
    },
    { title: 'A trace of 100,000 events', unit: 'ms', digits: 0, cases: traceTimeCases(), bars: [] },
  ]
}

function queueTable(pending: number, atLeast: number): Table {
  return {
    title: `Take the next event and add another, ${pending} in the queue`,
    unit: 'M/s',
    digits: 2,
    cases: queueCases(pending),
    bars: [{ ours: HEAP, peers: [ARRAY], atLeast }],
  }
}
