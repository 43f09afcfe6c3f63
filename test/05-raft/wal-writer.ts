/** A process that writes a log to the real disk until it is killed. It prints the index of each entry that is saved. */

import { NodeDisk } from '#raft/disk.node'
import { lastIndexOf } from '#raft/log'
import { Wal } from '#raft/wal'

const IN_FLIGHT = 8
await write(process.argv[2] ?? '')

async function write(directory: string): Promise<void> {
  const wal = await Wal.open(await NodeDisk.open(directory), {
    segmentBytesMax: 2_000,
    onFatal: (error) => {
      throw error
    },
  })
  let index = wal.saved === undefined ? 0 : lastIndexOf(wal.saved.log)
  const saveNext = () => {
    index += 1
    const saved = index
    const entry = { term: 1, command: new TextEncoder().encode(`entry ${saved} `.padEnd(saved % 700, '.')) }
    wal.save({ kind: 'save', save: saved, term: 1, votedFor: 'a', from: saved, entries: [entry] }, () => {
      process.stdout.write(`${saved}\n`)
      saveNext()
    })
  }
  for (let n = 0; n < IN_FLIGHT; n++) saveNext()
}
