import { describe, test } from 'vitest'
import { directed, type Stage } from './directed.ts'

describe('a cluster remembers what it has committed', () => {
  test('when all three restart, when the leader does, when it is away, and when a follower is', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      bounce(stage, stage.servers)
      await stage.agree(3)
      bounce(stage, [await stage.leader()])
      await stage.agree(3)
      const leader = await stage.leader()
      stage.crash(leader)
      await stage.agree(2)
      stage.restart(leader)
      await stage.agree(3)
      const follower = stage.others(await stage.leader())[0] ?? ''
      stage.crash(follower)
      await stage.agree(2)
      stage.restart(follower)
      await stage.agree(3)
    }))

  test('when three of five restart in an order in which only their disks know what was committed', () =>
    directed({ servers: 5 }, async (stage) => {
      for (let round = 0; round < 3; round++) {
        await stage.agree(5)
        const leader = await stage.leader()
        const [a = '', b = '', c = '', d = ''] = stage.others(leader)
        stage.crash(a, b)
        await stage.agree(3)
        stage.crash(leader, c, d)
        stage.restart(a, b)
        await stage.pass(500)
        stage.restart(c)
        await stage.agree(3)
        stage.restart(leader, d)
      }
      await stage.agree(5)
    }))

  test('when a leader comes back that was down together with a follower, and meets one that was cut off', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      const leader = await stage.leader()
      const [one = '', other = ''] = stage.others(leader)
      stage.cut(other)
      await stage.agree(2)
      stage.crash(leader, one)
      stage.join(other)
      stage.restart(leader)
      await stage.agree(2)
      stage.restart(one)
      await stage.agree(3)
    }))
})

describe('a network that loses, delays and reorders', () => {
  test('loses no command that was agreed on, with many under way', () =>
    directed({ servers: 5, unreliable: true }, async (stage) => {
      await stage.leader()
      for (let round = 0; round < 25; round++) {
        const [leader] = stage.cluster.leaders()
        if (leader !== undefined) for (let n = 0; n < 5; n++) stage.propose(leader)
        await stage.pass(20)
      }
      await stage.agree(5)
    }))

  test('agrees in the end when leaders are cut off instead of crashed, and answers come seconds late', () =>
    directed({ servers: 5, unreliable: true }, async (stage) => {
      for (let round = 0; round < 100; round++) {
        if (round === 20) stage.slowDown()
        const leaders = stage.cluster.leaders(stage.connected)
        for (const leader of leaders) stage.propose(leader)
        await stage.pass(stage.random.chance(0.1) ? stage.random.integer(0, 250) : stage.random.integer(0, 13))
        if (stage.random.chance(0.5)) stage.cut(...leaders)
        if (stage.connected.length < 3) stage.join(stage.pick(stage.others(...stage.connected)))
        await stage.pass(10)
      }
      stage.join(...stage.servers)
      await stage.agree(5)
    }))

  test.each([false, true])(
    'keeps what clients saw committed through cuts, crashes and restarts (unreliable: %s)',
    (unreliable) =>
      directed({ servers: 5, unreliable }, async (stage) => {
        for (let round = 0; round < 20; round++) {
          if (stage.random.chance(0.2)) stage.cut(stage.pick(stage.servers))
          if (stage.random.chance(0.5)) {
            const server = stage.pick(stage.servers)
            stage.restart(server)
            stage.join(server)
          }
          if (stage.random.chance(0.2)) stage.crash(stage.pick(stage.servers))
          for (const leader of stage.cluster.leaders()) stage.propose(leader)
          await stage.pass(210)
        }
        stage.join(...stage.servers)
        stage.restart(...stage.servers)
        await stage.agree(5)
      }),
  )
})

function bounce(stage: Stage, servers: readonly string[]): void {
  stage.crash(...servers)
  stage.restart(...servers)
}
