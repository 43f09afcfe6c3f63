import { describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { constant } from '#message-passing/distributions'
import type { LinkSettings } from '#message-passing/link'
import { Simulation } from '#message-passing/simulation'
import { drawSpaceTime, type SpaceTimeOptions } from '#message-passing/space-time'
import { Trace } from '#message-passing/trace'

type Message = string | { readonly kind: string; readonly term: number }

/** A world in which nobody says anything by itself, for scenes in which everything is said on cue. */
class Scene {
  readonly trace = new Trace()
  readonly simulation: Simulation<Message>
  readonly #speakers = new Map<string, (to: string, message: Message) => void>()

  constructor(hosts: readonly string[], link: Partial<LinkSettings> = { latencyMs: constant(10) }) {
    this.simulation = new Simulation<Message>({ seed: 1, trace: this.trace, link })
    for (const name of hosts) {
      this.simulation.host(name, (host) => {
        host.onMessage(() => {})
        this.#speakers.set(name, (to, message) => host.send(to, message))
      })
    }
  }

  say(atMs: number, from: string, to: string, message: Message): this {
    this.simulation.at(atMs, () => this.#speakers.get(from)?.(to, message))
    return this
  }

  async drawn(untilMs: number, options: SpaceTimeOptions = {}): Promise<string> {
    await this.simulation.run(untilMs).catch(() => {})
    const drawing = drawSpaceTime(this.trace.events(), options)
    expect(drawing.split('\n').filter((line) => line.length > (options.columns ?? 80))).toEqual([])
    return drawing
  }
}

describe('a space-time diagram shows', () => {
  test('messages both ways, past a host between, crossing and overtaking each other', async () => {
    const scene = new Scene(['ann', 'bob', 'cid'])
    const { simulation } = scene
    simulation.at(20, () => simulation.network.link('ann', 'cid').change({ latencyMs: constant(30) }))
    simulation.at(25, () => simulation.network.link('ann', 'cid').change({ latencyMs: constant(5.04) }))
    scene.say(0, 'ann', 'bob', 'hello').say(1, 'bob', 'ann', 'hello yourself')
    scene.say(21, 'ann', 'cid', { kind: 'vote', term: 3 }).say(26, 'ann', 'cid', { kind: 'vote', term: 4 })
    scene.say(27, 'cid', 'ann', 'a message that is much too long for the line that it stands on')
    await expect(await scene.drawn(100)).toMatchFileSnapshot('golden/space-time-messages.txt')
  })

  test('what becomes of a message: lost, cut off, refused by a host that is down, twice, held, or not there yet', async () => {
    const scene = new Scene(['a', 'b', 'c'])
    const { simulation } = scene
    const { network } = simulation
    simulation.at(10, () => network.link('a', 'b').change({ loss: 1 }))
    scene.say(11, 'a', 'b', 'lost')
    simulation.at(20, () => network.partition(['b'], ['a', 'c']))
    scene.say(21, 'b', 'a', 'cut off')
    simulation.at(30, () => network.repair())
    simulation.at(31, () => simulation.crash('c'))
    scene.say(32, 'a', 'c', 'anybody there?').say(33, 'b', 'c', 'hello?')
    simulation.at(50, () => simulation.restart('c'))
    simulation.at(51, () => network.link('c', 'b').change({ duplication: 1 }))
    scene.say(52, 'c', 'b', 'twice')
    simulation.at(70, () => network.hold('c', 'a'))
    scene.say(71, 'c', 'a', 'held')
    simulation.at(90, () => network.release('c', 'a'))
    simulation.at(91, () => network.partitionOneWay(['a'], ['b']))
    scene.say(95, 'b', 'c', 'not yet')
    await expect(await scene.drawn(100)).toMatchFileSnapshot('golden/space-time-losses.txt')
  })

  test('what befalls a host, what it says, and a broken rule', async () => {
    const scene = new Scene(['a', 'b'])
    const { simulation } = scene
    simulation.host('c', async (host) => {
      await sleep(host.clock, 5)
      host.note('a word to the left, where there is room for it')
      host.state({ role: 'is not drawn' })
    })
    simulation.at(10, () => simulation.pause('a'))
    scene.say(11, 'b', 'a', 'wake up')
    simulation.at(40, () => simulation.resume('a'))
    simulation.at(50, () => simulation.drift('b', 1.05))
    simulation.at(51, () => simulation.jump('b', -300))
    simulation.at(60, () => simulation.crash('b'))
    simulation.at(70, () => simulation.restart('b'))
    simulation.rules.never('the clock strikes eighty', () => simulation.nowMs >= 80)
    await expect(await scene.drawn(100)).toMatchFileSnapshot('golden/space-time-faults.txt')
  })
})

describe('a part of a run', () => {
  const scene = () => {
    const chosen = new Scene(['a', 'b', 'c'])
    for (const n of [0, 20, 40]) chosen.say(n, 'a', 'b', `to b ${n}`).say(n + 5, 'c', 'a', `to a ${n}`)
    return chosen
  }

  test('is drawn for the hosts that are asked for, in their order; who else takes part is named', async () => {
    await expect(await scene().drawn(100, { hosts: ['b', 'a'], columns: 40 })).toMatchFileSnapshot(
      'golden/space-time-some.txt',
    )
  })

  test('is drawn from its end, and a message that was sent before that comes out of nowhere', async () => {
    await expect(await scene().drawn(100, { rowsMax: 5, columns: 60 })).toMatchFileSnapshot(
      'golden/space-time-last.txt',
    )
  })

  test('knows who was down and who stood still when it begins', async () => {
    const chosen = scene()
    chosen.simulation.at(1, () => chosen.simulation.crash('c'))
    chosen.simulation.at(2, () => chosen.simulation.pause('b'))
    const drawing = await chosen.drawn(30, { rowsMax: 1, columns: 60 })
    expect(drawing.split('\n')[1]).toBe('      20  ●─ to b 20 ───┐ ░')
  })

  test('is empty for a trace in which nothing happened', () => {
    expect(drawSpaceTime([], { hosts: ['a'] })).toBe('      ms  a\n')
    expect(drawSpaceTime([])).toBe('      ms\n')
  })
})

test('more hosts than have room are refused, with a word on what to do', () => {
  const hosts = Array.from({ length: 9 }, (_, index) => `n${index}`)
  expect(() => drawSpaceTime([], { hosts })).toThrow("9 hosts don't fit into 80 columns: say which of them to draw")
})
