import { describe, expect, test } from 'vitest'
import { SimulatedDisk } from '#raft/simulated-disk'
import { type Change, recordOf } from '#raft/wal-format'
import { recover, startSegment } from '#raft/wal-recovery'
import { entryOf } from './one-server.ts'
import { Fused, inWords } from './wal-history.ts'

const FIRST = '0000000000000001.wal'
const begun: Change = { term: 1, votedFor: 'a', from: 1, entries: [entryOf(1, 1), entryOf(1, 2), entryOf(1, 3)] }

describe('a directory that is read', () => {
  test('has a segment after that, which a power cut does not take away', async () => {
    const disk = new SimulatedDisk()
    const { segment, nextRecord, saved } = await recover(disk.open())
    expect(saved, 'nothing was ever saved').toBeUndefined()
    expect({ segment, nextRecord }, 'it was empty, and record 1 comes next').toEqual({
      segment: { name: FIRST, length: 0 },
      nextRecord: 1,
    })
    await startSegment(disk.open(), 7)
    disk.crash(() => 0)
    expect(disk.names, 'sync the directory when a file was made in it').toEqual([FIRST, '0000000000000007.wal'])
  })

  test('tells what was saved, and where the next record goes', async () => {
    const record = recordOf([begun, { term: 2, from: 3, entries: [entryOf(2, 3)] }])
    const { saved, segment, nextRecord } = await recover(diskOf(record).open())
    expect(inWords(saved), 'both changes of the record').toMatch(/^term 2, vote for nobody: .*, 2 3 of term 2$/)
    expect(segment, 'behind the record').toEqual({ name: FIRST, length: record.length })
    expect(nextRecord, 'record 1 is there').toBe(2)
  })

  test('loses what is torn off its end, and the cut is on the disk before anybody relies on it', async () => {
    const torn = recordOf([{ term: 2, entries: [] }]).subarray(0, -1)
    for (const before of [recordOf([begun]), new Uint8Array(0)]) {
      const disk = diskOf(Uint8Array.from([...before, ...torn]))
      const fused = new Fused(disk.open())
      const { saved, segment } = await recover(fused)
      const when = `${before.length} bytes are whole, and a torn record stands behind them`
      expect(saved?.term, `${when}: it was acknowledged to nobody`).toBe(before.length === 0 ? undefined : 1)
      expect(segment.length, `${when}: the next record stands where the torn one began`).toBe(before.length)
      const asked = `the disk was asked to: ${fused.operations.join('; ')}`
      disk.crash(() => 0)
      expect(
        disk.file(FIRST).visible.length,
        `${when}. A power cut may bring back what was cut off, until a sync that is asked for when the cut is over (${asked})`,
      ).toBe(before.length)
    }
  })

  test('is not relied on when the directory can’t be synced', async () => {
    const disk = new Fused(diskOf(recordOf([begun])).open())
    disk.syncDirectory = () => {
      const failure = Promise.reject(new Error('EIO: the disk has not written the directory'))
      failure.catch(() => {}) // whoever doesn't wait for it never hears of it
      return failure
    }
    await expect(recover(disk), 'the segment may not be in the directory: wait for its sync').rejects.toThrow(/EIO/)
  })
})

/** A disk on which the first segment has these bytes. */
function diskOf(bytes: Uint8Array): SimulatedDisk {
  const disk = new SimulatedDisk()
  disk.create(FIRST, bytes.slice())
  disk.crash(() => 1)
  return disk
}
