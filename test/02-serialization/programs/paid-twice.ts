import type { Codec } from '#serialization/codec'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { type Infer, optional, type Schema, string, struct, u32 } from '#serialization/schema'
import type { Program } from '../../program.ts'

type Format = <S extends Schema>(schema: S) => Codec<Infer<S>>

const LastYear = struct({ id: u32, address: string })
const ThisYear = struct({ id: u32, address: string, refundedCents: optional(u32) })

async function paidTwice({ print }: Program, format: Format): Promise<void> {
  const [oldProgram, newProgram] = [format(LastYear), format(ThisYear)]
  let row = newProgram.encode({ id: 7, address: 'Elm Road 3' })

  const payBack = () => {
    const order = newProgram.decode(row)
    if (!order.ok) return
    if (order.value.refundedCents !== undefined) return print('new program: order 7 was paid back already')
    row = newProgram.encode({ ...order.value, refundedCents: 1999 })
    print('new program: pays 19.99 back for order 7')
  }

  const move = () => {
    const order = oldProgram.decode(row)
    if (!order.ok) return
    row = oldProgram.encode({ ...order.value, address: 'Elm Road 5' })
    print('old program: corrects the address of order 7')
  }

  payBack()
  move()
  payBack()
}

export async function paidByJson(program: Program): Promise<void> {
  await paidTwice(program, json)
}

export async function paidByProtobuf(program: Program): Promise<void> {
  await paidTwice(program, protobuf)
}
