/** The write-ahead log on the disk of this machine, beside a program that writes and syncs one record after the other. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeDisk } from '#raft/disk.node'
import { Wal } from '#raft/wal'
import type { Case } from '../measure.ts'

export const PLAIN = 'write and fdatasync, one after the other'

const IN_FLIGHT = [1, 16, 64, 1_024] as const
const nameOf = (inFlight: number) =>
  `Wal, ${inFlight.toLocaleString('en')} ${inFlight === 1 ? 'save' : 'saves'} in flight`

export const LOG_FILES: readonly [string, ...string[]] = [nameOf(IN_FLIGHT[0]), ...IN_FLIGHT.slice(1).map(nameOf)]

const MEASURED_MS = 1_500
/** What a save of one entry of 100 bytes comes to. */
const RECORD_BYTES = 12 + 113
const COMMAND = new Uint8Array(100).fill(1)

export function logFileCases(): readonly Case[] {
  return [
    { name: PLAIN, measure: () => inDirectory(plainPerSecond) },
    ...IN_FLIGHT.map((inFlight) => ({
      name: nameOf(inFlight),
      measure: () => inDirectory((directory) => savesPerSecond(directory, inFlight)),
    })),
  ]
}

async function inDirectory(measure: (directory: string) => Promise<number>): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'quorum-bench-'))
  try {
    return await measure(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function plainPerSecond(directory: string): Promise<number> {
  const file = openSync(join(directory, 'plain'), 'a')
  const record = new Uint8Array(RECORD_BYTES).fill(1)
  const startMs = performance.now()
  let count = 0
  while (performance.now() - startMs < MEASURED_MS) {
    writeSync(file, record)
    fdatasyncSync(file)
    count += 1
  }
  closeSync(file)
  return (count / (performance.now() - startMs)) * 1_000
}

async function savesPerSecond(directory: string, inFlight: number): Promise<number> {
  const disk = await NodeDisk.open(directory)
  const wal = await Wal.open(disk, {
    onFatal: (error) => {
      throw error
    },
  })
  let [asked, done] = [0, 0]
  const startMs = performance.now()
  const perSecond = await new Promise<number>((resolve) => {
    const onDone = () => {
      done += 1
      const elapsedMs = performance.now() - startMs
      if (elapsedMs < MEASURED_MS) next()
      else if (done === asked) resolve((done / elapsedMs) * 1_000)
    }
    const next = () => {
      asked += 1
      const entries = [{ term: 1, command: COMMAND }]
      wal.save({ kind: 'save', save: asked, term: 1, votedFor: 'a', from: asked, entries }, onDone)
    }
    for (let n = 0; n < inFlight; n++) next()
  })
  await disk.close()
  return perSecond
}
