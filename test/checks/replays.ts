/**
 * Runs in the worker beside the checks, and writes the run that a failed
 * simulated check leaves behind to `.data/replays/`, where the page /replay
 * finds it. The checks themselves touch no disk.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type {} from '../simulated.ts'

const folder = join(import.meta.dirname, '../../.data/replays')

afterEach(({ task }) => {
  const { replay } = task.meta
  if (replay === undefined) return
  delete task.meta.replay // it has arrived: the report need not carry it
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${replay.name}.jsonl`), replay.lines)
})
