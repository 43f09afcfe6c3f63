import { explain } from '#serialization/decoded'
import { protobuf } from '#serialization/protobuf'
import { struct, u32 } from '#serialization/schema'
import type { Program } from '../../program.ts'

const LastYear = struct({ account: u32, cents: u32 })
const ThisYear = struct({ account: u32, cents: u32, currency: u32 })

export async function taggedPayment({ print }: Program): Promise<void> {
  const sent = protobuf(ThisYear).encode({ account: 7, cents: 1999, currency: 1 })
  print(`new program: pays 19.99 to account 7`)
  const read = protobuf(LastYear).decode(sent)
  if (read.ok) print(`old program: pays ${read.value.cents / 100} to account ${read.value.account}`)
  const damaged = protobuf(LastYear).decode(sent.subarray(0, 3))
  if (!damaged.ok) print(`cut off:     ${explain(damaged.error)}`)
}
