/**
 * Lets a virtual clock keep pace with a real one: what a demo does is decided by
 * its seed alone, to the last line, and still takes the time that it says.
 */
import { type Clock, sleep } from '#message-passing/clock'
import { macrotask } from '#message-passing/macrotask'
import type { VirtualClock } from '#message-passing/virtual-clock'

/** How long a demo may compute without setting a timer before it counts as stuck. */
const IDLE_MS_MAX = 20_000

/** Rings the timers of `virtual`, none before its moment by `real`, until `isOver`. Throws when nothing rings any more. */
export async function keepPace(virtual: VirtualClock, real: Clock, isOver: () => boolean): Promise<void> {
  const aheadMs = virtual.now() - real.now()
  let lastRungMs = real.now()
  await macrotask()
  while (!isOver()) {
    const nextAtMs = virtual.nextAtMs
    if (nextAtMs === undefined) {
      // it may be at work on something that takes no time: a simulation has a clock of its own
      if (real.now() - lastRungMs > IDLE_MS_MAX) throw new Error('the demo waits for something that will never come')
      await macrotask()
      continue
    }
    const earlyMs = nextAtMs - (real.now() + aheadMs)
    if (earlyMs > 0) await sleep(real, earlyMs)
    await virtual.advance(nextAtMs - virtual.now())
    lastRungMs = real.now()
  }
}
