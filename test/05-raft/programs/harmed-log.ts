import { lastIndexOf } from '#raft/log'
import { SimulatedDisk } from '#raft/simulated-disk'
import { recordOf, segmentName } from '#raft/wal-format'
import { recover } from '#raft/wal-recovery'
import { flipped, joined } from '../../02-serialization/log-file.ts'
import type { Program } from '../../program.ts'

/** A log of four records, each with one entry, in two segments. It is harmed, and read. */
export async function harmedLog({ print }: Program): Promise<void> {
  const records = [1, 2, 3, 4].map((from) => recordOf([{ term: 1, from, entries: [{ term: 1 }] }]))
  const first = joined(...records.slice(0, 2))
  const second = joined(...records.slice(2))
  const show = async (what: string, ...segments: readonly [Uint8Array, Uint8Array]) => {
    const disk = new SimulatedDisk()
    for (const [at, bytes] of segments.entries()) disk.create(segmentName(1 + 2 * at), bytes.slice())
    print(`${what}: ${await outcomeOf(disk)}`)
  }
  await show('as it was written', first, second)
  await show('the last three bytes are missing', first, second.slice(0, -3))
  await show('a bit has flipped', flipped(first, 100), second)
}

async function outcomeOf(disk: SimulatedDisk): Promise<string> {
  try {
    const { saved } = await recover(disk.open())
    return `the server starts with ${saved === undefined ? 0 : lastIndexOf(saved.log)} entries`
  } catch (error) {
    return String(error)
  }
}
