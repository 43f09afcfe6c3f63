import { describe, expect, test } from 'vitest'
import type { Fault, FaultKind } from '#message-passing/fault'
import { planScenario, type Scenario } from '#message-passing/scenario'
import { shrink } from '#message-passing/shrink'

const large = planScenario(2, {
  hosts: 5,
  durationMs: 8_000,
  faults: { crash: 4, pause: 4, partition: 3, hold: 3, loss: 2, delay: 2 },
})

function has(kind: FaultKind): (scenario: Scenario) => boolean {
  return ({ faults }) => faults.some((fault) => fault.kind === kind)
}

describe('a failing scenario is made smaller', () => {
  test('down to the one fault, the fewest hosts and about the time that it takes to fail', async () => {
    const fails = async (scenario: Scenario) => has('hold')(scenario) && scenario.durationMs >= 500
    expect(large.faults.length).toBeGreaterThan(5)
    const { scenario } = await shrink(large, fails, { hostsMin: 2 })
    expect(scenario.faults.map(({ kind }) => kind)).toEqual(['hold'])
    expect(scenario.hosts).toHaveLength(2)
    expect(scenario.durationMs).toBeLessThan(500 / (7 / 8) + 1)
  })

  test('and keeps two faults that it takes together', async () => {
    const { scenario } = await shrink(large, async (each) => has('crash')(each) && has('loss')(each))
    expect(new Set(scenario.faults.map(({ kind }) => kind))).toEqual(new Set(['crash', 'loss']))
    expect(scenario.faults).toHaveLength(2)
  })

  test('down to nothing at all when no fault is needed', async () => {
    const { scenario } = await shrink(large, async () => true)
    expect(scenario).toEqual({ seed: 2, hosts: [expect.any(String)], durationMs: 1, faults: [] })
  })

  test('and every scenario that it tries is tried once', async () => {
    const tried: string[] = []
    await shrink(large, async (scenario) => {
      tried.push(JSON.stringify(scenario))
      return has('crash')(scenario)
    })
    expect(new Set(tried).size).toBe(tried.length)
  })
})

test('a scenario of which nothing can be left out stays as it is', async () => {
  expect((await shrink(large, async () => false)).scenario).toBe(large)
})

test('no more runs are made than allowed, and what was reached by then is the answer', async () => {
  let runs = 0
  const fails = async (scenario: Scenario) => {
    runs += 1
    return has('hold')(scenario)
  }
  const shrunk = await shrink(large, fails, { runsMax: 5 })
  expect(runs).toBe(5)
  expect(shrunk.runs).toBe(5)
  expect(has('hold')(shrunk.scenario)).toBe(true)
})

test('a host that takes no part is in no fault any more, and a partition goes on among the others', async () => {
  const faults: readonly Fault[] = [
    { kind: 'partition', some: ['a', 'c'], others: ['b'], atMs: 1, untilMs: 9 },
    { kind: 'one-way partition', some: ['c'], others: ['a'], atMs: 1, untilMs: 9 },
    { kind: 'crash', host: 'c', atMs: 1, untilMs: 9 },
    { kind: 'hold', from: 'a', to: 'c', atMs: 1, untilMs: 9 },
    { kind: 'loss', probability: 0.1, atMs: 1, untilMs: 9 },
  ]
  const scenario: Scenario = { seed: 1, hosts: ['a', 'b', 'c'], durationMs: 10, faults }
  const needs = async ({ hosts, faults: left }: Scenario) =>
    hosts.includes('a') && hosts.includes('b') && left.some(({ kind }) => kind === 'partition') && left.length >= 2
  const smallest = (await shrink(scenario, needs, { hostsMin: 2 })).scenario
  expect(smallest.hosts).toEqual(['a', 'b'])
  expect(smallest.faults).toEqual([
    { kind: 'partition', some: ['a'], others: ['b'], atMs: 1, untilMs: 9 },
    { kind: 'loss', probability: 0.1, atMs: 1, untilMs: 9 },
  ])
})
