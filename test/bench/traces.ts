/** What a trace of 100,000 events costs: in memory, and to write and to read as JSON Lines. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readJsonLines, Trace } from '#message-passing/trace'
import { type Case, cpuMicros } from './measure.ts'

const EVENTS = 100_000

export const TRACE = 'a trace of 100,000 events, messages as Raft sends them'

/** Megabytes on the heap. */
export function traceMemoryCase(): Case {
  return {
    name: TRACE,
    measure: async () => {
      const before = heapBytes(undefined)
      const trace = filled()
      return (heapBytes(trace) - before) / 1e6
    },
  }
}

/** Milliseconds of processor time. */
export function traceTimeCases(): readonly Case[] {
  return [
    { name: 'hash()', measure: async () => millisOf((trace) => trace.hash()) },
    { name: 'toJsonLines()', measure: async () => millisOf((trace) => trace.toJsonLines()) },
    {
      name: 'toJsonLines(), readJsonLines()',
      measure: async () => millisOf((trace) => readJsonLines(trace.toJsonLines())),
    },
  ]
}

function millisOf(work: (trace: Trace) => unknown): number {
  const trace = filled()
  work(trace)
  const start = process.cpuUsage()
  work(trace)
  return cpuMicros(start) / 1_000
}

/** Half sendings, half receipts; each with a message of its own, as the copies in a real run are. */
function filled(): Trace {
  const trace = new Trace(EVENTS)
  for (let id = 1; id <= EVENTS / 2; id++) {
    const message = () => ({ kind: 'append', term: 3, index: id, entries: [{ term: 3, command: `set x ${id}` }] })
    trace.record({ atMs: id / 3, kind: 'send', host: 'a', to: 'b', id, message: message() })
    trace.record({ atMs: id / 3 + 1, kind: 'receive', host: 'b', from: 'a', id, message: message() })
  }
  return trace
}

/** What the heap holds, garbage left out. `held` is what must not become garbage before. */
function heapBytes(held: unknown): number {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void // the function that the flag adds
  collectGarbage()
  const { heapUsed } = process.memoryUsage()
  return held === null ? 0 : heapUsed
}
