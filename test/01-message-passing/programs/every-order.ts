import { Channel, CLOSED } from '#message-passing/channel'
import { after, sleep } from '#message-passing/clock'
import { select } from '#message-passing/select'
import type { Program } from '../../program.ts'

export async function everyOrder({ clock, print }: Program): Promise<void> {
  const orders = new Channel<number>(8)
  let packed = 0

  async function warehouse(): Promise<void> {
    while (true) {
      const first = await select({ order: orders.receiving(), quiet: after(clock, 100) })
      if (first.value === CLOSED) return print(`packed ${packed} orders`)
      if (first.name === 'quiet') {
        print(`${clock.now()} ms: no order for 100 ms`)
      } else {
        print(`${clock.now()} ms: packing order ${first.value}`)
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
