import { encodeRecord, readRecords } from '#serialization/record'
import type { Program } from '../../program.ts'
import { flipped, joined } from '../log-file.ts'

export async function toldApart({ print }: Program): Promise<void> {
  const deposits = [50, 20, 900, 30].map((euros) => new TextEncoder().encode(JSON.stringify({ euros })))
  const file = joined(...deposits.map((deposit) => encodeRecord(deposit)))
  const show = (what: string, ledger: Uint8Array) => {
    const { records, end } = readRecords(ledger)
    const why = end.kind === 'clean' ? '' : `: ${end.reason}`
    print(`${what}: ${records.length} of 4 deposits, ${end.kind} at ${end.offset}${why}`)
  }
  show('as it was written', file)
  show('power was cut in the last record', file.slice(0, -3))
  show('a bit of an amount has flipped', flipped(file, 8 * 69 + 3))
  show('a bit of a length has flipped', flipped(file, 8 * 25 + 6))
  show('space was reserved behind it', joined(file, new Uint8Array(4_096)))
}
