/**
 * Memory for many messages, one behind the other, for packages that encode into
 * what they are given. Nothing is written to twice, so a message stays as it is.
 * Our own writer does the same.
 */

const SIZE = 64 * 1_024

export class Slab {
  #bytes = Buffer.allocUnsafeSlow(SIZE)
  #at = 0

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Where the next message begins. */
  get at(): number {
    return this.#at
  }

  /** The message that was written at `at`. */
  take(length: number): Buffer {
    const start = this.#at
    this.#at += length
    return this.#bytes.subarray(start, this.#at)
  }

  /** Makes room for a message of `length` bytes, if there is less. */
  reserve(length: number): void {
    if (this.#at + length > this.#bytes.length) this.renew(length)
  }

  /** New memory, of `length` bytes at least. */
  renew(length: number): void {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(SIZE, length))
    this.#at = 0
  }
}
