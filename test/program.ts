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

/** Runs a program to its end, however long it takes in virtual time, and answers what it printed. */
export async function outputOf(program: (world: Program) => Promise<void>): Promise<string> {
  const clock = new VirtualClock()
  const lines: string[] = []
  let isOver = false
  const finished = program({ clock, print: (line) => lines.push(line) }).finally(() => {
    isOver = true
  })
  while (!isOver) {
    await clock.runUntilIdle()
    await macrotask() // it may be at work on something that takes no time: a simulation has a clock of its own
  }
  await finished
  return `${lines.join('\n')}\n`
}
