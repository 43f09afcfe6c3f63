/** Runs a cluster beside the page, so that not even an endless loop in a server holds the page up. */
import type { TraceEvent } from '#message-passing/trace'
import { serveRuns } from '../recorder-worker.ts'
import type { Input, Setup } from './setups.ts'
import { simulate } from './simulate.ts'

serveRuns<Setup, Input, TraceEvent>(simulate)
