import { describe, expect, test } from 'vitest'
import type { Disk } from '#raft/disk'
import { SimulatedDisk } from '#raft/simulated-disk'
import { Wal } from '#raft/wal'
import { WalFailed } from '#raft/wal-errors'
import { Fused, historyOf, inWords } from './wal-history.ts'

const SEGMENT_BYTES_MAX = 100
const history = historyOf(
  [{ term: 1, votedFor: 'a' }],
  [{ term: 1, votedFor: 'a', from: 1, commands: ['lost'] }],
  [{ term: 2, votedFor: 'b', from: 1, commands: ['x'.repeat(90)] }],
)
const [[first] = [], [second] = [], [long] = []] = history

describe('a sync that fails', () => {
  test('acknowledges nothing, now or later, and is told once', async () => {
    const { disk, wal, doneSaves, failures } = await openedOnce()
    await asked(wal, first, doneSaves)
    disk.failSyncs(1)
    await asked(wal, second, doneSaves)
    await asked(wal, long, doneSaves)
    const rule = 'the disk has not said that save 2 is on it, and after that nothing is known of what it has'
    expect(doneSaves, rule).toEqual([1])
    expect(failures.length, 'onFatal is called once: the server stops').toBe(1)
    expect(failures[0], 'what stopped it').toBeInstanceOf(WalFailed)
    expect(failures[0]?.file, 'the segment that was being written').toBe('0000000000000001.wal')
  })

  test('is not tried again: the next one says that all is well, and nothing is on the disk', async () => {
    const { disk, fused, wal, doneSaves } = await openedOnce()
    await asked(wal, first, doneSaves)
    disk.failSyncs(1)
    await asked(wal, second, doneSaves)
    const { length } = fused.operations
    await asked(wal, second, doneSaves)
    expect(fused.operations.slice(length), 'what the disk was asked for after the failure').toEqual([])
    expect(doneSaves, 'Linux marks the pages as written although they are not').toEqual([1])
    disk.crash(() => 0)
    const again = await Wal.open(disk.open(), { onFatal: () => {} })
    expect(inWords(again.saved), 'after a power cut').toBe('term 1, vote for a: no entries')
  })

  test('fails those who wait for the next group as well', async () => {
    const { disk, wal, doneSaves, failures } = await openedOnce()
    disk.failSyncs(1)
    await Promise.all([asked(wal, first, doneSaves), asked(wal, second, doneSaves), asked(wal, long, doneSaves)])
    expect(doneSaves, 'the first of them has failed, and the others come behind it').toEqual([])
    expect(failures.length, 'onFatal is called once').toBe(1)
  })

  test('is told once, however many waited for it', async () => {
    const { disk, wal, doneSaves, failures } = await openedOnce()
    if (first === undefined || second === undefined || long === undefined) throw new Error('there are three')
    wal.save(first, () => {
      doneSaves.push(first.save)
      disk.failSyncs(1)
      for (const save of [second, long]) wal.save(save, () => doneSaves.push(save.save))
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(doneSaves, 'two saves were written together, and the sync has failed').toEqual([1])
    expect(failures.length, 'onFatal is called once, and not for each of those who waited').toBe(1)
  })

  test('of the directory is as fatal: a segment that is not in it goes with the next power cut', async () => {
    const { disk, wal, doneSaves, failures } = await openedOnce()
    await asked(wal, second, doneSaves)
    disk.failSyncs(1) // the long one begins a segment
    await asked(wal, long, doneSaves)
    expect(doneSaves, 'the directory was not written').toEqual([2])
    expect(failures.length, 'onFatal is called once').toBe(1)
  })

  test('while the log is read fails its opening', async () => {
    const { disk, wal, doneSaves } = await openedOnce()
    await asked(wal, first, doneSaves)
    disk.failSyncs(1)
    const opening = Wal.open(disk.open(), { onFatal: () => {} })
    await expect(opening, 'what was read may not be on the disk').rejects.toThrow(/EIO/)
  })
})

describe('a write that fails', () => {
  test('is as fatal: part of the record may be in the file, and the next must not follow it', async () => {
    const { fused, wal, doneSaves, failures } = await openedOnce()
    await asked(wal, first, doneSaves)
    fused.append = () => Promise.reject(new Error('ENOSPC: no space is left on the disk'))
    await asked(wal, second, doneSaves)
    fused.append = Fused.prototype.append
    await asked(wal, long, doneSaves)
    expect(doneSaves, 'nothing is acknowledged after the failure').toEqual([1])
    expect(failures.length, 'onFatal is called once').toBe(1)
    expect(failures[0]?.message, 'with the disk’s own words').toMatch(/no space is left/)
  })
})

async function openedOnce() {
  const disk = new SimulatedDisk()
  const fused: Disk & Fused = new Fused(disk.open())
  const failures: WalFailed[] = []
  const options = { segmentBytesMax: SEGMENT_BYTES_MAX, onFatal: (error: WalFailed) => failures.push(error) }
  const doneSaves: number[] = []
  return { disk, fused, wal: await Wal.open(fused, options), doneSaves, failures }
}

/** Asks for a save, and lets everything happen that can. */
async function asked(wal: Wal, save: (typeof history)[number][number] | undefined, doneSaves: number[]): Promise<void> {
  if (save === undefined) throw new Error('there are three')
  wal.save(save, () => doneSaves.push(save.save))
  await new Promise((resolve) => setImmediate(resolve))
}
