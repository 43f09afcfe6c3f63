import { Channel } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function oneOwner({ clock, print }: Program): Promise<void> {
  const requests = new Channel<string>(10)

  async function boxOffice(): Promise<void> {
    let seatsLeft = 1
    for await (const customer of requests) {
      if (seatsLeft === 0) {
        print(`${customer}: sorry, sold out`)
        continue
      }
      await sleep(clock, 80) // the bank confirms the payment
      seatsLeft -= 1
      print(`${customer}: booked`)
    }
    print(`seats left: ${seatsLeft}`)
  }

  const open = boxOffice()
  await requests.send('Ada')
  await requests.send('Grace')
  requests.close()
  await open
}
