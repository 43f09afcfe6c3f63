import type { Program } from '../../program.ts'

/** A packet: the length of a text in one byte, and the text. */
function packetOf(text: string, length = text.length): Uint8Array {
  return Uint8Array.of(length, ...new TextEncoder().encode(text))
}

/** Sends a text back, as long as it says that it is. */
function echo(received: Uint8Array): string {
  const [length = 0] = received
  return new TextDecoder().decode(received.subarray(1, 1 + length))
}

export async function believedLength({ print }: Program): Promise<void> {
  const received = new Uint8Array(64) // whatever comes from the network is put here
  const serve = (name: string, packet: Uint8Array) => {
    received.set(packet)
    print(`${name}: ${echo(received)}`)
  }
  serve('Ada', packetOf('my password is tulip'))
  serve('Eve', packetOf('hi', 20))
  serve('Zoë', packetOf('I am Zoë'))
}
