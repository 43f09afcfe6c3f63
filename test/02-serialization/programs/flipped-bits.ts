import { compact } from '#serialization/compact'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import type { Program } from '../../program.ts'
import { flipped } from '../log-file.ts'
import { Command, command } from './three-formats.ts'

export async function flippedBits({ print }: Program): Promise<void> {
  for (const [name, codec] of Object.entries({
    JSON: json(Command),
    compact: compact(Command),
    Protobuf: protobuf(Command),
  })) {
    const message = codec.encode(command)
    let accepted = 0
    for (let bit = 0; bit < 8 * message.length; bit++) {
      if (codec.decode(flipped(message, bit)).ok) accepted++
    }
    print(`${name}: ${accepted} of ${8 * message.length} flips give another message`)
  }
}
