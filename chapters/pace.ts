/**
 * Lets a virtual clock keep pace with a real one: what a demo does is decided by
 * its seed alone, to the last line, and still takes the time that it says.
 */
import { type Clock, sleep } from '#message-passing/clock'
import { macrotask } from '#message-passing/macrotask'
import type { VirtualClock } from '#message-passing/virtual-clock'

/** Rings the timers of `virtual`, none before its moment by `real`, until `isOver`. Throws when nothing is left that could ring. */
export async function keepPace(virtual: VirtualClock, real: Clock, isOver: () => boolean): Promise<void> {
  const aheadMs = virtual.now() - real.now()
  await macrotask()
  while (!isOver()) {
    const nextAtMs = virtual.nextAtMs
    if (nextAtMs === undefined) throw new Error('the demo waits for something that will never come')
    const earlyMs = nextAtMs - (real.now() + aheadMs)
    if (earlyMs > 0) await sleep(real, earlyMs)
    await virtual.advance(nextAtMs - virtual.now())
  }
}
