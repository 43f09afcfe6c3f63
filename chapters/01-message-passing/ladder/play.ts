/** The ladder, played: each small program in a simulated world, and what came of it. */
import { constant, uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { drawSpaceTime } from '#message-passing/space-time'
import { Trace } from '#message-passing/trace'
import { BadFlag, type DemoStage } from '../../stage.ts'
import type { Gossip } from './broadcast.ts'
import { type Counts, counter } from './counter.ts'
import { type EchoMessage, echo } from './echo.ts'
import { broadcastUnderLoad, medianOf } from './load.ts'
import { uniqueIds } from './unique-ids.ts'

type Play = (stage: DemoStage) => Promise<void>

const rungs: ReadonlyMap<string, Play> = new Map([
  ['echo', playEcho],
  ['ids', playUniqueIds],
  ['broadcast', playBroadcast],
  ['counter', playCounter],
])

/** The programs that can be played, in the order of the ladder. */
export const rungNames: readonly string[] = [...rungs.keys()]

/** Plays one of the programs. Throws an error that names the right ones when there is none of that name. */
export async function playRung(stage: DemoStage, name: string): Promise<void> {
  const play = rungs.get(name)
  if (play === undefined) throw new BadFlag(`there is no program "${name}" to play; there are ${rungNames.join(', ')}`)
  await play(stage)
}

async function playEcho({ seed, print }: DemoStage): Promise<void> {
  const trace = new Trace()
  const simulation = new Simulation<EchoMessage>({ seed, trace, link: { latencyMs: uniform(1, 60), loss: 0.2 } })
  print('Echo: five questions. Some answers take longer than the client has patience.')
  print('')
  echo(simulation, ['server', 'client'])
  await simulation.run(20_000)
  for (const line of drawSpaceTime(trace.events()).trimEnd().split('\n')) print(line)
  print('')
  print(`${simulation.network.sent} messages for five answers. Without loss it takes ten.`)
}

async function playUniqueIds({ seed, print }: DemoStage): Promise<void> {
  const simulation = new Simulation<string>({ seed, link: { latencyMs: uniform(1, 20) } })
  const hosts = ['a', 'b', 'c']
  print('Unique ids: three hosts hand them out for three seconds.')
  const { ids } = uniqueIds(simulation, hosts)
  const countOf = (host: string) => [...ids].filter((id) => id.startsWith(`${host}-`)).length
  const report = (what: string) => () => {
    const counts = hosts.map((host) => String(countOf(host)).padStart(5))
    print(`${at(simulation.nowMs)}  ${what.padEnd(38)}${counts.join('')}`)
  }
  print(`${' '.repeat(54)}a    b    c`)
  simulation.at(1_000, report('a is cut off from b and c'))
  simulation.at(1_000, () => simulation.network.partition(['a'], ['b', 'c']))
  simulation.at(1_500, report('c crashes'))
  simulation.at(1_500, () => simulation.crash('c'))
  simulation.at(2_000, report('c restarts, the network is whole again'))
  simulation.at(2_000, () => simulation.restart('c'))
  simulation.at(2_000, () => simulation.network.repair())
  simulation.at(3_000, report('the end'))
  await simulation.run(3_000)
  print(
    `No two are the same. The last three of c: ${[...ids]
      .filter((id) => id.startsWith('c-'))
      .slice(-3)
      .join(', ')}`,
  )
}

async function playBroadcast({ seed, print }: DemoStage): Promise<void> {
  const hosts = Array.from({ length: 25 }, (_, index) => `n${index + 1}`)
  const load = { valuesPerSecond: 100, durationMs: 5_000 }
  print('Broadcast: 25 hosts, 100 ms between any two, 100 new values a second.')
  print('  a host passes values on   messages a value   known everywhere after')
  for (const batchMs of [0, 20, 50, 100, 200]) {
    const copy = (message: Gossip) => message
    const simulation = new Simulation<Gossip>({ seed, link: { latencyMs: constant(100) }, copy })
    const spread = broadcastUnderLoad(simulation, hosts, { ...load, batchMs })
    await simulation.run(load.durationMs + 2_000)
    const latenciesMs = spread.latenciesMs()
    const messages = (simulation.network.sent / spread.given).toFixed(1).padStart(16)
    const when = batchMs === 0 ? 'at once' : `after ${batchMs} ms`
    const longest = `${Math.round(latenciesMs.at(-1) ?? Number.NaN)} ms at most`
    print(`  ${when.padEnd(24)}${messages}   ${Math.round(medianOf(latenciesMs))} ms in the middle, ${longest}`)
  }
}

async function playCounter({ seed, print }: DemoStage): Promise<void> {
  const simulation = new Simulation<Counts>({ seed, link: { latencyMs: uniform(1, 20) } })
  const hosts = ['a', 'b', 'c']
  print('Counter: somebody adds 1 at one of three hosts, a hundred times a second.')
  const { add, read } = counter(simulation, hosts)
  const random = simulation.random.fork('clients')
  let added = 0
  for (let n = 1; n <= 300; n++) {
    simulation.at(n * 10, () => {
      add(hosts[random.integer(0, hosts.length)] ?? '', 1)
      added += 1
    })
  }
  const report = (what: string) => () => {
    const values = hosts.map((host) => String(read(host)).padStart(5))
    print(`${at(simulation.nowMs)}  ${what.padEnd(28)}${String(added).padStart(5)}${values.join('')}`)
  }
  print(`${' '.repeat(40)}added    a    b    c`)
  simulation.at(1_000, report('c is cut off from a and b'))
  simulation.at(1_000, () => simulation.network.partition(['c'], ['a', 'b']))
  simulation.at(1_500, report(''))
  simulation.at(2_000, report('the network is whole again'))
  simulation.at(2_000, () => simulation.network.repair())
  simulation.at(2_300, report(''))
  simulation.at(3_200, report('nobody adds any more'))
  await simulation.run(3_200)
}

function at(ms: number): string {
  return `${ms} ms`.padStart(10)
}
