/** Runs beside the checks of a campaign, in a process of their own, and notes what processor time each takes. */
import { afterEach, beforeEach } from 'vitest'
import { cpuMicros } from '../bench/measure.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Processor time, also for second runs of a seed and for whatever the check does besides. */
    cpuMicros?: number
  }
}

const start = { user: 0, system: 0 }

beforeEach(({ task }) => {
  task.meta.cpuMicros = -cpuMicros(start)
})

afterEach(({ task }) => {
  task.meta.cpuMicros = (task.meta.cpuMicros ?? 0) + cpuMicros(start)
})
