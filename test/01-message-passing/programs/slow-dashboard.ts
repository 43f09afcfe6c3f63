import { Broadcast } from '#message-passing/broadcast'
import { sleep } from '#message-passing/clock'
import { Watch } from '#message-passing/watch'
import type { Program } from '../../program.ts'

export async function slowDashboard({ clock, print }: Program): Promise<void> {
  const trades = new Broadcast<number>(4)
  const price = new Watch(100)

  async function ledger(): Promise<void> {
    let missedInAll = 0
    for await (const { missed } of trades.subscribe()) missedInAll += missed
    print(`ledger: missed ${missedInAll}`)
  }

  async function dashboard(): Promise<void> {
    const shown: string[] = []
    for await (const { value, missed } of trades.subscribe()) {
      shown.push(missed > 0 ? `(${missed} missed) ${value}` : `${value}`)
      await sleep(clock, 30) // draws
    }
    print(`dashboard, broadcast: ${shown.join(', ')}`)
  }

  async function display(): Promise<void> {
    const shown: number[] = []
    for await (const value of price.watcher()) {
      shown.push(value)
      await sleep(clock, 30) // draws
    }
    print(`display, watch: ${shown.join(', ')}`)
  }

  const listeners = Promise.all([ledger(), dashboard(), display()])
  for (let trade = 101; trade <= 120; trade++) {
    await sleep(clock, 10)
    trades.publish(trade)
    price.set(trade)
  }
  trades.close()
  price.close()
  await listeners
}
