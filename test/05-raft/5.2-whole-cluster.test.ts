import { describe, expect, test } from 'vitest'
import { directed } from './directed.ts'

describe('a cluster of three', () => {
  test('commits three commands on all servers, in order, and nothing before they are proposed', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.leader()
      await stage.until("the leader's own no-op is committed", 2_000, () => stage.committed === 1)
      for (const index of [2, 3, 4]) {
        expect(stage.committed, 'nothing is committed that nobody proposed').toBe(index - 1)
        expect(await stage.agree(3), 'each command gets the next index').toBe(index)
      }
    }))

  test('sends each of ten large commands to each follower once', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      stage.cluster.resetCounts()
      for (let n = 0; n < 10; n++) await stage.agree(3, stage.command(5_000))
      const { commandBytes } = stage.cluster.sent
      expect(commandBytes, 'two followers, ten commands of 5,000 bytes').toBeLessThanOrEqual(2 * 10 * 5_000)
    }))

  test('goes on with one of two followers, and commits nothing with none', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      const leader = await stage.leader()
      const [one = '', other = ''] = stage.others(leader)
      stage.cut(one)
      await stage.agree(2)
      await stage.pass(500)
      await stage.agree(2)
      stage.cut(other)
      const before = stage.committed
      const lost = stage.propose(leader)
      await stage.pass(2_000)
      expect(stage.committed, 'one of three is no majority').toBe(before)
      expect(lost.outcome, 'nobody can know yet what becomes of the command').toBeUndefined()
    }))

  test('goes on when the first leader is cut off, and commits nothing when the second is too', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      stage.cut(await stage.leader())
      await stage.agree(2)
      await stage.pass(500)
      await stage.agree(2)
      stage.cut(await stage.leader())
      const before = stage.committed
      for (const id of stage.servers) stage.propose(id)
      await stage.pass(2_000)
      expect(stage.committed, 'no server has a majority').toBe(before)
    }))

  test('brings a follower up to date that has missed four commands', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      const leader = await stage.leader()
      stage.cut(stage.others(leader)[0] ?? '')
      for (let n = 0; n < 4; n++) await stage.agree(2)
      await stage.pass(500)
      stage.join(...stage.servers)
      await stage.agree(3)
      await stage.pass(500)
      await stage.agree(3)
    }))

  test('commits five commands that were proposed at once, in one term', () =>
    directed({ servers: 3 }, async (stage) => {
      const leader = await stage.leader()
      const results = Array.from({ length: 5 }, () => stage.propose(leader))
      await stage.until('all five are committed', 2_000, () => results.every(({ outcome }) => outcome !== undefined))
      const indexes = results.flatMap(({ outcome }) => (outcome?.kind === 'committed' ? [outcome.index] : []))
      expect(indexes, 'each has a place of its own, in the order of asking').toEqual([2, 3, 4, 5, 6])
    }))

  test('drops the entries of a leader that was cut off, and says so to who proposed them', () =>
    directed({ servers: 3 }, async (stage) => {
      await stage.agree(3)
      const first = await stage.leader()
      stage.cut(first)
      const lost = [1, 2, 3].map(() => stage.propose(first))
      const second = await stage.leader()
      await stage.agree(2)
      stage.cut(second)
      stage.join(first)
      await stage.agree(2)
      stage.join(second)
      await stage.agree(3)
      const outcomes = lost.map(({ outcome }) => outcome?.kind)
      expect(outcomes, 'other entries stand in their places').toEqual(['replaced', 'replaced', 'replaced'])
    }))

  test('spends few messages: at most 84 for ten commands at once', () =>
    directed({ servers: 3 }, async (stage) => {
      const leader = await stage.leader()
      await stage.agree(3)
      stage.cluster.resetCounts()
      const results = Array.from({ length: 10 }, () => stage.propose(leader))
      await stage.until('all are committed', 2_000, () => results.every(({ outcome }) => outcome !== undefined))
      expect(stage.cluster.sent.messages, 'the appends to two followers, and their answers').toBeLessThanOrEqual(84)
    }))
})

describe('a cluster of five', () => {
  test('commits nothing while three of four followers are cut off, and agrees again afterwards', () =>
    directed({ servers: 5 }, async (stage) => {
      await stage.agree(5)
      const leader = await stage.leader()
      const cut = stage.others(leader).slice(0, 3)
      stage.cut(...cut)
      const before = stage.committed
      stage.propose(leader)
      await stage.pass(2_000)
      expect(stage.committed, 'two of five are no majority').toBe(before)
      stage.join(...cut)
      await stage.leader()
      await stage.agree(5)
    }))

  test('finds back quickly when leaders of two minorities have logs of 50 entries that nobody else has', () =>
    directed({ servers: 5 }, async (stage) => {
      await stage.agree(5)
      const first = await stage.leader()
      const [a = '', b = '', c = '', d = ''] = stage.others(first)
      stage.cut(b, c, d)
      for (let n = 0; n < 50; n++) stage.propose(first)
      await stage.pass(500)
      stage.cut(first, a)
      stage.join(b, c, d)
      for (let n = 0; n < 50; n++) await stage.agree(3)
      const second = await stage.leader()
      const out = [b, c, d].find((id) => id !== second) ?? ''
      stage.cut(out)
      for (let n = 0; n < 50; n++) stage.propose(second)
      await stage.pass(500)
      stage.cut(...stage.servers)
      stage.join(first, a, out)
      for (let n = 0; n < 50; n++) await stage.agree(3)
      stage.join(...stage.servers)
      await stage.agree(5)
    }))
})
