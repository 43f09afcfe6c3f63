import { explain } from '#serialization/decoded'
import { json } from '#serialization/json'
import { type Infer, string, struct, u32, u53 } from '#serialization/schema'
import type { Program } from '../../program.ts'

const Order = struct({ id: u53, item: string, pieces: u32 })
type Order = Infer<typeof Order>

export async function describedOnce({ print }: Program): Promise<void> {
  const ship = (text: string) => {
    const order = json(Order).decode(new TextEncoder().encode(text))
    print(order.ok ? inWords(order.value) : explain(order.error))
  }
  const inWords = ({ id, item, pieces }: Order) => `order ${id}: ${item}, ${pieces + 1} pieces, one of them for free`
  ship('{ "id": 1001, "item": "lamp", "pieces": 2 }')
  ship('{ "id": 1002, "item": "lamp", "pieces": "2" }')
  ship('{ "id": 1003, "item": "lamp" }')
  ship('{ "id": 9007199254740993, "item": "lamp", "pieces": 2 }')
}
