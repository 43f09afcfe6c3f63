/** The log on the machine's own disk. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Random } from '#message-passing/random'
import { NodeDisk } from '#raft/disk.node'
import { SimulatedDisk } from '#raft/simulated-disk'
import { Wal } from '#raft/wal'
import { Fused, filesOf, historyOf, live, statesOf } from './wal-history.ts'

const KILLS = 5

let parent = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'quorum-wal-'))
})
afterEach(() => rm(parent, { recursive: true }))

const history = historyOf(
  [{ term: 1, votedFor: 'a' }],
  [{ term: 1, votedFor: 'a', from: 1, commands: ['one', 'two'] }, { term: 2 }],
  [{ term: 2, from: 2, commands: ['zwei'] }],
  [{ term: 3, votedFor: 'b', from: 3, commands: ['x'.repeat(700)] }],
)

test('a directory is made if it is not there, and has what was saved when it is opened again', async () => {
  const disk = await NodeDisk.open(join(parent, 'servers', 'a'))
  await live(new Fused(disk), history, 100)
  await disk.close()
  const again = await NodeDisk.open(join(parent, 'servers', 'a'))
  const { found } = await live(new Fused(again), [], 100)
  await again.close()
  expect(found).toBe(statesOf(history).at(-1))
})

test('the files are those of the simulated disk, byte for byte', async () => {
  const real = await NodeDisk.open(parent)
  const simulated = new SimulatedDisk()
  await live(new Fused(real), history, 100)
  await live(new Fused(simulated.open()), history, 100)
  await real.close()
  const names = (await readdir(parent)).toSorted()
  expect(names).toEqual([...simulated.names].toSorted())
  expect(names.length, filesOf(simulated)).toBeGreaterThan(1)
  for (const name of names) {
    expect(new Uint8Array(await readFile(join(parent, name)))).toEqual(simulated.file(name).visible)
  }
})

test('a torn record is cut off, and the log goes on', async () => {
  const disk = await NodeDisk.open(parent)
  await live(new Fused(disk), history, 1_000)
  await disk.close()
  const [name = ''] = await readdir(parent)
  const whole = await stat(join(parent, name))
  await writeFile(join(parent, name), Uint8Array.of(1, 2, 3), { flag: 'a' })
  const again = await NodeDisk.open(parent)
  const { found, done } = await live(new Fused(again), historyOf([{ term: 9 }]), 10_000)
  await again.close()
  expect(`${found}; then ${done} done`).toBe(`${statesOf(history).at(-1)}; then 1 done`)
  expect((await stat(join(parent, name))).size, 'the record of the save stands in the place of the torn one').toBe(
    whole.size + 12 + 5,
  )
})

test('operations on files that are not there, or are, reject', async () => {
  const disk = await NodeDisk.open(parent)
  await disk.create('a.wal')
  await expect(disk.create('a.wal')).rejects.toThrow(/EEXIST/)
  await expect(disk.append('b.wal', Uint8Array.of(1))).rejects.toThrow(/ENOENT/)
  await expect(disk.read('b.wal')).rejects.toThrow(/ENOENT/)
  expect(await disk.list()).toEqual(['a.wal'])
  await disk.close()
})

test('a process that is killed in the middle of writing has lost nothing that it had acknowledged', async () => {
  const random = new Random(1)
  for (let kill = 1; kill <= KILLS; kill++) {
    const acknowledged = await killedAfter(random.integer(1, 150))
    const disk = await NodeDisk.open(parent)
    const wal = await Wal.open(disk, { onFatal: () => {} })
    await disk.close()
    const commands = wal.saved?.log.entries.map(({ command }) => new TextDecoder().decode(command)) ?? []
    const when = `process ${kill} was killed after it had said that entry ${acknowledged} is saved`
    expect(commands.length, when).toBeGreaterThanOrEqual(acknowledged)
    for (const [at, command] of commands.entries()) expect(command, when).toMatch(new RegExp(`^entry ${at + 1} \\.*$`))
  }
}, 60_000)

/** Lets a process write until it has said so many times that something is saved, and kills it. Returns the last index that it named. */
async function killedAfter(count: number): Promise<number> {
  const script = join(import.meta.dirname, 'wal-writer.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  let [said, last] = [0, 0]
  for await (const line of createInterface({ input: child.stdout })) {
    said += 1
    last = Number(line)
    if (said === count) child.kill('SIGKILL')
  }
  if (said < count) throw new Error(`the process ended by itself, after ${said} lines`)
  return last
}
