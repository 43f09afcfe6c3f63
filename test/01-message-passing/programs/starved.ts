import { Channel } from '#message-passing/channel'
import { Selector, select } from '#message-passing/select'
import type { Program } from '../../program.ts'

export async function starved({ print }: Program): Promise<void> {
  async function serve(choose: typeof select): Promise<string> {
    const orders = new Channel<number>(1_000)
    const refunds = new Channel<number>(1_000)
    for (let n = 1; n <= 1_000; n++) {
      orders.trySend(n)
      refunds.trySend(n)
    }
    const served = { order: 0, refund: 0 }
    for (let n = 1; n <= 1_000; n++) {
      const { name } = await choose({ order: orders.receiving(), refund: refunds.receiving() })
      served[name] += 1
    }
    return `${served.order} orders and ${served.refund} refunds`
  }

  const selector = new Selector()
  print(`select: ${await serve(select)}`)
  print(`one Selector: ${await serve((operations) => selector.select(operations))}`)
}
