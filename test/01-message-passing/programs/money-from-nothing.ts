import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'
import { Bank } from './bank.ts'

export async function moneyFromNothing({ clock, print }: Program): Promise<void> {
  const bank = new Bank(clock)
  const before = { ...bank.balances }
  const show = () => `Ada ${bank.balances.Ada}, Grace ${bank.balances.Grace}`

  try {
    await Promise.all([bank.withdraw('Ada', 80), bank.deposit('Grace', 80)])
    print(`${clock.now()} ms: transferred: ${show()}`)
  } catch (error) {
    Object.assign(bank.balances, before)
    print(`${clock.now()} ms: ${error}`)
    print(`${clock.now()} ms: rolled back: ${show()}`)
  }

  await sleep(clock, 1_000)
  print(`${clock.now()} ms: ${show()}`)
}
