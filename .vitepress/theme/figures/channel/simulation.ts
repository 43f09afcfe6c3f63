/**
 * The run behind the channel figure: producers and consumers as tasks on a
 * `VirtualClock`, sending into and receiving from a real `Channel`. Nothing of
 * the channel is modelled here; what the figure draws is what the tasks saw.
 *
 * The same setup and inputs give the same facts, so going back in time, and
 * asking what another capacity would have done, are both a matter of running again.
 */
import { VirtualClock } from '#message-passing/virtual-clock'
import type { Fact, Input, Problem, Setup } from './facts.ts'
import { sentenceOf, World } from './world.ts'

/** The rules are checked, and the listener is told what happened, once in each stretch of this length. */
const STRETCH_MS = 50

/** Hears what happened up to `reachedMs`. Answers whether the run shall go on. */
export type Listener = (facts: readonly Fact[], reachedMs: number, problem?: Problem) => boolean

/** Runs until `untilMs`, until the listener has heard enough, or until something goes wrong in the channel. */
export async function simulate(
  setup: Setup,
  inputs: readonly Input[],
  untilMs: number,
  listen: Listener,
): Promise<void> {
  const clock = new VirtualClock()
  let world: World
  try {
    world = new World(setup, clock)
  } catch (error) {
    listen([], 0, { atMs: 0, sentence: sentenceOf(error) })
    return
  }
  const pending = [...inputs].sort((one, other) => one.atMs - other.atMs)
  while (clock.now() < untilMs) {
    for (let next = pending[0]; next !== undefined && next.atMs <= clock.now(); next = pending[0]) {
      pending.shift()
      world.apply(next.action)
    }
    const nextMs = Math.min(clock.now() + STRETCH_MS, pending[0]?.atMs ?? Infinity, untilMs)
    await clock.advance(nextMs - clock.now())
    const sentence = world.problem()
    const goOn = listen(world.takeFacts(), nextMs, sentence === undefined ? undefined : { atMs: nextMs, sentence })
    if (!goOn || sentence !== undefined) break
  }
  world.end()
}
