import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function overrun({ clock, print }: Program): Promise<void> {
  const inbox: { readonly takenAtMs: number }[] = []
  let stored = 0

  async function sensor(): Promise<void> {
    for (let n = 0; n < 10_000; n++) {
      inbox.push({ takenAtMs: clock.now() })
      await sleep(clock, 1)
    }
  }

  async function store(): Promise<void> {
    for (let reading = inbox.shift(); reading !== undefined; reading = inbox.shift()) {
      await sleep(clock, 4) // the disk takes its time
      stored += 1
      if (stored % 2_000 > 0) continue
      const ageMs = clock.now() - reading.takenAtMs
      print(`stored ${stored}, waiting ${inbox.length}, this one was ${ageMs} ms old`)
    }
  }

  await Promise.all([sensor(), store()])
}
