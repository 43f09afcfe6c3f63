import type { Program } from '../../program.ts'

interface Order {
  readonly id: number
  readonly item: string
  readonly pieces: number
}

/** Written when an order was an id and an item. Pieces came later, and were added to the type. */
function parseOrder(text: string): Order {
  const order = JSON.parse(text) as Order // checked below, as far as it went then
  if (typeof order.id !== 'number') throw new TypeError('an order has an id')
  if (typeof order.item !== 'string') throw new TypeError('an order has an item')
  return order
}

export async function driftedApart({ print }: Program): Promise<void> {
  const ship = (text: string) => {
    const { id, item, pieces } = parseOrder(text)
    print(`order ${id}: ${item}, ${pieces + 1} pieces, one of them for free`)
  }
  ship('{ "id": 1001, "item": "lamp", "pieces": 2 }')
  ship('{ "id": 1002, "item": "lamp", "pieces": "2" }')
  ship('{ "id": 1003, "item": "lamp" }')
  ship('{ "id": 9007199254740993, "item": "lamp", "pieces": 2 }')
}
