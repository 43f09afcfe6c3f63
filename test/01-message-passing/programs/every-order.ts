import { Channel, CLOSED } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { select } from '#message-passing/select'
import type { Program } from '../../program.ts'
import { shop } from './lost-orders.ts'

export async function everyOrder({ clock, print }: Program): Promise<void> {
  const orders = new Channel<number>(8)
  const [sold, packed] = await Promise.all([shop(orders, clock), warehouse(orders, { clock, print })])
  print(`sold ${sold} orders, packed ${packed}`)
}

async function warehouse(orders: Channel<number>, { clock, print }: Program): Promise<number> {
  let packed = 0
  while (true) {
    const first = await select({ order: orders.receiving(), quiet: after(clock, 100) })
    if (first.value === CLOSED) return packed
    if (first.name === 'quiet') {
      print(`${clock.now()} ms: no order for 100 ms`)
    } else {
      print(`${clock.now()} ms: packing order ${first.value}`)
      packed += 1
    }
  }
}
