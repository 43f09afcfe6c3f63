/** What is measured for chapter 1, against what, and what has to be so. */
import { tables as simulationTables } from './01-simulation.bench.ts'
import { CSP, channelPeers, PASS_THROUGH, WEB_STREAM } from './channel-peers.ts'
import { AWAITED, channelCases, TRIED } from './channels.ts'
import type { Table } from './measure.ts'
import { EFFECT, effectCase } from './peers/effect.ts'
import { rustCases } from './rust.ts'
import { awaitCase, memoryCases, SLEEPING_10K, SLEEPING_10K_IN_GROUP, spawnCases } from './sleepers.ts'
import { AWAITED_BETWEEN, POSTED, TRIED_BETWEEN, threadCases } from './threads.ts'

export function tables(): readonly Table[] {
  return [
    channelTable(1, 'Numbers through a channel of capacity 1,024: one producer, one consumer'),
    channelTable(4, 'Numbers through a channel of capacity 1,024: four producers, one consumer'),
    {
      title: 'Messages to a worker thread, at most 1,024 under way',
      note: 'By the wall clock, over two threads: a busy machine changes these figures.',
      unit: 'M/s',
      digits: 2,
      cases: threadCases(),
      bars: [AWAITED_BETWEEN, TRIED_BETWEEN].map((ours) => ({ ours, peers: [POSTED], atLeast: 5 })),
    },
    {
      title: 'Memory of sleeping tasks, the whole process',
      unit: 'MB',
      digits: 1,
      cases: memoryCases('rss'),
      bars: sleepers.map((ours) => ({ ours, peers: [], atMost: 30 })),
    },
    { title: 'Memory of sleeping tasks, the heap', unit: 'MB', digits: 1, cases: memoryCases('heapUsed'), bars: [] },
    {
      title: 'Starting tasks that sleep, by processor time',
      unit: 'thousand/s',
      digits: 0,
      cases: spawnCases(),
      bars: [],
    },
    { title: 'The price of an await, by processor time', unit: 'ns', digits: 0, cases: [awaitCase()], bars: [] },
    ...simulationTables(),
  ]
}

const CLOCKS =
  'By processor time, but Rust by the wall clock: it uses several threads. On a busy machine that makes Rust look slow.'

const sleepers = [SLEEPING_10K, SLEEPING_10K_IN_GROUP]

/** The peers of the bar have real backpressure: their senders wait. The unbounded ones are there to compare. */
function channelTable(producers: number, title: string): Table {
  const cases = [...channelCases(producers), ...channelPeers(producers), effectCase(producers), ...rustCases(producers)]
  const bars = [
    { ours: AWAITED, peers: [CSP, PASS_THROUGH, WEB_STREAM, EFFECT], atLeast: 1.3 },
    { ours: TRIED, peers: [], atLeast: 25 },
  ]
  return { title, note: CLOCKS, unit: 'M/s', digits: 2, cases, bars }
}
