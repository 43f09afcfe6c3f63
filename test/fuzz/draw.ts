/** What a fuzzer draws all the time, from a seeded `Random`. */
import type { Random } from '#message-passing/random'

/** One of the items, each with the same chance. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(0, items.length)] as T // throws by itself when there is none
}

/** The items in random order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.integer(0, last + 1)
    const [a, b] = [order[last] as T, order[other] as T] // both are below the length
    order[last] = b
    order[other] = a
  }
  return order
}

/** A length: often a few, sometimes hundreds, now and then thousands. */
export function drawLength(random: Random): number {
  const bits = random.chance(0.002) ? 13 : random.integer(0, 9)
  return random.integer(0, 2 ** bits)
}

export function drawBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) bytes[index] = random.integer(0, 256)
  return bytes
}
