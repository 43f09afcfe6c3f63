/**
 * What a short program on a page is given: time, and somewhere to print. The
 * pages quote these programs and what they print; a test runs them on a virtual
 * clock and compares.
 */
import type { Clock } from '#message-passing/clock'
import { macrotask } from '#message-passing/macrotask'
import { VirtualClock } from '#message-passing/virtual-clock'

export interface Program {
  readonly clock: Clock
  print(line: string): void
}

/** A program that is idle for so many turns, while a simulation of its own may be at work, waits in vain. */
const IDLE_TURNS_MAX = 1_000_000

/** Runs a program to its end, however long it takes in virtual time, and answers what it printed. */
export async function outputOf(program: (world: Program) => Promise<void>): Promise<string> {
  const clock = new VirtualClock()
  const lines: string[] = []
  let isOver = false
  const finished = program({ clock, print: (line) => lines.push(line) }).finally(() => {
    isOver = true
  })
  for (let idleTurns = 0; !isOver; idleTurns++) {
    if (clock.nextAtMs !== undefined) idleTurns = 0
    if (idleTurns > IDLE_TURNS_MAX) throw new Error('the program waits for something that will never come')
    await clock.runUntilIdle()
    await macrotask() // it may be at work on something that takes no time: a simulation has a clock of its own
  }
  await finished
  return `${lines.join('\n')}\n`
}
