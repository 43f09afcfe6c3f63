import { describe, expect, test } from 'vitest'
import { constant } from '#message-passing/distributions'
import { describeFault, type Fault, type FaultKind, targetOf } from '#message-passing/fault'
import { planScenario, type Scenario, type ScenarioOptions, stage } from '#message-passing/scenario'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'

const everything: Readonly<Record<FaultKind, number>> = {
  crash: 3,
  pause: 3,
  partition: 3,
  'one-way partition': 3,
  hold: 3,
  loss: 2,
  duplication: 2,
  delay: 2,
  drift: 2,
  jump: 2,
}
const options: ScenarioOptions = { hosts: [3, 5], durationMs: 4_000, faults: everything }
const many = Array.from({ length: 300 }, (_, seed) => planScenario(seed, options))

describe('a scenario that is drawn', () => {
  test('depends on its seed and its options alone, and not on how the options are written down', () => {
    const backwards = Object.fromEntries(Object.entries(everything).reverse())
    for (const seed of [0, 1, 2 ** 32 - 1]) {
      expect(planScenario(seed, { ...options, faults: backwards })).toEqual(planScenario(seed, options))
    }
    expect(planScenario(1, options)).not.toEqual(planScenario(2, options))
  })

  test('keeps the faults of one kind when another kind is added', () => {
    const crashes = planScenario(3, { ...options, faults: { crash: 3 } }).faults
    const more = planScenario(3, { ...options, faults: { crash: 3, loss: 2 } }).faults
    expect(more.filter(({ kind }) => kind === 'crash')).toEqual(crashes)
  })

  test('has as many hosts as it may, and over many seeds every number of them', () => {
    expect(new Set(many.map(({ hosts }) => hosts.length))).toEqual(new Set([3, 4, 5]))
    expect(planScenario(1, { ...options, hosts: 30 }).hosts.slice(24)).toEqual(['y', 'z', 'a2', 'b2', 'c2', 'd2'])
  })

  test('has at most so many faults of each kind, and over many seeds none, one and all of them', () => {
    for (const [kind, most] of Object.entries(everything)) {
      const counts = new Set(many.map(({ faults }) => faults.filter((fault) => fault.kind === kind).length))
      expect([...counts].sort(), kind).toEqual(Array.from({ length: most + 1 }, (_, count) => count))
    }
  })

  test('has its faults in order, within the run and before its calm end', () => {
    for (const { faults, durationMs } of many) {
      expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b))
      for (const { atMs, untilMs } of faults) {
        expect(atMs).toBeGreaterThanOrEqual(1)
        expect(untilMs).toBeLessThanOrEqual(durationMs * 0.75 + 1)
      }
    }
  })

  test('has no two faults at once on one target', () => {
    for (const { faults } of many) {
      for (const [index, fault] of faults.entries()) {
        const others = faults.slice(index + 1).filter((other) => targetOf(other) === targetOf(fault))
        expect(others.filter((other) => other.atMs <= fault.untilMs)).toEqual([])
      }
    }
  })

  test('of one host has no faults that take two', () => {
    const kinds = many.flatMap(({ seed }) =>
      planScenario(seed, { ...options, hosts: 1 }).faults.map(({ kind }) => kind),
    )
    expect(kinds).not.toContain('hold')
    expect(kinds).not.toContain('partition')
    expect(kinds).toContain('crash')
  })

  test.each([
    [{ hosts: 0 }, /hosts are a whole number from 1 up.*not 0/],
    [{ hosts: [5, 3] }, /least <= most, not 5 and 3/],
    [{ durationMs: Number.NaN }, /a finite number of milliseconds above 0, not NaN/],
    [{ calmMs: 5_000 }, /the calm end of a run of 4000 ms takes from 0 to 4000 ms, not 5000/],
  ] as const)('refuses %o', (odd, message) => {
    expect(() => planScenario(1, { ...options, ...odd })).toThrow(message)
  })
})

