/** Small changes to the bytes of a message, most of which leave it nearly right. */
import fc from 'fast-check'

export interface Damage {
  /** Where, as a share of the message's length, from 0 to 1. */
  readonly place: number
  /** How many bytes are taken out there. */
  readonly removed: number
  /** What is put there. */
  readonly added: Uint8Array
}

/** Bytes at which decoders decide something. */
const telling = fc.constantFrom(0, 1, 2, 3, 8, 10, 16, 18, 0x7f, 0x80, 0x81, 0xff)

export const damages: fc.Arbitrary<Damage> = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.constantFrom(0, 1, 1, 1, 2, 5),
  added: fc.array(fc.oneof(telling, fc.nat(255)), { maxLength: 3 }).map((bytes) => Uint8Array.from(bytes)),
})

/** A damaged copy of the message. */
export function damaged(message: Uint8Array, { place, removed, added }: Damage): Uint8Array {
  const at = Math.floor(place * message.length)
  return Uint8Array.from([...message.subarray(0, at), ...added, ...message.subarray(at + removed)])
}
