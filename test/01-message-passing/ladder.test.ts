import { describe, expect, test } from 'vitest'
import { constant, uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Gossip } from '../../chapters/01-message-passing/ladder/broadcast.ts'
import { type Counts, counter } from '../../chapters/01-message-passing/ladder/counter.ts'
import { type EchoMessage, echo } from '../../chapters/01-message-passing/ladder/echo.ts'
import { broadcastUnderLoad, medianOf } from '../../chapters/01-message-passing/ladder/load.ts'
import { uniqueIds } from '../../chapters/01-message-passing/ladder/unique-ids.ts'
import { simulated } from '../simulated.ts'

const link = { latencyMs: uniform(1, 20) }

test('echo: every question is answered, though messages are lost, come late or twice, and hosts stand still', () =>
  simulated<EchoMessage>(
    { hosts: [2, 5], durationMs: 20_000, link, faults: { loss: 2, delay: 2, duplication: 1, partition: 1, pause: 1 } },
    echo,
  ))

test('unique ids: no two are the same and nobody waits, though the network parts and hosts crash', () =>
  simulated<string>(
    { hosts: 3, durationMs: 2_000, link, faults: { partition: 2, 'one-way partition': 1, crash: 2 }, seeds: 50 },
    (simulation, hosts) => void uniqueIds(simulation, hosts),
  ))

describe('broadcast', () => {
  const hosts = Array.from({ length: 25 }, (_, index) => `n${index + 1}`)
  const load = { valuesPerSecond: 100, durationMs: 3_000 }

  /** Messages for each value, and the times that values took, with links of 100 ms. */
  async function measure(batchMs: number) {
    const copy = (message: Gossip) => message
    const simulation = new Simulation<Gossip>({ seed: 1, link: { latencyMs: constant(100) }, copy })
    const spread = broadcastUnderLoad(simulation, hosts, { ...load, batchMs })
    await simulation.run(load.durationMs + 1_000)
    const latenciesMs = spread.latenciesMs()
    expect(latenciesMs, 'every value is known everywhere').toHaveLength(spread.given)
    return { messages: simulation.network.sent / spread.given, medianMs: medianOf(latenciesMs), latenciesMs }
  }

  test('reaches 25 hosts for fewer than 30 messages a value, in less than 400 ms', async () => {
    const { messages, medianMs, latenciesMs } = await measure(0)
    expect(messages).toBeLessThan(30)
    expect(medianMs).toBeLessThan(400)
    expect(latenciesMs.at(-1)).toBeLessThan(600)
  })

  test('that gathers values for a while does so for fewer than 20, and still in less than 400 ms', async () => {
    const { messages, medianMs, latenciesMs } = await measure(50)
    expect(messages).toBeLessThan(20)
    expect(medianMs).toBeLessThan(400)
    expect(latenciesMs.at(-1)).toBeLessThan(600)
  })

  test('reaches everybody in the end, though the network parts and messages are lost', () =>
    simulated<Gossip>(
      { hosts: [3, 7], durationMs: 12_000, link, faults: { partition: 2, loss: 2, hold: 1 }, seeds: 50 },
      (simulation, chosen) => {
        const spread = broadcastUnderLoad(simulation, chosen, { valuesPerSecond: 5, durationMs: 4_000, batchMs: 20 })
        simulation.rules.eventually('every value is known everywhere', 12_000, () => {
          const count = spread.latenciesMs().length
          return count === spread.given || `${spread.given - count} of ${spread.given} values are missing somewhere`
        })
      },
    ))
})

test('counter: everybody reads the sum in the end, and never more, whatever happens on the way', () =>
  simulated<Counts>(
    {
      hosts: [3, 5],
      durationMs: 4_000,
      link,
      faults: { partition: 2, 'one-way partition': 1, loss: 1, duplication: 1, delay: 1, crash: 2, pause: 1 },
      seeds: 50,
    },
    (simulation, hosts) => {
      const { add, read } = counter(simulation, hosts)
      let added = 0
      for (let n = 1; n <= 30; n++) {
        const host = hosts[simulation.random.integer(0, hosts.length)] ?? ''
        simulation.at(n * 100, () => {
          if (!simulation.isUp(host)) return
          add(host, n)
          added += n
        })
      }
      simulation.rules.never('a host reads more than was added', () => hosts.some((host) => read(host) > added))
      simulation.rules.eventually('every host reads the sum', 4_000, () => {
        if (simulation.nowMs < 3_900) return 'clients are still adding'
        const wrong = hosts.find((host) => read(host) !== added)
        return wrong === undefined || `${wrong} reads ${read(wrong)} of ${added}`
      })
    },
  ))
