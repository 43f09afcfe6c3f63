import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function oversold({ clock, print }: Program): Promise<void> {
  let seatsLeft = 1

  async function book(customer: string): Promise<void> {
    if (seatsLeft === 0) return print(`${customer}: sorry, sold out`)
    await sleep(clock, 80) // the bank confirms the payment
    seatsLeft -= 1
    print(`${customer}: booked`)
  }

  await Promise.all([book('Ada'), book('Grace')])
  print(`seats left: ${seatsLeft}`)
}
