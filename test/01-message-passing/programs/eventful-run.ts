/**
 * A run with something of everything, and the hash of its trace: the same seed
 * must give the same number on every version of Node, and in a browser.
 */
import { sleep } from '#message-passing/clock'
import { exponential, logNormal, normal, pareto, poisson } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { Trace } from '#message-passing/trace'

/** Runs five hosts for two seconds, under every hardship that there is. Answers the hash of the trace. */
export async function hashOfEventfulRun(seed: number): Promise<string> {
  const trace = new Trace()
  const simulation = new Simulation<{ readonly n: number; readonly size: number }>({
    seed,
    trace,
    link: { latencyMs: logNormal(12, 0.8), loss: 0.05, duplication: 0.05, corruption: 0.02 },
    corrupted: (message) => ({ ...message, n: -1 }),
  })
  const names = ['a', 'b', 'c', 'd', 'e']
  const think = [exponential(20), normal(20, 4), pareto(8, 2), poisson(20)]
  for (const name of names) {
    simulation.host(name, async (host) => {
      host.onMessage((from, { n, size }) => {
        if (n > 0) host.send(from, { n: n - 1, size })
      })
      for (let round = 0; ; round++) {
        const to = names[host.random.integer(0, names.length)] ?? name
        host.send(to, { n: 3, size: poisson(100)(host.random) })
        host.state({ round, wallClockMs: host.wallClockMs() })
        const pause = think[round % think.length] ?? exponential(20)
        await sleep(host.clock, Math.max(0, pause(host.random)))
      }
    })
  }
  simulation.drift('b', 1.003)
  simulation.at(300, () => simulation.network.partition(['a', 'b'], ['c', 'd', 'e']))
  simulation.at(700, () => simulation.network.repair())
  simulation.at(800, () => simulation.crash('c'))
  simulation.at(1_000, () => simulation.restart('c'))
  simulation.at(1_100, () => simulation.pause('d'))
  simulation.at(1_300, () => simulation.resume('d'))
  simulation.at(1_400, () => simulation.jump('e', -500))
  await simulation.run(2_000)
  return trace.hash()
}
