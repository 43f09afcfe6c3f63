import { Channel, CLOSED } from '#message-passing/channel'
import { type Clock, sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function lostOrders({ clock, print }: Program): Promise<void> {
  const orders = new Channel<number>(8)
  const [sold, packed] = await Promise.all([shop(orders, clock), warehouse(orders, { clock, print })])
  print(`sold ${sold} orders, packed ${packed}`)
}

async function warehouse(orders: Channel<number>, { clock, print }: Program): Promise<number> {
  let packed = 0
  while (true) {
    const quiet = sleep(clock, 100).then(() => 'quiet' as const)
    const order = await Promise.race([orders.receive(), quiet])
    if (order === CLOSED) return packed
    if (order === 'quiet') {
      print(`${clock.now()} ms: no order for 100 ms`)
    } else {
      print(`${clock.now()} ms: packing order ${order}`)
      packed += 1
    }
  }
}

export async function shop(orders: Channel<number>, clock: Clock): Promise<number> {
  for (let order = 1; order <= 8; order++) {
    await sleep(clock, order === 4 ? 350 : 10) // a quiet spell before the fourth
    await orders.send(order)
  }
  orders.close()
  return 8
}