describe('a scenario on the stage', () => {
  test.each(many.slice(0, 50).map((scenario) => ({ seed: scenario.seed, scenario })))(
    'leaves the world as it was, once its faults are over: seed $seed',
    async ({ scenario }) => {
      const simulation = new Simulation({ seed: scenario.seed, link: { latencyMs: constant(5) } })
      for (const host of scenario.hosts) simulation.host(host, () => {})
      stage(simulation, scenario)
      await simulation.run(scenario.durationMs)
      const links = scenario.hosts.flatMap((from) => scenario.hosts.map((to) => simulation.network.link(from, to)))
      expect(scenario.hosts.filter((host) => !simulation.isUp(host))).toEqual([])
      expect(links.filter(({ isCut }) => isCut)).toEqual([])
      expect(links.map(({ settings }) => [settings.loss, settings.duplication])).toEqual(links.map(() => [0, 0]))
      expect(links.map(({ settings }) => settings.latencyMs(simulation.random))).toEqual(links.map(() => 5))
    },
  )

  test('lets each fault begin and end at its moment', async () => {
    const trace = new Trace()
    const simulation = new Simulation({ seed: 1, trace })
    const hosts = ['a', 'b']
    for (const host of hosts) simulation.host(host, () => {})
    const faults: readonly Fault[] = [
      { kind: 'crash', host: 'a', atMs: 10, untilMs: 20 },
      { kind: 'one-way partition', some: ['a'], others: ['b'], atMs: 30, untilMs: 40 },
      { kind: 'hold', from: 'b', to: 'a', atMs: 50, untilMs: 60 },
      { kind: 'drift', host: 'b', rate: 0.95, atMs: 70, untilMs: 80 },
    ]
    stage(simulation, { seed: 1, hosts, durationMs: 100, faults } satisfies Scenario)
    await simulation.run(100)
    const seen = trace.events().map(({ atMs, kind }) => `${atMs} ${kind}`)
    expect(seen).toEqual([
      '10 crash',
      '20 restart',
      '30 cut',
      '40 repair',
      '50 hold',
      '60 release',
      '70 drift',
      '80 drift',
    ])
  })
})

test.each<[string, Fault]>([
  ['b crashes, and restarts at 480 ms', { kind: 'crash', host: 'b', atMs: 1, untilMs: 480 }],
  ['b stands still until 480 ms', { kind: 'pause', host: 'b', atMs: 1, untilMs: 480 }],
  [
    '{a, b} and c are cut off from each other until 9 ms',
    { kind: 'partition', some: ['a', 'b'], others: ['c'], atMs: 1, untilMs: 9 },
  ],
  [
    'nothing gets from a to {b, c} until 9 ms',
    { kind: 'one-way partition', some: ['a'], others: ['b', 'c'], atMs: 1, untilMs: 9 },
  ],
  ['what a sends to b is held until 9 ms', { kind: 'hold', from: 'a', to: 'b', atMs: 1, untilMs: 9 }],
  ['7 % of the messages are lost until 9 ms', { kind: 'loss', probability: 0.07, atMs: 1, untilMs: 9 }],
  ['50 % of the messages arrive twice until 9 ms', { kind: 'duplication', probability: 0.5, atMs: 1, untilMs: 9 }],
  ['messages take up to 300 ms longer until 9 ms', { kind: 'delay', byMsMax: 300, atMs: 1, untilMs: 9 }],
  ['the clocks of b run 5 % too slow until 9 ms', { kind: 'drift', host: 'b', rate: 0.95, atMs: 1, untilMs: 9 }],
  ['the wall clock of b jumps 300 ms back', { kind: 'jump', host: 'b', byMs: -300, atMs: 1, untilMs: 1 }],
])('a fault reads like a stage direction: %s', (text, fault) => {
  expect(describeFault(fault)).toBe(text)
})
