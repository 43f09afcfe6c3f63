/** What a power cut leaves of a disk in a simulation: as much as `Disk` promises, and at worst no more. */
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '#message-passing/virtual-clock'
import { SimulatedDisk, syncsTaking } from '#raft/simulated-disk'
import { everyChoice } from './wal-history.ts'

const nothing = () => 0
const everything = (count: number) => count - 1
const bytes = (length: number, value = 7) => new Uint8Array(length).fill(value)

/** What a file can be after a power cut, in words, each once: `3: 777`. */
async function leftOf(play: (disk: SimulatedDisk) => Promise<void>, tell: (disk: SimulatedDisk) => string) {
  const left = new Set<string>()
  await everyChoice(async (choose) => {
    const disk = new SimulatedDisk()
    await play(disk)
    disk.crash(choose)
    left.add(tell(disk))
  })
  return left
}

const contents = (disk: SimulatedDisk) => (disk.names.includes('a') ? [...disk.file('a').visible].join('') : 'no file')

describe('after a power cut', () => {
  test('a file that was created may be gone, until the directory was synced', async () => {
    const disk = new SimulatedDisk()
    const opened = disk.open()
    await opened.create('a')
    await opened.append('a', bytes(3))
    await opened.sync('a')
    disk.crash(nothing)
    expect(disk.names).toEqual([])
    await disk.open().create('a')
    await disk.open().syncDirectory()
    disk.crash(nothing)
    expect(disk.names).toEqual(['a'])
  })

  test('bytes that were not synced may be there, or zeros, or the file may be shorter', async () => {
    const left = await leftOf(async (disk) => {
      disk.create('a', bytes(2, 1))
      disk.crash(everything)
      await disk.open().append('a', bytes(2))
    }, contents)
    expect([...left].toSorted()).toEqual(['11', '110', '1100', '117', '1177'])
  })

  test('sectors are there whole or not at all, each by itself', async () => {
    const left = await leftOf(
      async (disk) => {
        disk.create('a', bytes(1, 1))
        disk.crash(everything)
        await disk.open().append('a', bytes(1_100))
      },
      (disk) => {
        const { visible } = disk.file('a')
        return [1, 511, 512, 1_023, 1_024, 1_100].map((at) => visible[at] ?? '-').join('')
      },
    )
    for (const sectors of ['777777', '007777', '770077', '777700', '000000']) expect([...left]).toContain(sectors)
    for (const sectors of left) expect(sectors, 'the two ends of a sector').toMatch(/^(00|77|0-|7-|--)(00|77|0-|7-|--)/)
  })

  test('what was cut off may be back, until the file was synced', async () => {
    const cut = async (disk: SimulatedDisk) => {
      disk.create('a', bytes(4, 1))
      disk.crash(everything)
      await disk.open().truncate('a', 2)
    }
    expect([...(await leftOf(cut, contents))].toSorted()).toEqual(['11', '1111'])
    const disk = new SimulatedDisk()
    await cut(disk)
    await disk.open().sync('a')
    disk.crash(nothing)
    expect(contents(disk)).toBe('11')
  })

  test('what was written behind a cut that was not synced may stand beside what was cut off', async () => {
    const left = await leftOf(async (disk) => {
      disk.create('a', bytes(4, 1))
      disk.crash(everything)
      await disk.open().truncate('a', 2)
      await disk.open().append('a', bytes(1))
    }, contents)
    expect([...left]).toContain('1171')
  })

  test('what was synced is there', async () => {
    const left = await leftOf(async (disk) => {
      const opened = disk.open()
      await opened.create('a')
      await opened.syncDirectory()
      await opened.append('a', bytes(3))
      await opened.sync('a')
    }, contents)
    expect([...left]).toEqual(['777'])
  })
})

describe('a sync', () => {
  test('promises nothing before it is over', async () => {
    const clock = new VirtualClock()
    const disk = new SimulatedDisk()
    disk.create('a')
    disk.crash(everything)
    const opened = disk.open(syncsTaking(clock, 10))
    await opened.append('a', bytes(3))
    let isOver = false
    void opened.sync('a').then(() => {
      isOver = true
    })
    await clock.advance(9)
    expect(isOver).toBe(false)
    disk.crash(nothing)
    expect(contents(disk)).toBe('')
    await clock.advance(9)
    expect(isOver, 'nobody hears of it any more').toBe(false)
  })

  test('covers what was written before it began, and not what came after', async () => {
    const clock = new VirtualClock()
    const disk = new SimulatedDisk()
    disk.create('a')
    disk.crash(everything)
    const opened = disk.open(syncsTaking(clock, 10))
    await opened.append('a', bytes(2))
    const syncing = opened.sync('a')
    await opened.append('a', bytes(2))
    await clock.advance(10)
    await syncing
    disk.crash(nothing)
    expect(contents(disk)).toBe('77')
  })

  test('that fails loses what it was to write, and the next one does not notice', async () => {
    const disk = new SimulatedDisk()
    disk.create('a')
    disk.crash(everything)
    const opened = disk.open()
    await opened.append('a', bytes(3))
    disk.failSyncs(1)
    await expect(opened.sync('a')).rejects.toThrow('EIO')
    await opened.sync('a')
    expect([...(await opened.read('a'))].join(''), 'it can be read').toBe('777')
    disk.crash(everything)
    expect(contents(disk), 'it is not on the disk').toBe('')
  })

  test('of a program that was killed covers nothing, and the next program can sync what was written', async () => {
    const disk = new SimulatedDisk()
    disk.create('a')
    disk.crash(everything)
    const killed = disk.open(() => new Promise(() => {}))
    await disk.open().append('a', bytes(3))
    void killed.sync('a')
    await disk.open().sync('a')
    disk.crash(nothing)
    expect(contents(disk)).toBe('777')
  })
})
