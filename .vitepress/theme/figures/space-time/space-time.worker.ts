/** Runs the worlds of the space-time figure beside the page, so that not even an endless loop in a host holds the page up. */
import type { TraceEvent } from '#message-passing/trace'
import { serveRuns } from '../recorder-worker.ts'
import type { Input, Setup } from './setups.ts'
import { simulate } from './simulate.ts'

serveRuns<Setup, Input, TraceEvent>(simulate)
