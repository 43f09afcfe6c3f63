import { sleep } from '#message-passing/clock'
import { TaskGroup } from '#message-passing/task-group'
import type { Program } from '../../program.ts'
import { Bank } from './bank.ts'

export async function rolledBack({ clock, print }: Program): Promise<void> {
  const bank = new Bank(clock)
  const before = { ...bank.balances }
  const show = () => `Ada ${bank.balances.Ada}, Grace ${bank.balances.Grace}`

  try {
    await using group = new TaskGroup(clock)
    group.spawn('withdraw', (signal) => bank.withdraw('Ada', 80, signal))
    group.spawn('deposit', (signal) => bank.deposit('Grace', 80, signal))
    await group.join()
    print(`${clock.now()} ms: transferred: ${show()}`)
  } catch (error) {
    Object.assign(bank.balances, before)
    print(`${clock.now()} ms: ${error}`)
    print(`${clock.now()} ms: rolled back: ${show()}`)
  }

  await sleep(clock, 1_000)
  print(`${clock.now()} ms: ${show()}`)
}
