import { describe, expect, test } from 'vitest'
import type { Index } from '#raft/messages'
import { SimulatedStorage } from '#raft/simulated-storage'
import { directed, type Stage } from './directed.ts'

describe('a cluster of five keeps what it has committed', () => {
  test('when leaders crash soon after they were given a command, again and again (Figure 8)', () =>
    // one entry an append: an old entry is on a majority for a while before the leader's own is
    directed({ servers: 5, entriesMax: 1 }, async (stage) => {
      for (let round = 0; round < 100; round++) {
        const leaders = stage.cluster.leaders()
        for (const leader of leaders) stage.propose(leader)
        await stage.pass(stage.random.chance(0.1) ? stage.random.integer(0, 250) : stage.random.integer(0, 13))
        stage.crash(...leaders)
        const up = stage.servers.filter((id) => stage.simulation.isUp(id))
        const down = stage.others(...up)
        if (up.length < 3) stage.restart(stage.pick(down))
        await stage.pass(10)
      }
      stage.restart(...stage.servers)
      await stage.agree(5)
    }))

  test('whichever two servers crash at the moment when the proposer is told', () =>
    directed({ servers: 5 }, async (stage) => {
      for (const [n, one] of stage.servers.entries()) {
        for (const other of stage.servers.slice(n + 1)) {
          const { command, index } = await commitOne(stage)
          stage.crash(one, other)
          const rest = stage.others(one, other)
          const isThere = () => rest.every((id) => stage.cluster.applied(id)[index - 1]?.command === command)
          await stage.until(`${rest.join()} apply entry ${index}, which was committed`, 3_000, isThere)
          stage.restart(one, other)
          await stage.pass(200)
        }
      }
    }))
})

test('a proposer is told the truth: what is committed is everywhere in the end, what is replaced nowhere', () =>
  directed({ servers: 3 }, async (stage) => {
    const asked: { readonly command: Uint8Array; readonly result: ReturnType<Stage['propose']> }[] = []
    for (let round = 0; round < 10; round++) {
      const [leader = 'a'] = stage.cluster.leaders(stage.connected)
      if (stage.random.chance(0.6)) stage.cut(leader)
      for (const id of stage.servers) {
        for (let n = stage.random.integer(1, 4); n > 0; n--) {
          const command = stage.command()
          asked.push({ command, result: stage.propose(id, command) })
        }
      }
      await stage.pass(stage.random.integer(0, 600))
      stage.join(...stage.servers)
      await stage.pass(stage.random.integer(0, 100))
    }
    stage.join(...stage.servers)
    for (let n = 0; n < 8; n++) await stage.agree(3)
    for (const { command, result } of asked) {
      for (const id of stage.servers) {
        const places = stage.cluster.applied(id).flatMap((entry, at) => (entry.command === command ? [at + 1] : []))
        const expected = result.outcome?.kind === 'committed' ? [result.outcome.index] : []
        const told = result.outcome?.kind ?? 'nothing'
        expect(told, 'no server has crashed, and entries were committed at every index').not.toBe('nothing')
        expect(places, `${id} has the command at these indexes; its proposer was told ${told}`).toEqual(expected)
      }
    }
  }))

test('a leader with a slow disk commits as fast as the disks of the others', () => {
  const syncMs = 100
  return directed({ servers: 3, seeds: 3, newDisk: (id) => diskWith(id === 'a' ? syncMs : 1) }, async (stage) => {
    await stage.leader()
    while ((await stage.leader()) !== 'a') {
      stage.cluster.campaign('a')
      await stage.pass(300)
    }
    await stage.pass(300)
    const result = stage.propose('a')
    await stage.until('committed by the other two', syncMs / 2, () => result.outcome?.kind === 'committed')
  })
})

/** A disk that takes so long for a sync, whatever the cluster says. */
function diskWith(syncMs: number) {
  const disk = new SimulatedStorage()
  return {
    get saved() {
      return disk.saved
    },
    open: (...[clock, random]: Parameters<SimulatedStorage['open']>) => disk.open(clock, random, syncMs),
  }
}

/** Proposes until a command is committed. Returns it at the moment when its proposer is told. */
async function commitOne(stage: Stage): Promise<{ readonly command: Uint8Array; readonly index: Index }> {
  for (;;) {
    const command = stage.command()
    const result = stage.propose(await stage.leader(), command)
    await stage.until('the proposer hears what became of its command', 3_000, () => result.outcome !== undefined)
    if (result.outcome?.kind === 'committed') return { command, index: result.outcome.index }
  }
}
