import { sleep } from '#message-passing/clock'
import { uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

/** A client counts to ten on a server; it asks again when it has no answer after 50 ms. Answers what was counted. */
async function countToTen(seed: number, loss: number): Promise<number> {
  let counted = 0
  const simulation = new Simulation<'increment' | 'done'>({ seed, link: { latencyMs: uniform(5, 20), loss } })

  simulation.host('server', (host) => {
    host.onMessage((from) => {
      counted += 1
      host.send(from, 'done')
    })
  })

  simulation.host('client', async (host) => {
    for (let n = 0; n < 10; n++) {
      let isDone = false
      host.onMessage(() => {
        isDone = true
      })
      while (!isDone) {
        host.send('server', 'increment')
        await sleep(host.clock, 50)
      }
    }
  })

  await simulation.runToEnd(60_000)
  return counted
}

export async function countedTwice({ print }: Program): Promise<void> {
  for (const loss of [0, 0.01, 0.05]) {
    const wrong: string[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const counted = await countToTen(seed, loss)
      if (counted !== 10) wrong.push(`seed ${seed} counted ${counted}`)
    }
    print(`${loss * 100} % lost: wrong in ${wrong.length} of 200 runs`)
    for (const run of wrong.slice(0, 3)) print(`  ${run}`)
  }
}
