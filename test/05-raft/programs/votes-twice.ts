import { constant } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

const SYNC_MS = 10

/** In term 4, b votes for whoever asks first, and writes that to its disk. a asks, and then c. */
export async function votesTwice({ print }: Program): Promise<void> {
  const world = new Simulation<'asks' | 'grants'>({ seed: 1, link: { latencyMs: constant(5) } })
  for (const [name, asksAtMs] of [
    ['a', 0],
    ['c', 30],
  ] as const) {
    world.host(name, (host) => {
      host.onMessage(() => print(`${host.clock.now()} ms  ${name} has two votes of three, and leads term 4`))
      host.clock.schedule(asksAtMs, () => host.send('b', 'asks'))
    })
  }
  let onDisk: string | undefined
  world.host('b', (host) => {
    let votedFor = onDisk
    print(`${host.clock.now()} ms  b starts, and has voted for ${votedFor ?? 'nobody'}`)
    host.onMessage((candidate) => {
      if (votedFor !== undefined) return
      votedFor = candidate
      host.clock.schedule(SYNC_MS, () => {
        onDisk = candidate
      })
      host.send(candidate, 'grants')
    })
  })
  world.at(12, () => world.crash('b'))
  world.at(20, () => world.restart('b'))
  await world.run(50)
}
