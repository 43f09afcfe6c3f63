/** The messages of one codec, which share the chunks of a writer. */
import { assertLength } from '#serialization/codec'
import { Writer } from '#serialization/writer'

export class Messages {
  /** Nothing while it is lent. */
  #idle: Writer | undefined = new Writer()

  /** The message that `write` writes. */
  written(write: (writer: Writer) => void): Uint8Array {
    return this.lend((writer) => {
      write(writer)
      return assertLength(writer.finish())
    })
  }

  /**
   * What `use` makes of a writer that is lent to it. What it writes and doesn't finish is
   * abandoned, also when it throws. A value may have a getter that encodes another with
   * the same codec: that one gets a writer of its own.
   */
  lend<R>(use: (writer: Writer) => R): R {
    const writer = this.#idle ?? new Writer()
    this.#idle = undefined
    try {
      return use(writer)
    } finally {
      writer.abandon()
      this.#idle = writer
    }
  }
}
