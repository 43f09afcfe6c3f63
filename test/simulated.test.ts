import { describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { uniform } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { macrotask } from '#message-passing/macrotask'
import { type Scenario, stage } from '#message-passing/scenario'
import { Simulation } from '#message-passing/simulation'
import { readJsonLines } from '#message-passing/trace'
import { unimplemented } from '../chapters/unimplemented.ts'
import { leasedLock } from './01-message-passing/programs/leased-lock.ts'
import { type ExploreOptions, explore, type Failure, type World } from './simulated/explore.ts'
import { tell } from './simulated/story.ts'

const options: ExploreOptions<string> = { seeds: 20, hosts: 3, durationMs: 1_000, link: { latencyMs: uniform(1, 5) } }
const place = { command: (seed: number) => `again with ${seed}`, replay: '/replay?run=this' }

/** A world in which each host runs the same program. */
function all(program: (host: Host<string>, hosts: readonly string[]) => void | Promise<void>): World<string> {
  return (simulation, hosts) => {
    for (const name of hosts) simulation.host(name, (host) => program(host, hosts))
  }
}

async function storyOf(world: World<string>, more: Partial<ExploreOptions<string>> = {}): Promise<string> {
  const failure = await explore({ ...options, ...more }, world)
  return failure === undefined ? 'no failure' : tell(failure, place)
}

describe('two runs of one seed that differ name the probable cause', () => {
  test('a random number that does not come from the seed', async () => {
    const story = await storyOf(all((host) => host.send('a', `roll ${Math.random()}`)))
    expect(story).toMatch(/^two runs with seed 1 were not the same/)
    expect(story).toMatch(/first run: {2}.*roll 0\.\d+.*\n {2}second run: .*roll 0\.\d+/)
    expect(story).toContain('look for a date, a random number or an identifier')
    expect(story).toContain('again with 1')
  })

  test('a date, in a state', async () => {
    expect(await storyOf(all((host) => host.state({ at: performance.now() })))).toContain('look for a date')
  })

  test('an order of keys that comes from outside: whom a host tells first', async () => {
    const peers = ['b', 'c']
    const world = all((host) => {
      if (host.name !== 'a') return
      for (const peer of peers.reverse()) host.send(peer, 'hello')
    })
    expect(await storyOf(world)).toContain('look for a loop over keys, a set or a map')
  })

  test('an order of keys within a message', async () => {
    let members = ['x', 'y']
    const world = all((host) => {
      if (host.name === 'a') members = members.toReversed()
      host.state({ members })
    })
    expect(await storyOf(world)).toContain('The same members stand in another order')
  })

  test('something that waits in real time', async () => {
    let turns = 0
    const world = all(async (host) => {
      if (host.name === 'a') turns += 40
      for (let turn = 0; host.name === 'a' && turn < turns; turn++) await macrotask()
      for (let n = 0; n < 200; n++) {
        host.note(`step ${n}`)
        await sleep(host.clock, 1)
      }
    })
    expect(await storyOf(world)).toContain('look for something that waits in real time')
  })

  test('something that is kept from one run to the next', async () => {
    const greeted = new Set<string>()
    const world = all((host) => {
      if (!greeted.has(host.name)) host.note('hello')
      greeted.add(host.name)
    })
    expect(await storyOf(world)).toContain('kept from one run to the next')
  })

  test('is found in every n-th run only, if every n-th runs twice', async () => {
    let runs = 0
    await explore({ ...options, twiceEvery: 5 }, () => void runs++)
    expect(runs).toBe(24)
  })
})

describe('the first failure', () => {
  const faults = { pause: 2, drift: 2, loss: 2, jump: 2 }
  const lock: ExploreOptions<string> = { ...options, seeds: 200, hosts: [3, 5], durationMs: 2_000, faults }

  function broken(failure: Failure | undefined): Extract<Failure, { readonly kind: 'broken' }> {
    if (failure?.kind !== 'broken') throw new Error(`no rule was broken, but: ${failure?.kind ?? 'no failure'}`)
    return failure
  }

  test('is made as small as it gets, and its seed alone finds it again', async () => {
    const failure = broken(await explore(lock, leasedLock))
    expect(failure.scenario.faults.map(({ kind }) => kind)).toContain('pause')
    for (const fault of failure.scenario.faults) {
      const faults = failure.scenario.faults.filter((other) => other !== fault)
      expect(await breaksRule({ ...failure.scenario, faults }), `without ${fault.kind} it holds`).toBe(false)
    }
    expect(failure.scenario.hosts.length).toBeLessThanOrEqual(failure.found.hosts.length)
    expect(failure.scenario.durationMs).toBeLessThan(failure.found.durationMs)
    const again = broken(await explore({ ...lock, seeds: [failure.scenario.seed] }, leasedLock))
    expect(again.scenario).toEqual(failure.scenario)
    expect(again.trace.hash()).toBe(failure.trace.hash())
  })

  /** Whether the lock is handed out twice in a run of exactly this scenario. */
  async function breaksRule(scenario: Scenario): Promise<boolean> {
    const simulation = new Simulation<string>({ seed: scenario.seed, link: { latencyMs: uniform(1, 5) } })
    leasedLock(simulation, scenario.hosts)
    stage(simulation, scenario)
    return simulation.run(scenario.durationMs).then(
      () => false,
      () => true,
    )
  }

  test('leaves a trace that a page can read, which ends with the broken rule', async () => {
    const { trace } = broken(await explore(lock, leasedLock))
    const read = readJsonLines(trace.toJsonLines())
    expect(read.ok && read.events.at(-1)).toMatchObject({
      kind: 'broken',
      rule: 'no two clients hold the lock at once',
    })
  })

  test('of a program is told with its host and its reason, and stays that failure while it is made smaller', async () => {
    const world = all(async (host) => {
      await sleep(host.clock, 700)
      if (host.wallClockMs() !== host.clock.now()) throw new Error('my clock is wrong')
    })
    const story = await storyOf(world, { faults: { jump: 1, crash: 2 } })
    expect(story).toMatch(/^no program fails\n {2}but [abc] failed at 700 ms: my clock is wrong\n/)
    expect(story.match(/^ {2}at \d+ ms .*$/gm)).toEqual([expect.stringMatching(/the wall clock of [abc] jumps/)])
  })

  test('without any fault says so', async () => {
    const world: World<string> = (simulation, hosts) => {
      for (const name of hosts) simulation.host(name, (host) => void host.clock.schedule(100, () => {}))
      simulation.rules.eventually('it rains', 100, () => 'the sun shines')
    }
    const story = await storyOf(world, { faults: { crash: 2 } })
    expect(story).toMatch(/^it rains\n {2}but at 100 ms: the sun shines\n/)
    expect(story).toContain('nothing befalls anybody')
  })

  test('of a run that the check directs says so, and how many events it took', async () => {
    const world: World<string> = async (simulation, hosts) => {
      for (const name of hosts) simulation.host(name, (host) => void host.clock.schedule(100, () => {}))
      await simulation.run(200)
      throw new Error('the script is not content')
    }
    const story = await storyOf(world, { durationMs: 1, shrinkRunsMax: 0 })
    expect(story).toMatch(
      /^the script is not content\n\nWith seed 1, after 6 events\. The check itself directs the run\.\n/,
    )
  })

  test('is not looked for behind a part that is not written yet', async () => {
    const world = all(() => {
      throw unimplemented('1.5c', 'Step while an event is due.')
    })
    await expect(explore(options, world)).rejects.toMatchObject({ code: 'UNIMPLEMENTED', exercise: '1.5c' })
  })
})
