import type { Program } from '../../program.ts'

/** This year's program: a payment has a currency now, in one byte after the account. */
function writePayment(account: number, currency: number, cents: number): Uint8Array {
  const message = new DataView(new ArrayBuffer(9))
  message.setUint32(0, account, true)
  message.setUint8(4, currency)
  message.setUint32(5, cents, true)
  return new Uint8Array(message.buffer)
}

/** Last year's, which still runs on one of three machines: an account, and an amount. */
function readPayment(bytes: Uint8Array): { readonly account: number; readonly cents: number } {
  const message = new DataView(bytes.buffer)
  return { account: message.getUint32(0, true), cents: message.getUint32(4, true) }
}

export async function twoVersions({ print }: Program): Promise<void> {
  const sent = writePayment(7, 1, 1999)
  print(`new program: pays 19.99 to account 7`)
  const { account, cents } = readPayment(sent)
  print(`old program: pays ${cents / 100} to account ${account}`)
}
