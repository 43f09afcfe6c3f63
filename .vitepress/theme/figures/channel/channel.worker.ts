/** Runs the channel figure's simulation beside the page, so that not even an endless loop in a channel holds the page up. */
import { serveRuns } from '../recorder-worker.ts'
import type { Fact, Input, Setup } from './facts.ts'
import { simulate } from './simulation.ts'

serveRuns<Setup, Input, Fact>(simulate)
