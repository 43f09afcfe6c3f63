import { Channel } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function keptPace({ clock, print }: Program): Promise<void> {
  const inbox = new Channel<{ readonly takenAtMs: number }>(8)
  let stored = 0

  async function sensor(): Promise<void> {
    for (let n = 0; n < 10_000; n++) {
      await inbox.send({ takenAtMs: clock.now() })
      await sleep(clock, 1)
    }
    inbox.close()
  }

  async function store(): Promise<void> {
    for await (const reading of inbox) {
      await sleep(clock, 4) // the disk takes its time
      stored += 1
      if (stored % 2_000 > 0) continue
      const ageMs = clock.now() - reading.takenAtMs
      print(`stored ${stored}, waiting ${inbox.size}, this one was ${ageMs} ms old`)
    }
  }

  await Promise.all([sensor(), store()])
}
