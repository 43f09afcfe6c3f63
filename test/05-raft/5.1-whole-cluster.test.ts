import { describe, expect, test } from 'vitest'
import { directed } from './directed.ts'

/** Two and a half times the longest election timeout: enough for one more election, if there were a reason. */
const CALM_MS = 750

describe('a cluster of three', () => {
  test('elects a leader, and keeps it as long as nothing fails', () =>
    directed({ servers: 3 }, async (stage) => {
      const leader = await stage.leader()
      const { term } = stage.cluster.state(leader)
      expect(term, 'the first election makes term 1 or a later one').toBeGreaterThanOrEqual(1)
      await stage.pass(CALM_MS)
      expect(await stage.leader(), 'nobody had a reason to stand for election').toBe(leader)
      expect(stage.cluster.state(leader).term, 'nobody had a reason to begin a term').toBe(term)
    }))

  test('replaces a leader that is cut off; an old leader that comes back follows the new one', () =>
    directed({ servers: 3 }, async (stage) => {
      const first = await stage.leader()
      stage.cut(first)
      const second = await stage.leader()
      expect(second, 'the first is cut off').not.toBe(first)
      stage.join(first)
      expect(await stage.leader(), 'an old leader does not disturb the new one').toBe(second)
      expect(stage.cluster.leaders(), 'the old leader has heard of the later term').toEqual([second])
      const { term } = stage.cluster.state(second)
      await stage.pass(CALM_MS)
      expect(await stage.leader(), 'nobody had a reason to replace the new leader').toBe(second)
      expect(stage.cluster.state(second).term, 'nobody had a reason to begin a term').toBe(term)
      for (const id of stage.others(second)) {
        const { role } = stage.cluster.state(id)
        const followed = role.kind === 'follower' ? role.leader : role.kind
        expect(followed, `${id} has heard from ${second} for a long time, and follows it`).toBe(second)
      }
    }))

  test('has no leader while there is no majority, and one again as soon as there is', () =>
    directed({ servers: 3 }, async (stage) => {
      const leader = await stage.leader()
      const [one, other] = stage.others(leader)
      stage.cut(leader, one ?? '')
      await stage.pass(CALM_MS)
      stage.requireNoLeader()
      stage.join(one ?? '')
      const next = await stage.leader()
      expect([one, other], 'a majority of two has a leader among them').toContain(next)
      stage.join(leader)
      await stage.leader()
    }))
})

test('a cluster of seven elects a leader again and again while any three of them are cut off', () =>
  directed({ servers: 7 }, async (stage) => {
    await stage.leader()
    for (let round = 0; round < 9; round++) {
      const unlucky = new Set<string>()
      while (unlucky.size < 3) unlucky.add(stage.pick(stage.servers))
      stage.cut(...unlucky)
      await stage.leader()
      stage.join(...unlucky)
    }
    await stage.leader()
  }))

test('a network that loses one message in ten still gets a leader, and none of them twice in a term', () =>
  directed({ servers: 5, unreliable: true }, async (stage) => {
    for (let round = 0; round < 5; round++) {
      const leader = await stage.leader()
      stage.crash(leader)
      await stage.leader()
      stage.restart(leader)
    }
  }))

test('an election costs at most 30 messages, and an idle second at most 90', () =>
  directed({ servers: 3 }, async (stage) => {
    await stage.leader()
    expect(stage.cluster.sent.messages, 'messages to elect the first leader').toBeLessThanOrEqual(30)
    await stage.pass(CALM_MS)
    stage.cluster.resetCounts()
    await stage.pass(1_000)
    expect(stage.cluster.sent.messages, 'two followers, twenty heartbeats, as many answers').toBeLessThanOrEqual(90)
  }))
