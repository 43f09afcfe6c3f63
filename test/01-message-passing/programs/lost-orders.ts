import { Channel, CLOSED } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function lostOrders({ clock, print }: Program): Promise<void> {
  const orders = new Channel<number>(8)
  let packed = 0

  async function warehouse(): Promise<void> {
    while (true) {
      const quiet = sleep(clock, 100).then(() => 'quiet' as const)
      const order = await Promise.race([orders.receive(), quiet])
      if (order === CLOSED) return print(`packed ${packed} orders`)
      if (order === 'quiet') {
        print(`${clock.now()} ms: no order for 100 ms`)
      } else {
        print(`${clock.now()} ms: packing order ${order}`)
        packed += 1
      }
    }
  }

  async function shop(): Promise<void> {
    for (let order = 1; order <= 8; order++) {
      await sleep(clock, order === 4 ? 350 : 10) // a quiet spell before the fourth
      await orders.send(order)
    }
    orders.close()
    print('sold 8 orders')
  }

  await Promise.all([shop(), warehouse()])
}
