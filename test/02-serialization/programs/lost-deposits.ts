import type { Program } from '../../program.ts'
import { flipped, joined } from '../log-file.ts'

/** A file of deposits: each as JSON, after its length in four bytes. */
function ledgerOf(amounts: readonly number[]): Uint8Array {
  const records = amounts.map((euros) => {
    const json = new TextEncoder().encode(JSON.stringify({ euros }))
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, json.length, true)
    return joined(length, json)
  })
  return joined(...records)
}

/** Reads up to the first deposit that isn't whole: it was being written when the power went. */
function depositsIn(file: Uint8Array): readonly number[] {
  const view = new DataView(file.buffer)
  const deposits: number[] = []
  for (let at = 0; at + 4 <= file.length; ) {
    const end = at + 4 + view.getUint32(at, true)
    if (end > file.length) break
    const json = new TextDecoder().decode(file.subarray(at + 4, end))
    deposits.push(JSON.parse(json).euros)
    at = end
  }
  return deposits
}

export async function lostDeposits({ print }: Program): Promise<void> {
  const file = ledgerOf([50, 20, 900, 30])
  const show = (what: string, ledger: Uint8Array) => {
    const deposits = depositsIn(ledger)
    const total = deposits.reduce((sum, euros) => sum + euros, 0)
    print(`${what}: ${deposits.length} of 4 deposits, ${total} euros`)
  }
  show('as it was written', file)
  show('power was cut in the last record', file.slice(0, -3))
  show('a bit of an amount has flipped', flipped(file, 8 * 45 + 3))
  show('a bit of a length has flipped', flipped(file, 8 * 17 + 6))
}
