import { Channel } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import type { Program } from '../../program.ts'

export async function oneOfThree({ clock, print }: Program): Promise<void> {
  const notices = new Channel<string>(3)

  async function till(name: string): Promise<void> {
    let open = true
    void notices.receive().then(() => (open = false))
    while (open && clock.now() < 500) {
      await sleep(clock, 100)
      print(`${clock.now()} ms  ${name} takes an order`)
    }
  }

  const tills = Promise.all(['till 1', 'till 2', 'till 3'].map(till))
  await sleep(clock, 150)
  print('150 ms  the kitchen closes')
  await notices.send('no more orders')
  await tills
}
