// Exercise 2.2, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.2-reader-writer.md, then let `npm run check 2.2` tell you how far you are.
// Stub 9172663e: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Bytes that are written one part after the other, into a buffer that grows.
 *
 *     chunk   [ finished ][ finished ][ being written ... | room ]
 *                                     ^ #start            ^ #at
 *
 * A chunk is not copied when a message is finished. The message is a view of
 * its part, the next one begins behind it, and a new chunk is made when this one
 * is full, however large it is. So a finished message never changes, and most cost
 * no allocation but the view.
 */
import { utf8Length, writeUtf8 } from '#serialization/utf8'
import { VARINT_BYTES_MAX, varintLength, writeVarint, writeVarint64 } from '#serialization/varint'
import { inWords } from '#serialization/words'
import { unimplemented } from '#unimplemented'

/** How many bytes a writer asks for at a time, unless a message is larger. */
export const CHUNK_SIZE = 32 * 1_024

/** Taken along when nothing was written: the old chunk may be gone, transferred to somebody. */
const NO_BYTES = new Uint8Array(0)

/** Writes messages, one after the other. Each writer has chunks of its own. */
export class Writer {
  #bytes = new Uint8Array(0)
  #buffer = this.#bytes.buffer // kept: the getter is a call that engines don't inline
  #view: DataView | undefined
  #start = 0
  #at = 0

  /** How many bytes the message has so far. */
  get length(): number {
    return this.#at - this.#start
  }

  /**
   * Ends the message, and returns it. What is written next belongs to another.
   *
   * The array is a view of a larger buffer that other messages lie in as well:
   * don't hand its `buffer` on, and don't let it be transferred. A clone, as
   * `structuredClone` and `postMessage` make it, has all of that buffer.
   *
   * @exercise 2.2b Give away the part that was written, and begin the next message behind it.
   */
  finish(): Uint8Array {
    throw unimplemented('2.2b', 'Give away the part that was written, and begin the next message behind it.')
  }

  /** Forgets what was written of the message: for when the rest of it can't be written. */
  abandon(): void {
    this.#at = this.#start
  }

  /** Writes one byte, 0 to 255. */
  u8(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = byte
  }

  /** Writes a whole number from 0 to 2^53 - 1 as a varint. Throws a `RangeError` for any other. */
  varint(value: number): void {
    this.#reserve(VARINT_BYTES_MAX)
    this.#at = writeVarint(this.#bytes, this.#at, value)
  }

  /** Writes a whole number from 0 to 2^64 - 1 as a varint. Throws a `RangeError` for any other. */
  varint64(value: bigint): void {
    this.#reserve(VARINT_BYTES_MAX)
    this.#at = writeVarint64(this.#bytes, this.#at, value)
  }

  /**
   * Writes a number in the eight bytes of IEEE 754, the lowest first. All NaNs are written alike.
   *
   * @exercise 2.2b Eight bytes, little-endian, and one bit pattern for every NaN.
   */
  f64(value: number): void {
    throw unimplemented('2.2b', 'Eight bytes, little-endian, and one bit pattern for every NaN.')
  }

  /**
   * Writes bytes as they are, without their length. They may be a view of a larger buffer.
   *
   * @exercise 2.2b Make room, copy, move on.
   */
  raw(bytes: Uint8Array): void {
    throw unimplemented('2.2b', 'Make room, copy, move on.')
  }

  /** Writes the length of `bytes` as a varint, and then the bytes. */
  prefixed(bytes: Uint8Array): void {
    this.varint(bytes.length)
    this.raw(bytes)
  }

  /** Writes text as `tryString` does. Throws a `RangeError` where that returns false. */
  string(text: string): void {
    if (!this.tryString(text)) throw new RangeError(`half of a surrogate pair has no UTF-8: ${inWords(text)}`)
  }

  /**
   * Writes text as UTF-8, as it is, after its length in bytes as a varint. Makes
   * room for a varint and for the bytes that the text has, and no more. Returns
   * false, and writes nothing, when the text contains half of a surrogate pair: it
   * has no UTF-8.
   *
   * @exercise 2.2c The length that is written counts bytes, not characters.
   */
  tryString(text: string): boolean {
    throw unimplemented('2.2c', 'The length that is written counts bytes, not characters.')
  }

  /**
   * Begins a part whose length must stand before it and isn't known yet. Returns
   * a mark for `endPart`, which is still right when the message has moved to
   * another chunk by then.
   *
   * @exercise 2.2d Leave room for a length of one byte: most parts are short.
   */
  beginPart(): number {
    throw unimplemented('2.2d', 'Leave room for a length of one byte: most parts are short.')
  }

  /**
   * Ends the part that began at `mark`: writes its length before it, as a varint.
   *
   * @exercise 2.2e If the length takes more than one byte, move the part to make room.
   */
  endPart(mark: number): void {
    throw unimplemented('2.2e', 'If the length takes more than one byte, move the part to make room.')
  }

  /**
   * Makes sure that `count` more bytes have room. When the chunk is full, the
   * message moves to a new one, and what was finished stays behind. The new one,
   * however large the old one was, has `CHUNK_SIZE` bytes, or twice those that the
   * message has and gets now if that is more: of a message of n bytes, fewer than
   * 2n are copied to new chunks in all.
   *
   * @exercise 2.2a Take a new chunk when this one is full, and take along what was written of the message.
   */
  #reserve(count: number): void {
    throw unimplemented(
      '2.2a',
      'Take a new chunk when this one is full, and take along what was written of the message.',
    )
  }
}
